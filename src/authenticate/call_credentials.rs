//! The kinds of call credential. To add one: a file beside these, and its row in [`ALL`].

pub mod api_key;
pub mod basic;
pub mod bearer;
pub mod none;

use crate::authenticate::CallCredential;
use crate::authenticate::NotObtained;
use crate::identity::CredentialSpec;

/// A kind of call credential: what it is called, what it needs, how it is obtained.
#[derive(Debug)]
pub struct Kind {
    pub name: &'static str,
    /// One line for help and documentation.
    pub summary: &'static str,
    pub parameters: &'static [KindParameter],
    pub obtain: fn(&CredentialSpec) -> Result<Option<CallCredential>, NotObtained>,
}

/// A parameter that a kind takes, under the name that its flag has.
#[derive(Debug)]
pub struct KindParameter {
    pub name: &'static str,
    pub required: bool,
    pub secret: bool,
}

/// Every kind, in the order in which help lists them.
pub const ALL: &[&Kind] = &[&none::KIND, &bearer::KIND, &basic::KIND, &api_key::KIND];

/// The kind of this name.
pub fn find(name: &str) -> Option<&'static Kind> {
    ALL.iter().copied().find(|kind| kind.name == name)
}
