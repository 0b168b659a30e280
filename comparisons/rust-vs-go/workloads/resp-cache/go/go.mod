module resp-cache

go 1.26
