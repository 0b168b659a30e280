#!/bin/sh
echo "$1"
exec @subject@ allocate $(($1 * 2))
