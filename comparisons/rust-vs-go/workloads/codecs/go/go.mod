module codecs

go 1.26
