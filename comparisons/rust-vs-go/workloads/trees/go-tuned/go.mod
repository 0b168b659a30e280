module trees

go 1.26
