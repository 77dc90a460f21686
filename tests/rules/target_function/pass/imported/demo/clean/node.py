from helper import clean as run
