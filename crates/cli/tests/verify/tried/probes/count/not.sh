echo "$0:1:1: no" >&2; exit 1
