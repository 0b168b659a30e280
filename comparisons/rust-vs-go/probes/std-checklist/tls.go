package main

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"net/http/httptest"
)

func main() {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()

	response, err := server.Client().Get(server.URL)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	fmt.Println(tls.VersionName(response.TLS.Version), len(response.TLS.PeerCertificates))
}
