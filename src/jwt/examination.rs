//! Everything that can be said of a text that should be a token, without anybody being asked.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;
use serde_json::Map;
use serde_json::Value;

use crate::jwt::Decoded;
use crate::jwt::Jws;
use crate::jwt::Keys;
use crate::jwt::NotAJwt;
use crate::jwt::claims;
use crate::jwt::claims::Check;
use crate::jwt::claims::Expected;
use crate::jwt::claims::Weight;
use crate::jwt::duplicates;
use crate::jwt::jws;
use crate::jwt::mistaken::Mistaken;
use crate::jwt::mistaken::mistaken;
use crate::jwt::verify;
use crate::jwt::verify::Refused;
use crate::jwt::verify::Verified;

/// What a token is held against.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub expected: Expected<'a>,
    pub keys: Option<&'a Keys>,
    /// A client certificate, in DER.
    pub certificate: Option<&'a [u8]>,
    /// The signature alone matters: the payload need not be claims.
    pub raw_payload: bool,
}

/// What a text turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Examination {
    pub form: Form,
    /// Names that occur twice in the header or the claims.
    pub duplicates: Vec<String>,
    pub checks: Vec<Check>,
    /// `None`: no key was given, or there is nothing to verify.
    pub signature: Option<Result<Verified, Refused>>,
    /// `None`: the token is bound to nothing.
    pub binding: Option<Binding>,
}

/// The forms of a token.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    Jwt(Decoded),
    /// A signed payload that is not looked into; its length in octets.
    Raw {
        header: Map<String, Value>,
        length: usize,
    },
    /// A JWE (RFC 7516): all but the header is for its recipient alone.
    Encrypted {
        header: Map<String, Value>,
    },
    /// It begins as a JWT does; the header, and why the rest cannot be read.
    Damaged {
        header: Option<Map<String, Value>>,
        why: NotAJwt,
    },
    /// Something else, in the place of a token.
    Mistaken(Mistaken),
    /// Nothing that can be looked into: its length in octets, and its parts with dots between.
    Opaque {
        length: usize,
        parts: usize,
    },
}

/// What a token is bound to (RFC 7800): whoever shows it must prove that he holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// A client certificate (RFC 8705 §3.1), and how the one at hand compares; thumbprints.
    Certificate {
        wanted: String,
        given: Option<String>,
    },
    /// A key of DPoP (RFC 9449 §6.1); its thumbprint.
    Dpop { thumbprint: String },
    /// Something else; the members of `cnf`.
    Other { members: Vec<String> },
}

impl Binding {
    /// Whether the certificate at hand is another one.
    pub fn is_broken(&self) -> bool {
        matches!(self, Self::Certificate { wanted, given: Some(given) } if wanted != given)
    }
}

/// Looks at `token`. White space around it is not part of it.
pub fn examine(token: &str, question: &Question<'_>) -> Examination {
    let read = Jws::read(token);
    let form = form(token, &read, question.raw_payload);
    let mut examination = Examination {
        duplicates: Vec::new(),
        checks: Vec::new(),
        signature: None,
        binding: None,
        form,
    };
    if let Form::Jwt(decoded) = &examination.form {
        examination.checks = claims::check(decoded, &question.expected);
        examination.binding = binding(&decoded.claims["cnf"], question.certificate);
    }
    if let Ok(jws) = &read {
        examination.duplicates = twice(token, jws, question.raw_payload);
        examination.signature = question.keys.map(|keys| verify::verify(jws, keys));
    }
    examination
}

impl Examination {
    /// Whether the signature is good, and no claim is one that every server refuses.
    pub fn is_accepted(&self) -> bool {
        let is_whole = matches!(self.form, Form::Jwt(_) | Form::Raw { .. });
        let refused = |check: &Check| check.finding.weight() == Weight::Refused;
        is_whole
            && matches!(self.signature, Some(Ok(_)))
            && !self.checks.iter().any(refused)
            && !self.binding.as_ref().is_some_and(Binding::is_broken)
    }
}

fn form(token: &str, read: &Result<Jws<'_>, NotAJwt>, raw_payload: bool) -> Form {
    let token = token.trim();
    let whole = match read {
        Ok(jws) if raw_payload => {
            return Form::Raw {
                header: jws.header.clone(),
                length: jws.payload.len(),
            };
        }
        Ok(jws) => Decoded::of(jws),
        Err(why) => Err(why.clone()),
    };
    let why = match whole {
        Ok(decoded) => return Form::Jwt(decoded),
        Err(why) => why,
    };
    if let Some(other) = mistaken(token) {
        return Form::Mistaken(other);
    }
    let header = jws::header_of(token).filter(is_of_a_token);
    match (header, why) {
        (Some(header), NotAJwt::Encrypted) => Form::Encrypted { header },
        (header @ Some(_), why) => Form::Damaged { header, why },
        // `eyJ` is how base64url spells the beginning of a JSON object.
        (None, why) if token.starts_with("eyJ") => Form::Damaged { header: None, why },
        (None, _) => Form::Opaque {
            length: token.len(),
            parts: token.split('.').count(),
        },
    }
}

/// Signed cookies begin with JSON too.
fn is_of_a_token(header: &Map<String, Value>) -> bool {
    header.contains_key("alg") || header.contains_key("typ")
}

fn twice(token: &str, jws: &Jws<'_>, raw_payload: bool) -> Vec<String> {
    let first = token.trim().split('.').next().unwrap_or_default();
    let header = URL_SAFE_NO_PAD.decode(first).unwrap_or_default();
    let mut names = duplicates::names(&header);
    if !raw_payload {
        names.extend(duplicates::names(&jws.payload));
    }
    names
}

fn binding(confirmation: &Value, certificate: Option<&[u8]>) -> Option<Binding> {
    let members = confirmation.as_object()?;
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    if let Some(wanted) = text("x5t#S256") {
        let thumbprint = |der: &[u8]| URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, der));
        return Some(Binding::Certificate {
            wanted: wanted.trim_end_matches('=').to_owned(),
            given: certificate.map(thumbprint),
        });
    }
    if let Some(thumbprint) = text("jkt") {
        return Some(Binding::Dpop {
            thumbprint: thumbprint.to_owned(),
        });
    }
    Some(Binding::Other {
        members: members.keys().cloned().collect(),
    })
}

#[cfg(test)]
mod tests;
