module idle-server

go 1.26
