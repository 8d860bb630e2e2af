//! For whom a token is asked: `audience` (RFC 8693 §2.1, and by custom elsewhere) and `resource` (RFC 8707).

use super::form::Form;
use super::refusal::Refusal;
use crate::lab::authorization::AUDIENCE;
use crate::lab::tokens::RESOURCE;

/// Whom the lab issues tokens for; the Vault accepts the first two.
const KNOWN: [&str; 4] = [
    AUDIENCE,
    RESOURCE,
    "another-service",
    "urn:lab:another-service",
];

/// The audiences of the token: those asked for, else the Vault.
///
/// # Errors
/// invalid_target (RFC 8707 §2) if one is unknown.
pub(super) fn granted(form: &Form) -> Result<Vec<&'static str>, Refusal> {
    let mut audiences = Vec::new();
    for asked in form.all("audience").chain(form.all("resource")) {
        let known = KNOWN.into_iter().find(|known| *known == asked);
        let known = known.ok_or_else(|| {
            let words = format!("the lab has tokens for {} alone", KNOWN.join(", "));
            Refusal::new("invalid_target", words)
        })?;
        audiences.push(known);
    }
    if audiences.is_empty() {
        audiences.push(AUDIENCE);
    }
    Ok(audiences)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_for_whom_it_was_asked() {
        for (body, expected) in [
            ("", Some(&[AUDIENCE][..])),
            ("audience=another-service", Some(&["another-service"])),
            (
                "resource=urn:lab:vault&resource=urn:lab:another-service",
                Some(&[RESOURCE, "urn:lab:another-service"]),
            ),
            ("audience=nobody", None),
            ("resource=urn:lab:vault%23fragment", None),
        ] {
            let granted = granted(&Form::parse(body.as_bytes()).unwrap());
            match expected {
                Some(expected) => assert_eq!(granted.unwrap(), expected, "{body}"),
                None => assert_eq!(granted.unwrap_err().error, "invalid_target", "{body}"),
            }
        }
    }
}
