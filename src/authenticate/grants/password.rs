//! `password`: a user's name and password, given to the client (RFC 6749 §4.3).

use crate::authenticate::grants::GrantKind;
use crate::authenticate::grants::exposed;
use crate::authenticate::grants::one_question;

pub(super) const GRANT: GrantKind = GrantKind {
    name: "password",
    summary: "a user's name and password; RFC 9700 forbids it to anything but tests",
    needs: &["user", "password"],
    repeatable: true,
    lasting: true,
    start: |input| {
        one_question(vec![
            ("grant_type", "password".to_owned()),
            ("username", input.user.clone().unwrap_or_default()),
            ("password", exposed(input.password.as_ref())),
        ])
    },
};
