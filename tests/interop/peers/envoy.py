"""Envoy before the Go server: doors that want a JWT or a client certificate, that allow nobody, route one name only, or lead nowhere."""

import json
import pathlib

from child import arguments, free_ports, serve

options = arguments("--envoy", "--upstream", "--jwks", "--issuer", "--audience")
jwt, mutual, forbidden, routed, down, nowhere = free_ports(6)
FILTERS = "envoy.extensions.filters.http"


def typed(kind, **more):
    return {"@type": f"type.googleapis.com/{kind}", **more}


def jwt_filter():
    provider = {
        "issuer": options.issuer,
        "audiences": [options.audience],
        "local_jwks": {"inline_string": pathlib.Path(options.jwks).read_text()},
    }
    # Reflection stays open; everything else needs the token.
    rules = [{"match": {"prefix": "/grpc.reflection."}}, {"match": {"prefix": "/"}, "requires": {"provider_name": "interop"}}]
    config = typed(f"{FILTERS}.jwt_authn.v3.JwtAuthentication", providers={"interop": provider}, rules=rules)
    return {"name": "jwt", "typed_config": config}


def nobody_filter():
    policy = {"permissions": [{"url_path": {"path": {"prefix": "/interop."}}}], "principals": [{"any": True}]}
    config = typed(f"{FILTERS}.rbac.v3.RBAC", rules={"action": "DENY", "policies": {"nobody": policy}})
    return {"name": "rbac", "typed_config": config}


def listener(name, port, filters=(), mutual=False, domains=("*",), to="orders"):
    tls = {
        "tls_certificates": [
            {"certificate_chain": {"filename": f"{options.dir}/server.pem"}, "private_key": {"filename": f"{options.dir}/server.key"}}
        ],
        "alpn_protocols": ["h2"],
    }
    if mutual:
        tls["validation_context"] = {"trusted_ca": {"filename": f"{options.dir}/ca.pem"}}
    # The server behind asks for its own token; what the client sent ends here.
    own = {"header": {"key": "authorization", "value": "Bearer good-token"}, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}
    route = {"match": {"prefix": "/"}, "route": {"cluster": to}, "request_headers_to_add": [own]}
    manager = typed(
        "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        stat_prefix=name,
        codec_type="AUTO",
        route_config={"virtual_hosts": [{"name": "all", "domains": list(domains), "routes": [route]}]},
        http_filters=[*filters, {"name": "router", "typed_config": typed(f"{FILTERS}.router.v3.Router")}],
    )
    context = typed(
        "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext", common_tls_context=tls, require_client_certificate=mutual
    )
    return {
        "name": name,
        "address": address(port),
        "filter_chains": [
            {
                "transport_socket": {"name": "tls", "typed_config": context},
                "filters": [{"name": "http", "typed_config": manager}],
            }
        ],
    }


def address(port):
    return {"socket_address": {"address": "127.0.0.1", "port_value": int(port)}}


def cluster(name, port):
    endpoint = {"endpoint": {"address": address(port)}}
    http2 = typed("envoy.extensions.upstreams.http.v3.HttpProtocolOptions", explicit_http_config={"http2_protocol_options": {}})
    return {
        "name": name,
        "type": "STATIC",
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": [endpoint]}]},
        "typed_extension_protocol_options": {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": http2},
    }


def start(state):
    listeners = [
        listener("jwt", jwt, [jwt_filter()]),
        listener("mtls", mutual, mutual=True),
        listener("forbidden", forbidden, [nobody_filter()]),
        listener("routed", routed, domains=["orders.example.com"]),
        listener("down", down, to="nobody"),
    ]
    # Nobody listens on the port of the last.
    clusters = [cluster("orders", options.upstream), cluster("nobody", nowhere)]
    config = state / "envoy.json"
    config.write_text(json.dumps({"static_resources": {"listeners": listeners, "clusters": clusters}}))
    return [[options.envoy, "--config-path", config, "--use-dynamic-base-id", "--concurrency", "1", "--log-level", "error"]], None


serve(start, {"jwt": jwt, "mtls": mutual, "forbidden": forbidden, "routed": routed, "down": down})
