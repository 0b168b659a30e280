module log-aggregate

go 1.26
