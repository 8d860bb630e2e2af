"""grpc-go's own interop server, in plaintext: no doors of ours, no reflection. Ends when standard input ends."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "peers"))

from child import arguments, free_ports, serve

options = arguments("--server")
(port,) = free_ports(1)
serve(lambda _: ([[options.server, "-port", port]], None), {"grpc_go_interop": port})
