// MongoDB's own Go client, at the command of a test. The first line of the input says as whom it signs in and where;
// each further line names one of its functions, with arguments; each line of the output is what that function gave.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"os"
	"reflect"
	"strings"

	"github.com/mongodb-forks/digest"
	"go.mongodb.org/atlas/mongodbatlas"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

type caller struct {
	Origin, AuthorityFile  string
	PublicKey, PrivateKey  string
	ClientID, ClientSecret string
}

type question struct {
	Function string // as in "APIKeys.Create"
	Args     []json.RawMessage
}

type answer struct {
	Value    any      `json:"value,omitempty"`
	Status   int      `json:"status,omitempty"`
	LastPage bool     `json:"lastPage,omitempty"`
	Refusal  *refusal `json:"refusal,omitempty"`
	Failure  string   `json:"failure,omitempty"`
}

// What the client decodes of an error's body.
type refusal struct {
	ErrorCode string `json:"errorCode"`
	HTTPCode  int    `json:"error"`
	Reason    string `json:"reason"`
	Detail    string `json:"detail"`
}

func main() {
	input, output := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	var who caller
	must(input.Decode(&who))
	client, err := mongodbatlas.New(signedIn(who), mongodbatlas.SetBaseURL(who.Origin))
	must(err)
	for {
		var asked question
		err := input.Decode(&asked)
		if errors.Is(err, io.EOF) {
			return
		}
		must(err)
		must(output.Encode(ask(client, asked)))
	}
}

func signedIn(who caller) *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	authority, err := os.ReadFile(who.AuthorityFile)
	must(err)
	transport.TLSClientConfig = &tls.Config{RootCAs: x509.NewCertPool()}
	transport.TLSClientConfig.RootCAs.AppendCertsFromPEM(authority)

	if who.ClientID == "" {
		client, err := digest.NewTransportWithHTTPTransport(who.PublicKey, who.PrivateKey, transport).Client()
		must(err)
		return client
	}
	account := clientcredentials.Config{
		ClientID:     who.ClientID,
		ClientSecret: who.ClientSecret,
		TokenURL:     who.Origin + "/api/oauth/token",
	}
	return account.Client(context.WithValue(context.Background(), oauth2.HTTPClient, &http.Client{Transport: transport}))
}

// The client's functions take a context and their arguments, and give a value or none, the response, and an error.
func ask(client *mongodbatlas.Client, asked question) answer {
	service, name, _ := strings.Cut(asked.Function, ".")
	function := reflect.ValueOf(client).Elem().FieldByName(service).MethodByName(name)
	args := []reflect.Value{reflect.ValueOf(context.Background())}
	for position, text := range asked.Args {
		arg := reflect.New(function.Type().In(position + 1))
		must(json.Unmarshal(text, arg.Interface()))
		args = append(args, arg.Elem())
	}
	given := function.Call(args)
	failed, _ := given[len(given)-1].Interface().(error)
	response, _ := given[len(given)-2].Interface().(*mongodbatlas.Response)

	var said answer
	if response != nil {
		said.Status, said.LastPage = response.StatusCode, response.IsLastPage()
	}
	var body *mongodbatlas.ErrorResponse
	switch {
	case errors.As(failed, &body):
		said.Refusal = &refusal{body.ErrorCode, body.HTTPCode, body.Reason, body.Detail}
	case failed != nil:
		said.Failure = failed.Error()
	case len(given) == 3:
		said.Value = given[0].Interface()
	}
	return said
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
