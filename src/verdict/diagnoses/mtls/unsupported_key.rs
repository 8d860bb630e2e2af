//! `mtls.unsupported-key`.

use rustls::SignatureScheme;

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::mtls;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "mtls.unsupported-key",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("unsupported_key.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let refusal = connection.client_refusal()?;
    if refusal.request.sent {
        return None;
    }
    let leaf = mtls::our_leaf(connection)?;
    let schemes: Vec<String> = refusal
        .request
        .signature_schemes
        .iter()
        .map(|scheme| scheme_name(*scheme))
        .collect();
    let key = &leaf.key.algorithm;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "your client certificate could not be sent: the server accepts no signature of a key of the kind {key}"
        ),
        evidence: vec![
            refusal.sign.words(),
            format!("signatures that the server accepts: {}", schemes.join(", ")),
            format!(
                "given in {}: a key of the kind {key}",
                mtls::our_file(connection)
            ),
        ],
        hint: "have a client certificate issued for a key of EC P-256 or RSA 2048".to_owned(),
    })
}

/// RFC 8446 §4.2.3.
fn scheme_name(scheme: SignatureScheme) -> String {
    match scheme {
        SignatureScheme::RSA_PKCS1_SHA256 => "RSA with SHA-256".to_owned(),
        SignatureScheme::RSA_PKCS1_SHA384 => "RSA with SHA-384".to_owned(),
        SignatureScheme::RSA_PKCS1_SHA512 => "RSA with SHA-512".to_owned(),
        SignatureScheme::ECDSA_NISTP256_SHA256 => "EC P-256".to_owned(),
        SignatureScheme::ECDSA_NISTP384_SHA384 => "EC P-384".to_owned(),
        SignatureScheme::ECDSA_NISTP521_SHA512 => "EC P-521".to_owned(),
        SignatureScheme::RSA_PSS_SHA256 => "RSA-PSS with SHA-256".to_owned(),
        SignatureScheme::RSA_PSS_SHA384 => "RSA-PSS with SHA-384".to_owned(),
        SignatureScheme::RSA_PSS_SHA512 => "RSA-PSS with SHA-512".to_owned(),
        SignatureScheme::ED25519 => "Ed25519".to_owned(),
        SignatureScheme::ED448 => "Ed448".to_owned(),
        SignatureScheme::RSA_PKCS1_SHA1 | SignatureScheme::ECDSA_SHA1_Legacy => "SHA-1".to_owned(),
        other => format!("{:#06x}", u16::from(other)),
    }
}
