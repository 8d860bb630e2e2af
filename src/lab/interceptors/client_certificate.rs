//! The client's certificate, where the door asked for one: its common name is the user.

use rustls::pki_types::CertificateDer;
use tonic::Code;
use x509_parser::prelude::FromDer as _;
use x509_parser::prelude::X509Certificate;

use super::Finding;
use super::Shown;
use super::refusal::Refusal;
use crate::lab::certificate;
use crate::lab::users::Caller;
use crate::lab::users::USERS;
use crate::lab::world::World;

pub(super) fn intercept(_: &World, shown: &Shown) -> Finding {
    let Some(certificate) = &shown.peer.certificate else {
        return Finding::NotSent;
    };
    match read(certificate) {
        Some(caller) => Finding::Accepted(caller),
        None => Finding::Refused(Refusal::new(
            Code::Unauthenticated,
            "CERTIFICATE_SUBJECT_UNKNOWN",
            "the client certificate's common name is no user of the lab",
        )),
    }
}

fn read(certificate: &CertificateDer<'_>) -> Option<Caller> {
    let name = certificate::common_name(certificate)?;
    let user = USERS.iter().find(|user| user.name == name)?;
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    Some(Caller {
        subject: user.name.to_owned(),
        role: user.role,
        authenticated_by: "client-certificate",
        expires_at: Some(certificate.validity().not_after.to_datetime()),
        token_id: None,
    })
}
