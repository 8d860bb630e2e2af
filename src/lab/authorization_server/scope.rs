//! Scopes asked for, and granted (RFC 6749 §3.3).

use super::refusal::Refusal;
use crate::lab::api_keys;
use crate::lab::users::Role;

/// What is granted of what is asked: all that is allowed if nothing is asked, else what is allowed of
/// it. It may be less than was asked, which the answer tells.
///
/// # Errors
/// invalid_scope if the lab does not know one, or nothing remains.
pub(super) fn granted(
    asked: Option<&str>,
    allowed: &[&'static str],
) -> Result<Vec<&'static str>, Refusal> {
    let Some(asked) = asked else {
        return Ok(allowed.to_vec());
    };
    let known = api_keys::permissions_of(Role::Admin);
    if asked.split(' ').any(|scope| !known.contains(&scope)) {
        let words = format!("a scope is unknown; the lab has {}", known.join(" "));
        return Err(Refusal::invalid_scope(words));
    }
    let granted: Vec<_> = allowed
        .iter()
        .copied()
        .filter(|scope| asked.split(' ').any(|asked| asked == *scope))
        .collect();
    if granted.is_empty() {
        let words = "none of these scopes may be granted here";
        return Err(Refusal::invalid_scope(words));
    }
    Ok(granted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::api_keys::ADMINISTER;
    use crate::lab::api_keys::READ;

    #[test]
    fn never_more_than_is_allowed() {
        for (asked, allowed, expected) in [
            (None, &[READ, ADMINISTER][..], Some(&[READ, ADMINISTER][..])),
            (Some(READ), &[READ, ADMINISTER], Some(&[READ])),
            (Some("vault.administer vault.read"), &[READ], Some(&[READ])),
            (Some(ADMINISTER), &[READ], None),
            (Some("vault.read other"), &[READ], None),
            (Some("vault.read  vault.read"), &[READ], None),
        ] {
            let granted = granted(asked, allowed);
            match expected {
                Some(expected) => assert_eq!(granted.unwrap(), expected, "{asked:?}"),
                None => assert_eq!(granted.unwrap_err().error, "invalid_scope", "{asked:?}"),
            }
        }
    }
}
