from helper import *
