#!/bin/sh
# turns
echo turned
exec @subject@ spin 4
