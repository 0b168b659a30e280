#!/bin/sh
# Makes the certificate of the tests: self-signed, for localhost alone, and
# trusted by nobody. Its key is public with it, so it is no secret.
set -eu
cd "$(dirname "$0")"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
	-subj "/CN=localhost/O=connection-ladder, test data, no secret" \
	-addext "basicConstraints=critical,CA:FALSE" \
	-addext "subjectAltName=DNS:localhost,IP:127.0.0.1" \
	-days 36500 -keyout rust/tls/test-key.pem -out rust/tls/test-certificate.pem
mkdir -p go/tls
cp rust/tls/test-key.pem rust/tls/test-certificate.pem go/tls/
