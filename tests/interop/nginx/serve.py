"""Runs nginx as a child in front of the plaintext door of another server, all its state in a temporary directory.

The ports are opened here, by the kernel's choice, and handed to nginx the way it hands them to itself when it is
upgraded (the variable NGINX): nobody can take one in between.
"""

import argparse
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile

DOORS = ("tls", "mtls_http", "gateway", "bad_gateway", "grpc_errors")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dir", type=pathlib.Path, required=True)
    parser.add_argument("--upstream", type=int, required=True)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

    with tempfile.TemporaryDirectory(prefix="interop-nginx-") as state, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        sockets = {door: socket.create_server(("127.0.0.1", 0)) for door in DOORS}
        ports = {door: one.getsockname()[1] for door, one in sockets.items()}
        values = ports | {
            "state": state,
            "user": "user root;" if os.geteuid() == 0 else "",  # else its worker may not read what root's master may
            "dir": options.dir.resolve(),
            "upstream": options.upstream,
            "closed": closed.getsockname()[1],
        }
        config = pathlib.Path(__file__).with_name("nginx.conf.template").read_text()
        for name, value in values.items():
            config = config.replace(f"@{name}@", str(value))
        path = pathlib.Path(state, "nginx.conf")
        path.write_text(config)

        for one in sockets.values():
            one.setblocking(False)  # as nginx makes its own
        descriptors = [one.fileno() for one in sockets.values()]
        nginx = subprocess.Popen(
            ["nginx", "-p", state, "-c", str(path), "-e", "stderr"],
            stdin=subprocess.DEVNULL,
            pass_fds=descriptors,
            env=os.environ | {"NGINX": "".join(f"{number};" for number in descriptors)},
        )
        try:
            print(json.dumps(ports), flush=True)
            sys.stdin.read()  # the driver's end of it
        finally:
            nginx.terminate()
            nginx.wait(5)


if __name__ == "__main__":
    main()
