"""Children that leave nothing behind: each server is a process group, and its standard input is its lifeline."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import threading


class ServerFailed(Exception):
    pass


class Servers:
    """The running servers; leaving the `with` ends every one of them."""

    def __init__(self):
        self._running = []
        self._lock = threading.Lock()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self._running:
            process.stdin.close()
            _signal_group(process, signal.SIGTERM)
        for process in self._running:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                pass
            _signal_group(process, signal.SIGKILL)
            process.wait()
            process.stdout.close()

    def start(self, name, argv, log, environment=None):
        """Starts a server and returns its doors: the ports that it prints as one line of JSON."""
        with open(log, "wb") as stderr:
            process = subprocess.Popen(
                argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, env=environment, start_new_session=True
            )
        with self._lock:
            self._running.append(process)
        # A server that says nothing is ended, so that readline returns.
        patience = threading.Timer(60, _signal_group, (process, signal.SIGKILL))
        patience.start()
        line = process.stdout.readline()
        patience.cancel()
        try:
            return json.loads(line)
        except ValueError:
            raise ServerFailed(f"{name} did not start; see {log}") from None


@contextlib.contextmanager
def closed_port():
    """A port that refuses, and goes on refusing: it is bound, so nobody else can open it, and does not listen."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def _signal_group(process, number):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
