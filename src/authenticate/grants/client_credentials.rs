//! `client_credentials`: the client for itself (RFC 6749 §4.4).

use crate::authenticate::grants::GrantKind;
use crate::authenticate::grants::one_question;

pub(super) const GRANT: GrantKind = GrantKind {
    name: "client_credentials",
    summary: "the client for itself; the default",
    needs: &[],
    repeatable: true,
    lasting: false,
    start: |_| one_question(vec![("grant_type", "client_credentials".to_owned())]),
};
