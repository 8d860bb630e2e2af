"""The table of key forms: every one that openssl writes opens a mutual TLS door, or is named for what it is."""

from .case import CA, Case, allowed, client_certificate

PASS = ("--key-pass", "file:{pki}/passphrase")


def refused(name, diagnosis, *args):
    return Case(f"keys: {name}", "mtls", (*CA, *args), 2, diagnosis, None, "no_status", within=2.0)


def viewer(name, form, *more):
    """The viewer's certificate with its key in another form."""
    return allowed(f"keys: {name}", "mtls", *CA, "--cert", "{pki}/viewer.pem", "--key", "{pki}/" + form, *more)


def bundle(name, form, *more):
    return allowed(f"keys: {name}", "mtls", *CA, "--cert", "{pki}/" + form, *more)


CIPHERS = ("aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "des3")

CASES = (
    viewer("SEC1", "viewer-sec1.key"),
    viewer("without its public half", "viewer-no-public.key"),
    *(viewer(f"PBES2, {cipher}", f"viewer-pbes2-{cipher}.key", *PASS) for cipher in CIPHERS),
    *(viewer(f"traditional, {cipher}", f"viewer-traditional-{cipher}.key", *PASS) for cipher in CIPHERS),
    viewer("scrypt", "viewer-scrypt.key", *PASS),
    bundle("certificate and encrypted key in one file", "viewer-both.pem", *PASS),
    bundle("PKCS#12", "modern.p12", *PASS),
    bundle("PKCS#12 with an empty passphrase", "modern-empty.p12"),
    bundle("legacy PKCS#12", "legacy.p12", *PASS),
    bundle("legacy PKCS#12 with an empty passphrase", "legacy-empty.p12"),
    *(allowed(f"keys: {kind}", "mtls", *CA, *client_certificate(kind)) for kind in ("rsa", "p384", "ed25519")),
    allowed("keys: PKCS#1", "mtls", *CA, "--cert", "{pki}/rsa.pem", "--key", "{pki}/rsa-pkcs1.key"),
    refused("encrypted, no passphrase", "file.encrypted-key", "--cert", "{pki}/viewer.pem", "--key", "{pki}/viewer-scrypt.key"),
    refused("PKCS#12, no passphrase", "file.encrypted-key", "--cert", "{pki}/modern.p12"),
    refused(
        "wrong passphrase", "file.wrong-passphrase",
        "--cert", "{pki}/viewer.pem", "--key", "{pki}/viewer-pbes2-des3.key", "--key-pass", "env:INTEROP_WRONG",
    ),
    refused("PKCS#12, wrong passphrase", "file.wrong-passphrase", "--cert", "{pki}/legacy.p12", "--key-pass", "env:INTEROP_WRONG"),
    refused("another's key", "file.key-mismatch", "--cert", "{pki}/viewer.pem", "--key", "{pki}/rsa.key"),
    refused("DER", "file.der", "--cert", "{pki}/viewer.pem", "--key", "{pki}/viewer-key.der"),
)
