"""etcd twice: over TLS with users (`etcd`), and with client certificates (`etcd_mtls`). It has no reflection."""

import json
import ssl
import urllib.request

from child import arguments, free_ports, serve

options = arguments()
client, peer, mutual_client, mutual_peer = free_ports(4)


def member(state, name, port, peer_port, *more):
    here, there = f"https://127.0.0.1:{port}", f"http://127.0.0.1:{peer_port}"
    argv = ["etcd", "--name", name, "--data-dir", state / name, "--log-level", "error"]
    argv += ["--listen-client-urls", here, "--advertise-client-urls", here]
    argv += ["--listen-peer-urls", there, "--initial-advertise-peer-urls", there, "--initial-cluster", f"{name}={there}"]
    return [*argv, "--cert-file", options.dir / "server.pem", "--key-file", options.dir / "server.key", *more]


def start(state):
    mutual = ("--client-cert-auth", "--trusted-ca-file", options.dir / "ca.pem")
    return [member(state, "users", client, peer), member(state, "mutual", mutual_client, mutual_peer, *mutual)], enable_users


def enable_users():
    """A user root with a password, and from then on nothing without a token."""
    trust = ssl.create_default_context(cafile=options.dir / "ca.pem")

    def post(path, **body):
        request = urllib.request.Request(f"https://127.0.0.1:{client}/v3/auth/{path}", json.dumps(body).encode())
        urllib.request.urlopen(request, timeout=20, context=trust).close()

    post("user/add", name="root", password="good-token")
    post("role/add", name="root")
    post("user/grant", user="root", role="root")
    post("enable")


serve(start, {"etcd": client, "etcd_mtls": mutual_client})
