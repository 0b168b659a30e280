package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

// A config is what the sink tells an agent to do.
type config struct {
	Path              string `json:"path"`
	Checkpoint        string `json:"checkpoint"`
	BatchLines        int    `json:"batch_lines"`
	BatchMilliseconds int64  `json:"batch_milliseconds"`
	GzipLevel         int    `json:"gzip_level"`
}

func fetchConfig(ctx context.Context, client *http.Client, sink, group string) (*config, error) {
	url := sink + "/config?" + url.Values{"group": {group}}.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, response.Status)
	}
	config := new(config)
	return config, json.NewDecoder(response.Body).Decode(config)
}
