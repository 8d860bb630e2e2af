// The Go server of the interop tests: one door for each way of being refused.
//
//	server --dir PKI --proto DIR
//	server --proto DIR --protoset OUT orders.proto
//
// prints one line of JSON, {"plaintext":PORT,"tls":PORT,…}, and serves on loopback until it is killed or its standard
// input ends.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	_ "google.golang.org/grpc/encoding/gzip" // read and, for whoever sends it, written
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/reflection"
	v1 "google.golang.org/grpc/reflection/grpc_reflection_v1"
	v1alpha "google.golang.org/grpc/reflection/grpc_reflection_v1alpha"
)

type door struct {
	tls             *tls.Config // nil: plaintext
	open            bool        // the client certificate is credential enough
	guardReflection bool
	onlyV1Alpha     bool
	patient         bool // pings may come often; else grpc-go's own policy, one in five minutes, holds
}

func (d door) serve(listener net.Listener, orders *orders, samples *samples, editions *editions) error {
	var options []grpc.ServerOption
	if d.tls != nil {
		options = append(options, grpc.Creds(credentials.NewTLS(d.tls)))
	}
	if d.open {
		options = append(options, grpc.UnaryInterceptor(pass))
	} else {
		guard := bearer{guardReflection: d.guardReflection}
		options = append(options, grpc.UnaryInterceptor(guard.unary), grpc.StreamInterceptor(guard.stream))
	}
	if d.patient {
		policy := keepalive.EnforcementPolicy{MinTime: 50 * time.Millisecond}
		options = append(options, grpc.KeepaliveEnforcementPolicy(policy))
	}
	server := grpc.NewServer(options...)
	orders.register(server)
	samples.register(server)
	editions.register(server)
	serving := health.NewServer()
	serving.SetServingStatus("interop.v1.Orders", healthpb.HealthCheckResponse_NOT_SERVING)
	healthpb.RegisterHealthServer(server, serving)
	v1alpha.RegisterServerReflectionServer(server, reflection.NewServer(reflection.ServerOptions{Services: server}))
	if !d.onlyV1Alpha {
		v1.RegisterServerReflectionServer(server, reflection.NewServerV1(reflection.ServerOptions{Services: server}))
	}
	return server.Serve(listener)
}

// gateway is what stands before many servers: HTTP/2 that knows nothing of gRPC and says no in HTML.
func gateway(listener net.Listener, config *tls.Config) error {
	config = config.Clone()
	config.NextProtos = []string{"h2"}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("content-type", "text/html; charset=utf-8")
		w.Header().Set("www-authenticate", `Bearer realm="interop"`)
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintln(w, "<html><head><title>401 Authorization Required</title></head></html>")
	}), TLSConfig: config}
	return server.ServeTLS(listener, "", "")
}

func doors(dir string) (map[string]door, *tls.Config, error) {
	certificate, err := tls.LoadX509KeyPair(filepath.Join(dir, "server.pem"), filepath.Join(dir, "server.key"))
	if err != nil {
		return nil, nil, err
	}
	pem, err := os.ReadFile(filepath.Join(dir, "ca.pem"))
	if err != nil {
		return nil, nil, err
	}
	clients := x509.NewCertPool()
	if !clients.AppendCertsFromPEM(pem) {
		return nil, nil, errors.New("ca.pem holds no certificate")
	}
	plain := &tls.Config{Certificates: []tls.Certificate{certificate}}
	only12 := plain.Clone()
	only12.MaxVersion = tls.VersionTLS12
	mutual := plain.Clone()
	mutual.ClientAuth, mutual.ClientCAs = tls.RequireAndVerifyClientCert, clients
	mutual12 := mutual.Clone()
	mutual12.MaxVersion = tls.VersionTLS12
	return map[string]door{
		"plaintext": {},
		"samples":   {open: true},
		"editions":  {open: true},
		// The same: only here what a file imports is not registered.
		"unregistered": {open: true},
		"tls":          {tls: plain},
		"tls12":        {tls: only12},
		"mtls":         {tls: mutual, open: true},
		"mtls12":       {tls: mutual12, open: true},
		"guarded":      {tls: plain, guardReflection: true},
		"v1alpha":      {tls: plain, onlyV1Alpha: true},
		"patient":      {tls: plain, open: true, patient: true},
	}, plain, nil
}

func main() {
	dir := flag.String("dir", "", "directory of the certificates that pki.sh made")
	protos := flag.String("proto", "", "directory of orders.proto")
	protoset := flag.String("protoset", "", "write the descriptor set of the file named as argument here, and end")
	flag.Parse()
	var err error
	if *protoset != "" {
		err = writeProtoset(*protos, flag.Arg(0), *protoset)
	} else {
		err = run(*dir, *protos)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func run(dir, protos string) error {
	orders, err := loadOrders(protos)
	if err != nil {
		return err
	}
	samples, err := loadSamples()
	if err != nil {
		return err
	}
	editions, err := loadEditions(protos)
	if err != nil {
		return err
	}
	table, plain, err := doors(dir)
	if err != nil {
		return err
	}
	ports := map[string]int{}
	failed := make(chan error)
	start := func(name string, serve func(net.Listener) error) error {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		ports[name] = listener.Addr().(*net.TCPAddr).Port
		go func() { failed <- serve(listener) }()
		return nil
	}
	for name, d := range table {
		if err := start(name, func(l net.Listener) error { return d.serve(l, orders, samples, editions) }); err != nil {
			return err
		}
	}
	if err := start("gateway", func(l net.Listener) error { return gateway(l, plain) }); err != nil {
		return err
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
