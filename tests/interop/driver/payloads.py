"""Messages of gRPC's interop service."""

import base64
import json

REQUEST_SIZE, RESPONSE_SIZE = 271828, 314159


def payload(size):
    return {"payload": {"body": base64.b64encode(bytes(size)).decode()}}


def large_unary():
    """Longer than a word on the command line may be: it stands in a file."""
    return json.dumps({"response_size": RESPONSE_SIZE, **payload(REQUEST_SIZE)})
