//! Certificates: what they say, how they are read from files, and how webpki judges them.
//!
//! | module | answers |
//! |---|---|
//! | [`pem`] | which certificates and which key are in a file, or what is the file instead? |
//! | [`facts`] | what does one certificate say of itself? |
//! | [`anchors`] | what is trusted, and which file and line did it come from? |
//! | [`crl`] | has its issuer taken it back? |
//! | [`pin`] | is this the certificate, or the key, that was expected? |
//! | [`spiffe`] | is it this workload's? |
//! | [`verify`] | is a chain accepted (webpki decides), and if not, what is everything that is wrong? |
//! | [`walk`] | where does path building end, and why there? |
//! | [`lint`] | what is accepted here, but refused by others, or soon? |
//!
//! A handshake goes [`verify::judge`] and [`lint::lint`]. Only if it is refused come
//! [`verify::all_findings`] and [`walk::walk`], which explain the verdict and never change it.
//!
//! No I/O and no clock: bytes and the time come from the caller. Certificates are parsed by
//! x509-parser for what is shown, and by webpki for what is decided; nothing is parsed by hand.
//! Texts out of certificates are as their authors wrote them: whoever prints one escapes it
//! ([`crate::text`]).

pub mod anchors;
pub(crate) mod crl;
pub(crate) mod der;
pub(crate) mod facts;
pub(crate) mod lint;
pub mod pem;
pub(crate) mod pin;
mod signature;
pub(crate) mod spiffe;
#[cfg(test)]
pub(crate) mod test_pki;
pub mod verify;
pub mod walk;

pub(crate) use anchors::Anchor;
pub(crate) use anchors::AnchorOrigin;
pub(crate) use anchors::TrustAnchors;
pub(crate) use crl::Crls;
pub(crate) use facts::Facts;
pub(crate) use facts::SubjectAltName;
pub(crate) use facts::distinguished_name;
pub(crate) use pem::FileFault;
pub(crate) use pin::Pin;
pub(crate) use spiffe::SpiffeId;
pub(crate) use verify::Judged;
pub(crate) use verify::judge;
