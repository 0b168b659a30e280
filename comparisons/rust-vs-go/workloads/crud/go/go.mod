module crud

go 1.26
