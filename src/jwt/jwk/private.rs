//! The private halves of JWKs in DER, which is how ring reads them.

use serde_json::Map;
use serde_json::Value;

use crate::jwt::KeyKind;
use crate::jwt::jwk::fault::JwkFault;
use crate::jwt::jwk::members::exactly;
use crate::jwt::jwk::members::octets;
use crate::x509::der::element;
use crate::x509::der::unsigned_integer;
use crate::x509::pem::ec_key_as_pkcs8;

/// RSAPrivateKey ::= SEQUENCE { 0, n, e, d, p, q, dp, dq, qi } (RFC 8017 §A.1.2). A key that has `d` alone
/// is allowed (RFC 7518 §6.3.2), but ring signs with no such key.
pub(super) fn rsa(
    key: &Map<String, Value>,
    modulus: &[u8],
    exponent: &[u8],
) -> Result<Option<Vec<u8>>, JwkFault> {
    if !key.contains_key("d") {
        return Ok(None);
    }
    let mut numbers = vec![
        unsigned_integer(&[]),
        unsigned_integer(modulus),
        unsigned_integer(exponent),
    ];
    for member in ["d", "p", "q", "dp", "dq", "qi"] {
        numbers.push(unsigned_integer(&octets(key, member)?));
    }
    Ok(Some(element(0x30, &[&numbers.concat()])))
}

/// ECPrivateKey ::= SEQUENCE { 1, privateKey, \[1\] publicKey } (RFC 5915 §3), in PKCS#8.
pub(super) fn elliptic_curve(
    key: &Map<String, Value>,
    kind: KeyKind,
    size: usize,
    point: &[u8],
) -> Result<Option<Vec<u8>>, JwkFault> {
    if !key.contains_key("d") {
        return Ok(None);
    }
    let scalar = exactly(key, "d", size)?;
    let public = element(0x03, &[&[0], point]);
    let ec_private_key = element(
        0x30,
        &[
            &[0x02, 0x01, 0x01],
            &element(0x04, &[&scalar]),
            &element(0xa1, &[&public]),
        ],
    );
    let is_p384 = kind == KeyKind::P384;
    Ok(Some(ec_key_as_pkcs8(&ec_private_key, is_p384)))
}

/// PKCS#8 of version 1: the seed alone (RFC 8410 §7).
pub(super) fn ed25519(key: &Map<String, Value>) -> Result<Option<Vec<u8>>, JwkFault> {
    if !key.contains_key("d") {
        return Ok(None);
    }
    let seed = element(0x04, &[&exactly(key, "d", 32)?]);
    let info = element(
        0x30,
        &[
            &[0x02, 0x01, 0x00],
            &element(0x30, &[b"\x06\x03\x2b\x65\x70"]),
            &element(0x04, &[&seed]),
        ],
    );
    Ok(Some(info))
}
