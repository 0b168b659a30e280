#!/bin/sh
# A toolchain of two languages, called by the name of one: a program is its
# main.sh, with the path of the fake subject filled in.
set -eu
case $1 in
--version) echo "$(basename "$0") 2.1.0 (2026-10-01)" ;;
root) dirname "$0" ;;
build)
    sed "s|@subject@|$FAKE_SUBJECT|" main.sh >"$2"
    chmod +x "$2"
    ;;
esac
