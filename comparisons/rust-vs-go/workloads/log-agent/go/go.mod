module log-agent

go 1.26.0

require (
	github.com/fsnotify/fsnotify v1.10.1
	golang.org/x/sync v0.24.0
)

require golang.org/x/sys v0.13.0 // indirect
