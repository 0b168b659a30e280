echo "$0:2:1: odd word" >&2; exit 1
