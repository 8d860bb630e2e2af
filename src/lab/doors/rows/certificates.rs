//! Doors whose certificates are not as they should be.

use std::sync::Arc;

use crate::lab::doors::Door;
use crate::lab::doors::FAULTY;
use crate::lab::doors::canned;
use crate::lab::doors::channel::Channel;
use crate::lab::doors::channel::TLS;
use crate::lab::doors::client;
use crate::lab::pki::Identity;
use crate::lab::pki::Pki;
use crate::lab::pki::servers;
use crate::lab::pki::servers::keys;

/// A door that shows another certificate.
const fn shows(
    id: &'static str,
    demonstrates: &'static str,
    identity: fn(&Pki) -> Result<Arc<Identity>, rcgen::Error>,
    summary: &'static str,
) -> Door {
    Door {
        id,
        summary,
        demonstrates: Some(demonstrates),
        channel: Channel::Tls(TLS.showing(identity)),
        ..FAULTY
    }
}

/// One that is accepted here, with a warning.
const fn warns(
    id: &'static str,
    demonstrates: &'static str,
    identity: fn(&Pki) -> Result<Arc<Identity>, rcgen::Error>,
    summary: &'static str,
) -> Door {
    Door {
        needs: "ca.pem",
        ..shows(id, demonstrates, identity, summary)
    }
}

pub(super) const DOORS: &[Door] = &[
    Door {
        more: &[client::LOCAL_CLOCK],
        open: canned::a_month_behind,
        ..shows(
            "expired",
            "time.expired.leaf",
            servers::expired,
            "the server's certificate expired three days before the lab began",
        )
    },
    shows(
        "not-yet-valid",
        "time.not-yet-valid.leaf",
        servers::not_yet_valid,
        "the time of the server's certificate begins in three days",
    ),
    warns(
        "expires-soon",
        "time.expires-soon",
        servers::expires_soon,
        "the server's certificate has five days left",
    ),
    shows(
        "expired-intermediate",
        "time.expired.intermediate",
        servers::expired_intermediate,
        "the leaf is within its validity period, the intermediate that issued it is not",
    ),
    shows(
        "not-yet-valid-intermediate",
        "time.not-yet-valid.intermediate",
        servers::not_yet_valid_intermediate,
        "the time of the intermediate begins in three days",
    ),
    Door {
        files: &["expired-ca.pem"],
        example: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/expired-ca.pem",
        ..warns(
            "expired-root",
            "time.expired.root",
            servers::expired_root,
            "the root that is to be trusted has expired",
        )
    },
    Door {
        files: &["future-ca.pem"],
        example: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/future-ca.pem",
        ..warns(
            "not-yet-valid-root",
            "time.not-yet-valid.root",
            servers::not_yet_valid_root,
            "the time of the root that is to be trusted begins in three days",
        )
    },
    Door {
        files: &["ca.pem", "other-ca.pem", "server-other-ca.pem"],
        more: client::AT_UNKNOWN_CA,
        ..shows(
            "unknown-ca",
            "trust.no-path",
            servers::other_ca,
            "the server's certificate comes from a root that is not the lab's",
        )
    },
    Door {
        files: &["ca.pem", "other-ca.pem"],
        ..shows(
            "unknown-root",
            "trust.unknown-root",
            servers::unknown_root,
            "the same, with that root sent along",
        )
    },
    shows(
        "self-signed",
        "trust.self-signed-leaf",
        servers::self_signed,
        "the server's certificate is signed by its own key",
    ),
    shows(
        "ca-rekeyed",
        "trust.ca-rekeyed",
        servers::ca_rekeyed,
        "the server's certificate comes from a root of the same name as the lab's, with another key",
    ),
    Door {
        needs: "ca.pem, and the intermediate from elsewhere",
        files: &[
            "ca.pem",
            "intermediate.pem",
            "client-viewer.pem",
            "client-viewer.key",
        ],
        example: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem --cert {dir}/client-viewer.pem --key {dir}/client-viewer.key",
        ..shows(
            "chain-incomplete",
            "chain.incomplete",
            servers::incomplete,
            "the intermediate is not sent; the client's own chain happens to have it",
        )
    },
    shows(
        "leaf-not-first",
        "chain.leaf-not-first",
        servers::leaf_not_first,
        "the intermediate is sent before the server's own certificate",
    ),
    warns(
        "chain-order",
        "chain.order",
        servers::order,
        "two intermediates, the upper one sent before the lower",
    ),
    warns(
        "chain-unrelated",
        "chain.unrelated",
        servers::unrelated,
        "a root that has nothing to do with the chain is sent with it",
    ),
    shows(
        "bad-signature",
        "chain.bad-signature",
        servers::bad_signature,
        "one octet of the signature on the server's certificate is damaged",
    ),
    shows(
        "chain-too-large",
        "tls.chain-too-large",
        servers::too_large,
        "more than 64 KiB of certificates",
    ),
    shows(
        "default-certificate",
        "sni.default-certificate",
        servers::default_of_ingress,
        "the certificate that ingress-nginx shows where it has none for the host",
    ),
    shows(
        "wrong-name",
        "name.mismatch",
        servers::wrong_name,
        "the server's certificate is for other.test and 192.0.2.7",
    ),
    Door {
        example: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem --servername localhost",
        ..shows(
            "cn-only",
            "name.cn-only",
            servers::cn_only,
            "the name localhost stands in the common name alone",
        )
    },
    Door {
        example: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem --servername a.b.lab.test",
        ..shows(
            "wildcard",
            "name.wildcard-depth",
            servers::wildcard,
            "the server's certificate is for *.lab.test, one label deep",
        )
    },
    shows(
        "names-only",
        "name.no-ip-san",
        servers::names_only,
        "the server's certificate is for names, and is dialled by its address",
    ),
    shows(
        "address-as-name",
        "name.ip-in-dns-san",
        servers::address_as_name,
        "the server's certificate has the address as a DNS name",
    ),
    Door {
        more: client::AT_SPIFFE,
        ..shows(
            "spiffe",
            "name.spiffe-only",
            servers::spiffe,
            "the server's certificate names spiffe://lab.test/vault and no host",
        )
    },
    shows(
        "not-a-ca",
        "ca.not-a-ca",
        servers::not_a_ca,
        "the server's certificate was issued by one that is no CA's",
    ),
    warns(
        "no-cert-sign",
        "ca.no-cert-sign",
        servers::no_cert_sign,
        "the intermediate's key usage does not list keyCertSign",
    ),
    shows(
        "path-length",
        "ca.path-length",
        servers::path_length,
        "an intermediate that may have no CA below it has one",
    ),
    shows(
        "name-constraint",
        "ca.name-constraint",
        servers::name_constraint,
        "the intermediate may issue for example.com alone",
    ),
    shows(
        "leaf-is-ca",
        "cert.leaf-is-ca",
        servers::leaf_is_ca,
        "the server's own certificate is marked as a CA's",
    ),
    shows(
        "purpose",
        "cert.purpose",
        servers::purpose,
        "the server shows a certificate for clients",
    ),
    warns(
        "key-usage",
        "cert.key-usage",
        servers::key_usage,
        "the certificate's key usage does not list digitalSignature",
    ),
    shows(
        "critical-extension",
        "cert.unknown-critical-extension",
        servers::critical_extension,
        "a critical extension that nobody knows",
    ),
    shows(
        "unreadable",
        "cert.unreadable",
        servers::unreadable,
        "what is sent as the server's certificate is none",
    ),
    shows(
        "old-version",
        "cert.version-1",
        servers::old_version,
        "the server's certificate is of X.509 version 2",
    ),
    shows(
        "weak-key",
        "crypto.weak-key",
        keys::weak_key,
        "an RSA key of 1024 bits",
    ),
    shows(
        "weak-signature",
        "crypto.weak-signature",
        keys::weak_signature,
        "a certificate signed with MD5",
    ),
    shows(
        "unsupported-key",
        "crypto.unsupported-key",
        keys::unsupported_key,
        "a key on the curve P-521",
    ),
];
