//! `application/x-www-form-urlencoded`, as OAuth uses it (RFC 6749 appendix B).

use percent_encoding::percent_decode_str;

/// Parameters that may stand more than once (RFC 8693 §2.1, RFC 8707 §2).
const REPEATABLE: [&str; 2] = ["audience", "resource"];

/// The parameters of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// # Errors
    /// If a name or value is not properly encoded, or a parameter stands twice (RFC 6749 §3.2).
    pub(super) fn parse(body: &[u8]) -> Result<Self, &'static str> {
        const ENCODING: &str = "a parameter is not properly encoded";
        let body = std::str::from_utf8(body).map_err(|_| ENCODING)?;
        let mut parameters: Vec<(String, String)> = Vec::new();
        for pair in body.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode(name).ok_or(ENCODING)?;
            let value = decode(value).ok_or(ENCODING)?;
            let twice = parameters.iter().any(|(known, _)| *known == name);
            if twice && !REPEATABLE.contains(&&*name) {
                return Err("a parameter stands twice");
            }
            parameters.push((name, value));
        }
        Ok(Self(parameters))
    }

    /// The value of a parameter. One without a value counts as omitted (RFC 6749 §3.2).
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        let value = found.map(|(_, value)| value.as_str());
        value.filter(|value| !value.is_empty())
    }

    /// Every value of a parameter.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }
}

/// One name or value decoded: `+` is a space, and every `%` has its two digits.
pub(super) fn decode(text: &str) -> Option<String> {
    let broken = text
        .split('%')
        .skip(1)
        .any(|rest| !rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()) || rest.len() < 2);
    if broken {
        return None;
    }
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded_once() {
        let form = Form::parse(b"a=1+2%2B%253&b=&c&resource=x&resource=y&%C3%BC=%26").unwrap();
        for (name, value) in [
            ("a", Some("1 2+%3")),
            ("b", None),
            ("c", None),
            ("d", None),
            ("ü", Some("&")),
        ] {
            assert_eq!(form.get(name), value, "{name}");
        }
        assert_eq!(form.all("resource").collect::<Vec<_>>(), ["x", "y"]);
    }

    #[test]
    fn what_is_no_form_is_refused() {
        for body in [
            &b"a=1&a=2"[..],
            b"a=%",
            b"a=%4",
            b"a=%zz",
            b"a=%FF",
            b"\xFF",
        ] {
            assert!(Form::parse(body).is_err(), "{body:?}");
        }
    }
}
