//! What was found of a token, in sentences. Texts of the token's own are quoted, escaped and cut.

use crate::jwt::NotAJwt;
use crate::jwt::claims::Check;
use crate::jwt::claims::Finding;
use crate::jwt::claims::LEEWAY;
use crate::jwt::examination::Binding;
use crate::jwt::examination::Examination;
use crate::jwt::examination::Form;
use crate::jwt::jws::Part;
use crate::jwt::verify::Refused;
use crate::jwt::verify::Verified;
use crate::text::escape;
use crate::text::moment::span;
use crate::text::shorten;

/// The longest text of a token's that is shown within a sentence.
const LONGEST: usize = 120;

/// What the text is.
pub(crate) fn form(form: &Form) -> String {
    match form {
        Form::Jwt(token) if !token.signed => {
            "a JWT that is not signed: anybody can write such a one, and every sound server refuses it"
                .to_owned()
        }
        Form::Jwt(token) => format!("a JWT, signed ({})", quoted(token.algorithm().unwrap_or_default())),
        Form::Raw { length, .. } => {
            format!("a signed payload of {length} bytes, which was not looked into")
        }
        Form::Encrypted { .. } => {
            "an encrypted JWT (JWE): only its recipient can read the claims".to_owned()
        }
        Form::Damaged {
            why:
                why @ (NotAJwt::NotAnObject(Part::Claims)
                | NotAJwt::Json {
                    part: Part::Claims, ..
                }),
            ..
        } => format!("a signed payload that is no claims, or a damaged JWT: {why}"),
        Form::Damaged { why, .. } => format!("a damaged JWT: {why}"),
        Form::Mistaken(other) => {
            format!("not a token: {}. {}", other.what(), capitalised(&other.remedy(None)))
        }
        Form::Opaque { length, parts } => format!(
            "an opaque token of {length} bytes (not a JWT: it has {parts} dot-separated part{}): only its issuer knows what it means",
            if *parts == 1 { "" } else { "s" }
        ),
    }
}

/// What came of looking at a claim.
pub(crate) fn check(check: &Check) -> String {
    let leeway = |tolerated: &bool| match tolerated {
        true => format!(
            "; within the leeway of {} that many servers grant",
            span(LEEWAY)
        ),
        false => format!(
            "; beyond the leeway of {} that many servers grant",
            span(LEEWAY)
        ),
    };
    match &check.finding {
        Finding::Good { left } => format!("expires in {}", span(*left)),
        Finding::Expired { ago, tolerated } => {
            format!("expired {} ago{}", span(*ago), leeway(tolerated))
        }
        Finding::NeverExpires => {
            "there is none: the token never expires, and strict servers refuse it".to_owned()
        }
        Finding::Begun { ago } => format!("valid for {} now", span(*ago)),
        Finding::NotYet { ahead, tolerated } => {
            format!("valid only in {}{}", span(*ahead), leeway(tolerated))
        }
        Finding::Issued { ago } => format!("issued {} ago", span(*ago)),
        Finding::IssuedInTheFuture { ahead, tolerated } => format!(
            "issued {} in the future: the issuer's clock is ahead of this one{}",
            span(*ahead),
            leeway(tolerated)
        ),
        Finding::NeverGood { other } => {
            format!("it ends before {other}, so the token is good at no time")
        }
        Finding::NotATime { instead } => format!(
            "malformed: it is {instead}, and must be a number of seconds since 1970 (RFC 7519 §2)"
        ),
        Finding::NotText => "malformed: it must be text".to_owned(),
        Finding::Matches { wanted } => format!("{}, as wanted", quoted(wanted)),
        Finding::Missing { wanted } => format!("there is none, and {} is wanted", quoted(wanted)),
        Finding::Other { wanted, has } => {
            let has: Vec<String> = has.iter().take(8).map(|text| quoted(text)).collect();
            format!("{}, and {} is wanted", has.join(", "), quoted(wanted))
        }
        Finding::NotForAService(other) => other.words(),
        Finding::KnownType => "an access token, or any JWT".to_owned(),
        Finding::OtherType { what: Some(what) } => {
            format!("{what}: servers that look at typ take it for no access token")
        }
        Finding::OtherType { what: None } => {
            "not known: servers that look at typ take it for no access token".to_owned()
        }
    }
}

/// What came of verifying.
pub(crate) fn signature(outcome: &Result<Verified, Refused>) -> String {
    match outcome {
        Err(why) => why.to_string(),
        Ok(good) => {
            let id = good.key_id.as_deref();
            let id = id
                .map(|id| format!(" (kid {})", quoted(id)))
                .unwrap_or_default();
            format!("good: {} with {}{id}", good.algorithm, good.key)
        }
    }
}

/// What the token is bound to.
pub(crate) fn binding(binding: &Binding) -> String {
    match binding {
        Binding::Certificate {
            wanted,
            given: None,
        } => format!(
            "to the client certificate with x5t#S256 {}; --cert FILE compares one",
            escape(&shorten(wanted, LONGEST))
        ),
        Binding::Certificate {
            wanted,
            given: Some(given),
        } if wanted == given => "to the client certificate that was given".to_owned(),
        Binding::Certificate {
            wanted,
            given: Some(given),
        } => format!(
            "to another client certificate than the one given: x5t#S256 {}, and the one given has {given}",
            escape(&shorten(wanted, LONGEST))
        ),
        Binding::Dpop { thumbprint } => format!(
            "to the DPoP key with the thumbprint {} (RFC 9449): as a plain bearer token it is refused",
            escape(&shorten(thumbprint, LONGEST))
        ),
        Binding::Other { members } => {
            let members: Vec<String> = members.iter().take(8).map(|name| quoted(name)).collect();
            format!("by cnf with {}", members.join(", "))
        }
    }
}

/// What is odd without being refused by everybody.
pub(crate) fn warnings(found: &Examination) -> Vec<String> {
    let mut warnings: Vec<String> = found
        .duplicates
        .iter()
        .map(|name| {
            format!(
                "{} occurs twice in one object: parsers differ in which value counts",
                quoted(name)
            )
        })
        .collect();
    if let Some(Ok(good)) = &found.signature {
        warnings.extend(good.doubts.iter().map(ToString::to_string));
    }
    warnings
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

fn quoted(text: &str) -> String {
    format!("`{}`", escape(&shorten(text, LONGEST)))
}
