#!/bin/sh
# Read, clean, check and summarise a survey: each node takes the state that the one before it gave.
set -eu
onex run penguins.read --set file="$1" |
    onex run penguins.clean --input - |
    onex run penguins.check --input - |
    tee table.json |
    onex run penguins.summarise --input -
