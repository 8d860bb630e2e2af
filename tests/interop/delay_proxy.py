#!/usr/bin/env python3
"""Counts the round trips of a command by running it directly and through a TCP proxy that delays.

    delay_proxy.py --to 127.0.0.1:PORT --one-way-ms 25 -- grpcauth call {proxy} interop.v1.Orders/Get …

`{proxy}` stands for the address: the server's for the direct runs, the proxy's for the delayed ones. Printed is
(delayed − direct) / (2 × one way), each the fastest of `--runs`. Nothing but the delay differs between the two, so
the number holds on a loaded machine too.

The kernel's own connect to the proxy costs nothing on loopback. The proxy makes up for it: what the client sends goes
on its way no sooner than one round trip after the accept (SYN, SYN-ACK), and the server sees the connection when the
client's ACK would have come.
"""

import argparse
import asyncio
import contextlib
import subprocess
import sys
import threading
import time

CHUNK = 65536


class DelayProxy:
    """A proxy in a thread of its own, for as long as the `with` lasts."""

    def __init__(self, host, port, one_way):
        self.upstream = (host, port)
        self.one_way = one_way
        self.port = None
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self):
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self):
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0, limit=CHUNK)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        open_connections = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in open_connections:
            task.cancel()
        await asyncio.gather(*open_connections, return_exceptions=True)

    async def _connection(self, client_reader, client_writer):
        with contextlib.suppress(asyncio.CancelledError):  # the proxy is being taken down
            await self._relay(client_reader, client_writer)

    async def _relay(self, client_reader, client_writer):
        accepted = self._loop.time()
        established = accepted + 2 * self.one_way  # the client holds the SYN-ACK
        to_server, to_client = asyncio.Queue(), asyncio.Queue()
        outgoing = asyncio.create_task(self._collect(client_reader, to_server, not_before=established))
        try:
            await self._until(established + self.one_way)
            server_reader, server_writer = await asyncio.open_connection(*self.upstream, limit=CHUNK)
        except OSError:
            outgoing.cancel()
            client_writer.transport.abort()
            return
        await asyncio.gather(
            outgoing,
            self._collect(server_reader, to_client, not_before=accepted),
            self._deliver(to_server, server_writer),
            self._deliver(to_client, client_writer),
        )

    async def _collect(self, reader, queue, not_before):
        """Queues every chunk with the time of its arrival at the far end; an empty one is the end."""
        chunk = None
        while chunk != b"":
            try:
                chunk = await reader.read(CHUNK)
            except OSError:
                chunk = b""
            queue.put_nowait((max(self._loop.time(), not_before) + self.one_way, chunk))

    async def _deliver(self, queue, writer):
        while True:
            at, chunk = await queue.get()
            await self._until(at)
            with contextlib.suppress(OSError):
                if chunk:
                    writer.write(chunk)
                    await writer.drain()
                    continue
                writer.close()
            return

    async def _until(self, at):
        await asyncio.sleep(max(0.0, at - self._loop.time()))


def timed(command, address):
    """(wall seconds, exit code)"""
    argv = [word.replace("{proxy}", address) for word in command]
    start = time.perf_counter()
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start, done.returncode


def round_trips(command, host, port, one_way=0.025, runs=7):
    """(round trips, direct seconds, delayed seconds, exit code of a delayed run)"""
    direct, delayed = [], []
    with DelayProxy(host, port, one_way) as proxy:
        for _ in range(runs):  # in turn, so that a busy moment of the machine hits both
            direct.append(timed(command, f"{host}:{port}"))
            delayed.append(timed(command, f"127.0.0.1:{proxy.port}"))
    (best_direct, _), (best_delayed, code) = min(direct), min(delayed)
    return (best_delayed - best_direct) / (2 * one_way), best_direct, best_delayed, code


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", required=True, metavar="HOST:PORT")
    parser.add_argument("--one-way-ms", type=float, default=25)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not any("{proxy}" in word for word in command):
        parser.error("the command names no {proxy}")
    host, port = options.to.rsplit(":", 1)
    trips, direct, delayed, code = round_trips(command, host, int(port), options.one_way_ms / 1000, options.runs)
    print(f"{trips:.2f} round trips (direct {direct * 1000:.1f} ms, delayed {delayed * 1000:.1f} ms, exit {code})")


if __name__ == "__main__":
    sys.exit(main())
