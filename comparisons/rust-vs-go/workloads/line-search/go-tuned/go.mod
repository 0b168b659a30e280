module line-search

go 1.26
