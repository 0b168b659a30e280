module overload

go 1.26
