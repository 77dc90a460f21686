#!bin/sh
echo x
