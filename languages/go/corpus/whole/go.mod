module defects

go 1.26
