"""The Python server of the interop tests: gRPC's C core, which closes without an alert, and reflection v1alpha only."""

import argparse
import json
import pathlib
import sys
import time
from concurrent import futures

import grpc
from google.protobuf import json_format
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

ASK_FOR_TOKEN = ("plaintext", "tls")


class Bearer(grpc.ServerInterceptor):
    """Asks every call for a token, reflection excepted."""

    def intercept_service(self, continuation, call):
        if call.method.startswith("/grpc.reflection."):
            return continuation(call)
        sent = dict(call.invocation_metadata).get("authorization")
        if sent is None:
            return refusal(continuation(call), grpc.StatusCode.UNAUTHENTICATED, "missing bearer token")
        if sent == "Bearer weak-token":
            return refusal(continuation(call), grpc.StatusCode.PERMISSION_DENIED, "role admin is needed")
        if sent != "Bearer good-token":
            return refusal(continuation(call), grpc.StatusCode.UNAUTHENTICATED, "invalid token")
        return continuation(call)


def refusal(handler, code, text):
    """A handler of the same kind as the method's own, as grpcio asks for."""
    if handler is None:
        return None

    def abort(_, context):
        context.abort(code, text)

    kind = {
        (False, False): grpc.unary_unary_rpc_method_handler,
        (False, True): grpc.unary_stream_rpc_method_handler,
        (True, False): grpc.stream_unary_rpc_method_handler,
        (True, True): grpc.stream_stream_rpc_method_handler,
    }[handler.request_streaming, handler.response_streaming]
    return kind(abort, handler.request_deserializer, handler.response_serializer)


def orders_service(protos, services, orders):
    class Orders(services.OrdersServicer):
        def Get(self, request, context):
            if request.id == "slow":  # the connection is silent meanwhile
                time.sleep(2)
                return orders[0]
            for order in orders:
                if order.id == request.id:
                    return order
            context.abort(grpc.StatusCode.NOT_FOUND, f'no order "{request.id}"')

        def List(self, request, context):
            yield from orders[: request.count if request.count > 0 else len(orders)]

        def Put(self, requests, context):
            summary = protos.PutSummary()
            for order in requests:
                summary.count += 1
                summary.units += order.price.units
            return summary

        def Chat(self, requests, context):
            yield from requests

    return Orders()


def server_credentials(pki, mutual):
    pair = ((pki / "server.key").read_bytes(), (pki / "server.pem").read_bytes())
    roots = (pki / "ca.pem").read_bytes() if mutual else None
    return grpc.ssl_server_credentials([pair], roots, require_client_auth=mutual)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dir", type=pathlib.Path, required=True)
    parser.add_argument("--proto", type=pathlib.Path, required=True)
    options = parser.parse_args()
    sys.path.insert(0, str(options.proto))  # where grpcio looks for .proto files
    protos, services = grpc.protos_and_services("orders.proto")
    texts = json.loads((options.proto / "orders.json").read_text())
    orders = [json_format.ParseDict(text, protos.Order()) for text in texts]

    editions, editions_services = grpc.protos_and_services("editions.proto")

    class Editions(editions_services.EditionsServicer):
        def Echo(self, request, context):
            return request

    ports, servers = {}, []
    for door in ("plaintext", "tls", "mtls", "patient", "editions"):
        interceptors = [Bearer()] if door in ASK_FOR_TOKEN else []
        # Without the option the C core's own policy holds: one ping in five minutes.
        settings = [("grpc.http2.min_ping_interval_without_data_ms", 50)] if door == "patient" else []
        server = grpc.server(futures.ThreadPoolExecutor(4), interceptors=interceptors, options=settings)
        health_servicer = health.HealthServicer()
        health_servicer.set("interop.v1.Orders", health_pb2.HealthCheckResponse.NOT_SERVING)
        health_pb2_grpc.add_HealthServicer_to_server(health_servicer, server)
        services.add_OrdersServicer_to_server(orders_service(protos, services, orders), server)
        editions_services.add_EditionsServicer_to_server(Editions(), server)
        names = ("interop.v1.Orders", "interop.v1.Editions", reflection.SERVICE_NAME)
        reflection.enable_server_reflection(names, server)
        if door in ("plaintext", "editions"):
            ports[door] = server.add_insecure_port("127.0.0.1:0")
        else:
            ports[door] = server.add_secure_port("127.0.0.1:0", server_credentials(options.dir, door == "mtls"))
        server.start()
        servers.append(server)
    print(json.dumps(ports), flush=True)
    sys.stdin.read()  # the driver's end of it
    for server in servers:
        server.stop(None)


if __name__ == "__main__":
    main()
