module reconciler

go 1.26
