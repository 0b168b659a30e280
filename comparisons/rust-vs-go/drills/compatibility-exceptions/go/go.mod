module example.com/timer

go 1.21
