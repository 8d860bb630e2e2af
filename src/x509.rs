//! Certificates: what they say, how they are read from files, and how webpki judges them.
//!
//! | module | answers |
//! |---|---|
//! | [`facts`] | what does one certificate say of itself? |
//! | [`pem`] | which certificates and keys are in a file, or what is it instead? |
//! | [`anchors`] | what is trusted, and which file and line did it come from? |
//! | [`verify`] | is a chain accepted? (webpki decides) and if not, what is everything that is wrong with it? |
//!
//! No I/O and no clock: bytes and the time come from the caller. Certificates are parsed by
//! x509-parser for what is shown, and by webpki for what is decided; nothing is parsed by hand.

pub mod anchors;
pub mod facts;
pub mod lint;
pub mod pem;
mod signature;
#[cfg(test)]
mod test_pki;
pub mod verify;
pub mod walk;

pub use anchors::Anchor;
pub use anchors::AnchorOrigin;
pub use anchors::TrustAnchors;
pub use facts::Facts;
pub use facts::SubjectAltName;
pub use verify::Judged;
pub use verify::Path;
pub use verify::Purpose;
pub use verify::judge;
