module watch-api

go 1.26
