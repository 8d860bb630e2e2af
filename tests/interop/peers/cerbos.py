"""Cerbos over TLS; its admin service wants a user and a password (Basic), the rest wants nothing."""

import base64
import os

from child import arguments, free_ports, serve

options = arguments()
http, grpc = free_ports(2)

# bcrypt of `good-token`
PASSWORD = "$2b$04$N9qo8uLOickgx2ZMRZoMyejSfncHNcJuEueUOPQnNekPs63XKKwLe"

CONFIG = f"""
server:
  httpListenAddr: 127.0.0.1:{http}
  grpcListenAddr: 127.0.0.1:{grpc}
  tls:
    cert: {options.dir}/server.pem
    key: {options.dir}/server.key
  adminAPI:
    enabled: true
    adminCredentials:
      username: admin
      passwordHash: {base64.b64encode(PASSWORD.encode()).decode()}
storage:
  driver: sqlite3
  sqlite3:
    dsn: ":memory:"
telemetry:
  disabled: true
"""


def start(state):
    os.environ["CERBOS_NO_TELEMETRY"] = "1"
    config = state / "cerbos.yaml"
    config.write_text(CONFIG)
    return [["cerbos", "server", "--config", config, "--log-level", "error"]], None


serve(start, {"cerbos": grpc, "_http": http})
