module fan-out

go 1.26
