module sees

go 1.24
