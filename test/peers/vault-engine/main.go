// Vault's secrets engine for MongoDB Atlas, without a Vault around it: its first line of input says where the service
// listens; each further line is a request as Vault hands it to an engine; each line of output is the engine's answer.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	engine "github.com/hashicorp/vault-plugin-secrets-mongodbatlas"
	"github.com/hashicorp/vault/sdk/logical"
)

type service struct{ Address, Host, AuthorityFile string }

type request struct {
	Operation logical.Operation
	Path      string
	Data      map[string]any
	Secret    *logical.Secret
}

type answer struct {
	Data    map[string]any  `json:"data,omitempty"`
	Secret  *logical.Secret `json:"secret,omitempty"`
	Failure string          `json:"failure,omitempty"`
}

func main() {
	input, output := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	var where service
	must(input.Decode(&where))
	lead(where)

	ctx, storage := context.Background(), &logical.InmemStorage{}
	system := logical.TestSystemView()
	system.PluginEnvironment = &logical.PluginEnvironment{VaultVersion: "0.0.0"}
	backend, err := engine.Factory(ctx, &logical.BackendConfig{System: system, StorageView: storage})
	must(err)
	for {
		var asked request
		err := input.Decode(&asked)
		if errors.Is(err, io.EOF) {
			return
		}
		must(err)
		response, err := backend.HandleRequest(ctx, &logical.Request{
			Operation: asked.Operation, Path: asked.Path, Data: asked.Data, Secret: asked.Secret, Storage: storage,
		})
		must(output.Encode(understood(response, err)))
	}
}

// The engine knows no address but https://cloud.mongodb.com and uses Go's default transport: here that one finds another
// machine under this name. Its certificate is checked as always, for the name it was made for.
func lead(to service) {
	authority, err := os.ReadFile(to.AuthorityFile)
	must(err)
	transport := http.DefaultTransport.(*http.Transport)
	transport.TLSClientConfig = &tls.Config{RootCAs: x509.NewCertPool(), ServerName: to.Host}
	transport.TLSClientConfig.RootCAs.AppendCertsFromPEM(authority)
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, to.Address)
	}
}

func understood(response *logical.Response, err error) answer {
	switch {
	case err != nil:
		return answer{Failure: err.Error()}
	case response == nil:
		return answer{}
	case response.IsError():
		return answer{Failure: response.Error().Error()}
	}
	return answer{Data: response.Data, Secret: response.Secret}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
