//! `refresh_token`: a new token for an earlier login (RFC 6749 §6).

use crate::authenticate::grants::GrantKind;
use crate::authenticate::grants::exposed;
use crate::authenticate::grants::one_question;

pub(crate) const GRANT: GrantKind = GrantKind {
    name: "refresh_token",
    summary: "a refresh token from an earlier login; rotated ones are kept",
    needs: &["refresh-token"],
    // A server that rotates takes it for stolen when it comes twice (RFC 9700 §4.14.2).
    repeatable: false,
    lasting: true,
    start: |input| {
        one_question(vec![
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", exposed(input.refresh_token.as_ref())),
        ])
    },
};
