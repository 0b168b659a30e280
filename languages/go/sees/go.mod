module sees

go 1.26
