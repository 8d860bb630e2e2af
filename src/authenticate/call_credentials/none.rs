//! `none`: sends nothing, and beats every other source.

use crate::authenticate::NotObtained;
use crate::authenticate::Prepared;
use crate::authenticate::call_credentials::TOKEN;
use crate::identity::CredentialSpec;
use crate::identity::kind::CredentialKind;

pub(crate) const KIND: CredentialKind = CredentialKind {
    name: "none",
    summary: "send no credential, whatever the environment or a profile says",
    ..TOKEN
};

pub(super) fn prepare(_: &CredentialSpec) -> Result<Option<Prepared>, NotObtained> {
    Ok(None)
}
