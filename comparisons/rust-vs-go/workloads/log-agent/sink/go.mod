module sink

go 1.26
