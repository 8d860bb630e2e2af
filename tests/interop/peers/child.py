"""What the peers' start scripts share: free ports, a child that is waited for, and an end when standard input ends."""

import argparse
import json
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE = 40  # s


def arguments(*more):
    parser = argparse.ArgumentParser()
    parser.add_argument("--dir", type=pathlib.Path, required=True)
    for name in more:
        parser.add_argument(name, required=True)
    options = parser.parse_args()
    options.dir = options.dir.resolve()
    return options


def free_ports(count):
    """Ports that were free a moment ago: these servers cannot be handed a socket."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def serve(start, doors):
    """Runs the children that `start(state directory)` gives, prints the doors once all are open, waits for the end.

    `doors` maps names to ports; names that begin with `_` are waited for and not printed.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="interop-peer-") as state:
        children, ready = start(pathlib.Path(state))
        running = [subprocess.Popen([str(word) for word in argv], stdin=subprocess.DEVNULL, stdout=sys.stderr) for argv in children]
        try:
            for port in doors.values():
                wait_for(port, running)
            if ready:
                ready()
            print(json.dumps({name: port for name, port in doors.items() if not name.startswith("_")}), flush=True)
            sys.stdin.read()  # the driver's end of it
        finally:
            for child in running:
                child.terminate()
            for child in running:
                try:
                    child.wait(5)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()


def wait_for(port, running):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and all(child.poll() is None for child in running):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"nobody opened port {port}")
