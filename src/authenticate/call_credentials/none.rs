//! `none`: sends nothing, and beats every other source.

use crate::authenticate::call_credentials::CredentialKind;
use crate::authenticate::call_credentials::Prepare;

pub const KIND: CredentialKind = CredentialKind {
    name: "none",
    summary: "send no credential, whatever the environment or a profile says",
    parameters: &[],
    prepare: Prepare::AsGiven(|_| Ok(None)),
};
