// Command tokens is golang-jwt behind one protocol: a list of jobs on standard input, the list of their outcomes on
// standard output.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

type job struct {
	Op      string         `json:"op"`
	Alg     string         `json:"alg"`
	Private string         `json:"private"`
	Public  string         `json:"public"`
	Token   string         `json:"token"`
	Claims  map[string]any `json:"claims"`
}

type outcome struct {
	Token  string         `json:"token,omitempty"`
	Claims map[string]any `json:"claims,omitempty"`
	Error  string         `json:"error,omitempty"`
}

func privateKey(j job) (any, error) {
	pem := []byte(j.Private)
	switch j.Alg[:2] {
	case "HS":
		return pem, nil
	case "ES":
		return jwt.ParseECPrivateKeyFromPEM(pem)
	case "Ed":
		return jwt.ParseEdPrivateKeyFromPEM(pem)
	default:
		return jwt.ParseRSAPrivateKeyFromPEM(pem)
	}
}

func publicKey(j job) (any, error) {
	pem := []byte(j.Public)
	switch j.Alg[:2] {
	case "HS":
		return pem, nil
	case "ES":
		return jwt.ParseECPublicKeyFromPEM(pem)
	case "Ed":
		return jwt.ParseEdPublicKeyFromPEM(pem)
	default:
		return jwt.ParseRSAPublicKeyFromPEM(pem)
	}
}

func run(j job) (outcome, error) {
	switch j.Op {
	case "sign":
		key, err := privateKey(j)
		if err != nil {
			return outcome{}, err
		}
		token := jwt.NewWithClaims(jwt.GetSigningMethod(j.Alg), jwt.MapClaims(j.Claims))
		token.Header["kid"] = "k1"
		signed, err := token.SignedString(key)
		return outcome{Token: signed}, err
	case "verify":
		claims := jwt.MapClaims{}
		of := func(*jwt.Token) (any, error) { return publicKey(j) }
		_, err := jwt.ParseWithClaims(j.Token, claims, of, jwt.WithValidMethods([]string{j.Alg}), jwt.WithAudience("orders"))
		return outcome{Claims: claims}, err
	default:
		return outcome{}, fmt.Errorf("no operation %q", j.Op)
	}
}

func main() {
	var jobs []job
	if err := json.NewDecoder(os.Stdin).Decode(&jobs); err != nil {
		fmt.Fprintln(os.Stderr, strings.TrimSpace(err.Error()))
		os.Exit(1)
	}
	outcomes := make([]outcome, len(jobs))
	for i, j := range jobs {
		done, err := run(j)
		if err != nil {
			done = outcome{Error: err.Error()}
		}
		outcomes[i] = done
	}
	json.NewEncoder(os.Stdout).Encode(outcomes)
}
