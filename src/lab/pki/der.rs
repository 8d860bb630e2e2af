//! Changes to a certificate that no issuer would make, in its DER.

use rcgen::Error;
use rcgen::KeyPair;
use rcgen::SigningKey as _;
use rustls::pki_types::CertificateDer;

/// `AlgorithmIdentifier` of ecdsa-with-SHA256 (RFC 5758 §3.2).
const ECDSA_WITH_SHA256: [u8; 12] = [
    0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02,
];
pub(super) const INTEGER: u8 = 0x02;
pub(super) const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;

/// With every `from` replaced by `to`, which is as long; the signature does not fit any more.
pub(super) fn replaced<const N: usize>(
    certificate: &CertificateDer<'_>,
    from: [u8; N],
    to: [u8; N],
) -> CertificateDer<'static> {
    let mut der = certificate.to_vec();
    let mut start = 0;
    while let Some(found) = der[start..].windows(N).position(|window| window == from) {
        der[start + found..start + found + N].copy_from_slice(&to);
        start += found + N;
    }
    der.into()
}

/// With its last octet changed, which is one of the signature's.
pub(super) fn damaged(certificate: &CertificateDer<'_>) -> CertificateDer<'static> {
    let mut der = certificate.to_vec();
    if let Some(last) = der.last_mut() {
        *last ^= 1;
    }
    der.into()
}

/// With a new signature of a P-256 key over what stands in it.
pub(super) fn signed_again(
    certificate: &CertificateDer<'_>,
    key: &KeyPair,
) -> Result<CertificateDer<'static>, Error> {
    let to_be_signed = first_element(contents(certificate));
    let mut signature = vec![0];
    signature.extend(key.sign(to_be_signed)?);
    let mut inner = to_be_signed.to_vec();
    inner.extend(ECDSA_WITH_SHA256);
    inner.extend(element(BIT_STRING, &signature));
    Ok(element(SEQUENCE, &inner).into())
}

/// What is within the outermost element.
fn contents(der: &[u8]) -> &[u8] {
    &der[header_length(der)..]
}

/// The first of several elements, whole.
fn first_element(der: &[u8]) -> &[u8] {
    let header = header_length(der);
    let length = match der[1] {
        short @ 0..0x80 => usize::from(short),
        _ => der[2..header]
            .iter()
            .fold(0, |length, octet| length << 8 | usize::from(*octet)),
    };
    &der[..header + length]
}

/// Of tag and length (X.690 §8.1.3).
fn header_length(der: &[u8]) -> usize {
    match der[1] {
        0..0x80 => 2,
        long => 2 + usize::from(long & 0x7f),
    }
}

/// One element of these contents.
pub(super) fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut der = vec![tag];
    match u8::try_from(contents.len()) {
        Ok(short @ 0..0x80) => der.push(short),
        _ => {
            let length = contents.len().to_be_bytes();
            let octets = &length[length.iter().take_while(|octet| **octet == 0).count()..];
            der.push(0x80 | u8::try_from(octets.len()).expect("a usize has few octets"));
            der.extend(octets);
        }
    }
    der.extend(contents);
    der
}
