package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"
)

func main() {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()

	client := http.Client{Timeout: 10 * time.Second}
	response, err := client.Get(server.URL + "/missing")
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	fmt.Println(response.StatusCode, response.Header.Get("Content-Type"))
}
