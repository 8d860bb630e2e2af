"""PyJWT behind one protocol: a list of jobs on standard input, the list of their outcomes on standard output."""

import json
import sys

import jwt
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

FAMILIES = {"RS": RSAAlgorithm, "PS": RSAAlgorithm, "ES": ECAlgorithm, "Ed": OKPAlgorithm}


def jwk(job):
    family = FAMILIES[job["alg"][:2]]
    key = family() if family is OKPAlgorithm else family(family.SHA256)
    return json.loads(family.to_jwk(key.prepare_key(job["public"]))) | {"alg": job["alg"], "use": "sig", "kid": "k1"}


def outcome(job):
    try:
        match job["op"]:
            case "sign":
                return {"token": jwt.encode(job["claims"], job["private"], algorithm=job["alg"], headers={"kid": "k1"})}
            case "verify":
                return {"claims": jwt.decode(job["token"], job["public"], algorithms=[job["alg"]], audience="orders")}
            case "jwk":
                return {"jwk": jwk(job)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


json.dump([outcome(job) for job in json.load(sys.stdin)], sys.stdout)
