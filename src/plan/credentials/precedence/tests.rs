use http::header::HeaderName;

use super::settle;
use super::yield_to;
use crate::authenticate::call_credentials::find;
use crate::evidence::Refusal;
use crate::identity::written::Written;
use crate::identity::written::WrittenCredential;
use crate::plan::credentials::ambient::AmbientCredential;
use crate::secret::SecretSource;

fn text(text: &str) -> Written {
    Written::Text(text.to_owned())
}

fn env(name: &str) -> Written {
    Written::Secret(SecretSource::Environment(name.to_owned()))
}

fn ambient(kind: &str, parameters: &[(&'static str, Written)]) -> AmbientCredential {
    AmbientCredential {
        blocks: vec![WrittenCredential {
            kind: find(kind).unwrap(),
            parameters: parameters.to_vec(),
        }],
        whose: "the profile `ci`".into(),
        of_profile: true,
    }
}

fn oauth() -> AmbientCredential {
    ambient(
        "oauth",
        &[
            ("issuer", text("https://id.test")),
            ("client-id", text("ci")),
            ("client-secret", env("OWN")),
        ],
    )
}

/// `kind name=value…` of each credential that is meant, sorted; and whether there was a notice.
fn settled(
    named: Option<&str>,
    flags: &[(&'static str, Written)],
    ambient: &AmbientCredential,
) -> Result<(Vec<String>, bool), Refusal> {
    let mut notices = Vec::new();
    let settled = settle(named, flags.to_vec(), Some(ambient), &mut notices)?;
    let shown = |written: &Written| match written {
        Written::Text(text)
        | Written::Body(text)
        | Written::FileBody(text)
        | Written::Words(text) => text.clone(),
        Written::List(list) => list.join("+"),
        Written::Secret(source) => source.to_string(),
    };
    let blocks = settled.blocks.iter().map(|block| {
        let parameters = block.parameters.iter();
        let mut words: Vec<String> = parameters
            .map(|(name, written)| format!("{name}={}", shown(written)))
            .collect();
        words.sort();
        format!("{} {}", block.kind.name, words.join(" "))
    });
    Ok((blocks.collect(), !notices.is_empty()))
}

#[test]
fn flags_over_a_profile() {
    let own = "oauth client-id=ci client-secret=env:OWN issuer=https://id.test";
    for (what, named, flags, expected, noticed) in [
        ("nothing", None, vec![], vec![own], false),
        ("its kind", Some("oauth"), vec![], vec![own], false),
        (
            "no credential",
            Some("none"),
            vec![("client-id", text("x"))],
            vec![],
            false,
        ),
        (
            "a parameter",
            None,
            vec![("client-id", text("me"))],
            vec!["oauth client-id=me client-secret=env:OWN issuer=https://id.test"],
            false,
        ),
        (
            "the same issuer",
            None,
            vec![("issuer", text("https://id.test"))],
            vec![own],
            false,
        ),
        (
            "another issuer",
            None,
            vec![("issuer", text("https://evil.test"))],
            vec!["oauth client-id=ci issuer=https://evil.test"],
            true,
        ),
        (
            "a token endpoint beside the issuer",
            None,
            vec![("token-url", text("https://evil.test"))],
            vec!["oauth client-id=ci issuer=https://id.test token-url=https://evil.test"],
            true,
        ),
        (
            "another issuer and its secret",
            None,
            vec![
                ("issuer", text("https://b.test")),
                ("client-secret", env("B")),
            ],
            vec!["oauth client-id=ci client-secret=env:B issuer=https://b.test"],
            false,
        ),
        (
            "another kind",
            None,
            vec![("token", env("T"))],
            vec!["bearer token=env:T"],
            true,
        ),
        (
            "another kind by name, that shares a parameter",
            Some("basic"),
            vec![("user", text("me"))],
            vec!["basic user=me"],
            true,
        ),
        (
            "a key beside it",
            None,
            vec![("api-key", env("K"))],
            vec![own, "api-key api-key=env:K"],
            false,
        ),
        (
            "a key in its place",
            Some("api-key"),
            vec![("api-key", env("K"))],
            vec!["api-key api-key=env:K"],
            true,
        ),
    ] {
        let (blocks, notice) = settled(named, &flags, &oauth()).unwrap();
        assert_eq!(blocks, expected, "{what}");
        assert_eq!(notice, noticed, "{what}");
    }
}

#[test]
fn a_login_elsewhere_takes_no_data_along() {
    let login = ambient(
        "login",
        &[
            ("login-url", text("https://a.test/login")),
            ("login-body", Written::FileBody("{\"pin\":\"1\"}".into())),
            ("user", text("alice")),
            ("password", env("P")),
        ],
    );
    let (blocks, _) = settled(None, &[("user", text("bob"))], &login).unwrap();
    assert!(blocks[0].contains("user=bob") && blocks[0].contains("password=env:P"));
    let elsewhere = [("login-url", text("https://b.test/login"))];
    let (blocks, notice) = settled(None, &elsewhere, &login).unwrap();
    assert_eq!(blocks, ["login login-url=https://b.test/login user=alice"]);
    assert!(notice);
}

#[test]
fn a_flag_that_fits_nothing_is_refused() {
    let bearer = ambient("bearer", &[("token", env("T"))]);
    let refused = settled(None, &[("kid", text("1"))], &bearer).unwrap_err();
    let Refusal::Usage { what, .. } = refused else {
        panic!("{refused:?}");
    };
    assert!(
        what.contains("--kid has no use with a credential of kind bearer"),
        "{what}"
    );
    assert!(settled(Some("mac"), &[], &bearer).is_err());
}

#[test]
fn without_anything_that_stands_the_flags_decide() {
    let flags = vec![("token", env("T"))];
    let settled = settle(None, flags, None, &mut Vec::new()).unwrap();
    assert_eq!(settled.blocks[0].kind.name, "bearer");
    assert!(!settled.uses_ambient);
}

#[test]
fn metadata_of_the_command_line_come_before_what_stands() {
    for (kind, parameters, key, stays) in [
        ("bearer", vec![], "authorization", false),
        ("basic", vec![], "authorization", false),
        ("bearer", vec![], "x-api-key", true),
        (
            "bearer",
            vec![("header-name", text("X-Token"))],
            "x-token",
            false,
        ),
        (
            "bearer",
            vec![("header-name", text("X-Token"))],
            "authorization",
            true,
        ),
        ("api-key", vec![], "x-api-key", false),
        ("api-key", vec![], "authorization", true),
        (
            "api-key",
            vec![("api-key-name", text("x-key"))],
            "x-key",
            false,
        ),
    ] {
        let mut blocks = ambient(kind, &parameters).blocks;
        let mut notices = Vec::new();
        let key = HeaderName::from_static(key);
        yield_to(&[&key], &mut blocks, "the profile `ci`", &mut notices);
        assert_eq!(
            (!blocks.is_empty(), notices.is_empty()),
            (stays, stays),
            "{kind} {key}"
        );
    }
}

/// What the flags give in full is not held back by a profile's hosts; a part of it is.
#[test]
fn whose_a_merged_credential_is() {
    let basic = ambient("basic", &[("user", text("me")), ("password", env("P"))]);
    let asking = ambient("basic", &[("user", text("me"))]);
    let bearer = ambient("bearer", &[("token", env("T"))]);
    for (ambient, flags, uses_ambient) in [
        (&bearer, vec![], true),
        (&bearer, vec![("scheme", text("Token"))], true),
        (&bearer, vec![("token", env("B"))], false),
        (&basic, vec![("user", text("you"))], true),
        (&basic, vec![("password", env("Q"))], false),
        (&asking, vec![("user", text("you"))], true),
        (&oauth(), vec![("client-secret", env("B"))], true),
        (&bearer, vec![("api-key", env("K"))], true),
    ] {
        let settled = settle(None, flags.clone(), Some(ambient), &mut Vec::new()).unwrap();
        assert_eq!(settled.uses_ambient, uses_ambient, "{flags:?}");
    }
}
