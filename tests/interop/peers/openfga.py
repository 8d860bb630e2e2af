"""OpenFGA over TLS with a preshared key. Its refusals are status numbers far above 16."""

from child import arguments, free_ports, serve

options = arguments()
(port,) = free_ports(1)


def start(_):
    argv = ["openfga", "run", "--grpc-addr", f"127.0.0.1:{port}", "--http-enabled=false", "--metrics-enabled=false", "--log-level", "error"]
    argv += ["--grpc-tls-enabled", "--grpc-tls-cert", options.dir / "server.pem", "--grpc-tls-key", options.dir / "server.key"]
    argv += ["--authn-method", "preshared", "--authn-preshared-keys", "good-token"]
    return [argv], None


serve(start, {"openfga": port})
