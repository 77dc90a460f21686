#!/bin/sh
echo x
