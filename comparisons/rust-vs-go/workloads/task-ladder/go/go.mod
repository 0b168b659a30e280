module task-ladder

go 1.26
