module connection-ladder

go 1.26
