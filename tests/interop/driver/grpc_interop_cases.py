"""gRPC's interop cases (grpc/doc/interop-test-descriptions.md) against grpc-go's own server, by `call` alone."""

import json

from .case import Case
from .outcome import ANY
from .payloads import RESPONSE_SIZE, payload

SERVICE = "grpc.testing.TestService"
ARGS = ("--plaintext", "--protoset", "{target}/grpc_go_interop.protoset")
SIZES = ((27182, 31415), (8, 9), (1828, 2653), (45904, 58979))
ODD_MESSAGE = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
ECHO = ("-H", "x-grpc-test-echo-initial: test_initial_metadata_value", "-H", "x-grpc-test-echo-trailing-bin: q6ur")


def case(name, method, *messages, args=(), code=0, replies=None, said=None, diagnosis=None, data=None, **more):
    outcome = {0: "allowed"}.get(code, "inconclusive")
    text = "\n".join(json.dumps(message) for message in messages) if data is None else data
    args = (*ARGS, *args)
    return Case(
        name, "grpc_go_interop", args, 64 + code if code else 0, ANY if code else diagnosis, code, outcome, "done",
        method=f"{SERVICE}/{method}", data=text, messages=replies, said=said, **more,
    )


def asked(*sizes):
    return {"response_parameters": [{"size": size} for size in sizes]}


PING_PONG = tuple(asked(reply) | payload(request) for request, reply in SIZES)
REPLIES = tuple(payload(reply) for _, reply in SIZES)

CASES = (
    case("empty_unary", "EmptyCall", {}, replies=({},)),
    case("large_unary", "UnaryCall", data="@{target}/grpc_go_interop/large_unary.json", replies=(payload(RESPONSE_SIZE),)),
    # The server is built without gzip, and says so; that it is read and written is tried on the go stack.
    case("client_compressed_unary", "UnaryCall", payload(9), args=("--compress", "gzip"), code=12),
    case("client_streaming", "StreamingInputCall", *map(payload, (27182, 8, 1828, 45904)), replies=({"aggregatedPayloadSize": 74922},)),
    case("server_streaming", "StreamingOutputCall", asked(31415, 9, 2653, 58979), replies=REPLIES),
    case("ping_pong", "FullDuplexCall", *PING_PONG, replies=REPLIES),
    case("empty_stream", "FullDuplexCall", replies=()),
    *(
        case(
            f"custom_metadata: {method}", method, message, args=ECHO, replies=(reply,),
            headers=(("x-grpc-test-echo-initial", "test_initial_metadata_value"),),
            trailers=(("x-grpc-test-echo-trailing-bin", "q6ur"),),
        )
        for method, message, reply in (
            ("UnaryCall", {"response_size": 9} | payload(8), payload(9)),
            ("FullDuplexCall", asked(9) | payload(8), payload(9)),
        )
    ),
    *(
        case(
            f"status_code_and_message: {method}", method, {"response_status": {"code": 2, "message": "test status message"}},
            code=2, said="test status message",
        )
        for method in ("UnaryCall", "FullDuplexCall")
    ),
    case("special_status_message", "UnaryCall", {"response_status": {"code": 2, "message": ODD_MESSAGE}}, code=2, said=ODD_MESSAGE),
    case("unimplemented_method", "UnimplementedCall", {}, code=12),
    Case(
        "unimplemented_service", "grpc_go_interop", ARGS, 76, ANY, 12, "inconclusive", "done",
        method="grpc.testing.UnimplementedService/UnimplementedCall", data="{}",
    ),
    case(
        "timeout_on_sleeping_server", "FullDuplexCall", {"response_parameters": [{"size": 31415, "interval_us": 10_000_000}]} | payload(27182),
        args=("--max-time", "100ms"), code=4, within=2.0,
    ),
    Case("no reflection", "grpc_go_interop", ("--plaintext",), 5, "reflection.absent", ANY, ANY, method=f"{SERVICE}/EmptyCall", data="{}"),
)
