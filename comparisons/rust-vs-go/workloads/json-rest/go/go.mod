module json-rest

go 1.26
