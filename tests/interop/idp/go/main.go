// A server whose tokens come from a login: over HTTP, POST {"username","password"} → {"token"}, and by RPC,
// auth.v1.AuthService. Its interceptors check the JWTs.
//
//	INTEROP_PASSWORD=… idp --dir PKI --proto DIR --auth-proto DIR
//
// prints one line of JSON, {"http":PORT,"grpc":PORT,"handler":PORT,"never":PORT}, and serves until its standard input ends. On the door
// `http`, /count tells how often each way gave tokens out, and /revoke?USER makes a user's access tokens void.
package main

import (
	"crypto/tls"
	"encoding/json"
	"flag"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/reflection"
)

// endpoint is the login over HTTP: a token as JSON, or an error as plain text.
func endpoint(s *sessions) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /login", func(w http.ResponseWriter, r *http.Request) {
		var body struct{ Username, Password string }
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			http.Error(w, "invalid request body", http.StatusBadRequest)
			return
		}
		issued, ok := s.login(body.Username, body.Password, "login")
		if !ok {
			http.Error(w, "invalid username or password", http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"token": issued.access})
	})
	mux.HandleFunc("/count", func(w http.ResponseWriter, _ *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		_ = json.NewEncoder(w).Encode(s.count)
	})
	mux.HandleFunc("/revoke", func(_ http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.revoke(r.URL.RawQuery)
	})
	return mux
}

func main() {
	dir := flag.String("dir", "", "directory of the certificates that pki.sh made")
	protos := flag.String("proto", "", "directory of orders.proto")
	authProto := flag.String("auth-proto", "", "directory of auth.proto")
	flag.Parse()
	if err := run(*dir, *protos, *authProto); err != nil {
		log.Fatal(err)
	}
}

func run(dir string, protos ...string) error {
	loaded, err := loadServices(protos...)
	if err != nil {
		return err
	}
	certificate, err := tls.LoadX509KeyPair(filepath.Join(dir, "server.pem"), filepath.Join(dir, "server.key"))
	if err != nil {
		return err
	}
	issuing := newSessions()
	channel := grpc.Creds(credentials.NewTLS(&tls.Config{Certificates: []tls.Certificate{certificate}}))
	build := func(options ...grpc.ServerOption) *grpc.Server {
		server := grpc.NewServer(options...)
		loaded.registerAuth(server, issuing)
		loaded.registerOrders(server)
		reflection.Register(server)
		return server
	}
	// As etcd does it: every answer has headers, a refusal too.
	handler := &http.Server{
		Handler:   build(issuing.guard(false)...),
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}},
	}
	ports := map[string]int{}
	failed := make(chan error)
	for name, serve := range map[string]func(net.Listener) error{
		"http":    func(l net.Listener) error { return http.Serve(l, endpoint(issuing)) },
		"grpc":    build(append(issuing.guard(false), channel)...).Serve,
		"never":   build(append(issuing.guard(true), channel)...).Serve,
		"handler": func(l net.Listener) error { return handler.ServeTLS(l, "", "") },
	} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		ports[name] = listener.Addr().(*net.TCPAddr).Port
		go func() { failed <- serve(listener) }()
	}
	if err := json.NewEncoder(os.Stdout).Encode(ports); err != nil {
		return err
	}
	go func() {
		// The driver holds the other end: when it dies, however it dies, no server is left behind.
		_, err := io.Copy(io.Discard, os.Stdin)
		failed <- err
	}()
	return <-failed
}
