use super::*;
use proptest::prelude::*;

const AT: &str = "2027-01-15T08:00:00Z";

fn at(seconds: i64) -> Option<Expiry> {
    Some(Expiry::At(
        OffsetDateTime::from_unix_timestamp(seconds).unwrap(),
    ))
}

fn keys(names: &[&str]) -> Vec<PeerText> {
    let key = |name: &&str| PeerText::from(*name).name_among_tokens();
    names.iter().map(key).collect()
}

#[test]
fn every_contract_is_told_by_its_form() {
    let exec = |version: &str| {
        format!(
            r#"{{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/{version}",
                "spec":{{}},"status":{{"token":"t0ken","expirationTimestamp":"{AT}"}}}}"#
        )
    };
    let end = at(1_800_000_000);
    for (output, username, expiry) in [
        ("t0ken".to_owned(), None, None),
        ("t0ken\n".to_owned(), None, None),
        ("\u{feff}  t0ken \r\n\n".to_owned(), None, None),
        ("\"t0ken\"\n".to_owned(), None, None),
        (exec("v1"), None, end),
        (exec("v1beta1"), None, end),
        (
            "protocol=https\nhost=h\nusername=u\npassword=t0ken\npassword_expiry_utc=1800000000\n\n".into(),
            Some("u"),
            end,
        ),
        ("password=t0ken\r\n".into(), None, None),
        ("authtype=Bearer\ncredential=t0ken\nx-unknown=1\nquit=0\n".into(), None, None),
        ("username=u\npassword=t0ken\n\nafter the end".into(), Some("u"), None),
        (
            r#"{"ServerURL":"https://h","Username":"u","Secret":"t0ken"}"#.into(),
            Some("u"),
            None,
        ),
        (r#"{"Username":"<token>","Secret":"t0ken"}"#.into(), None, None),
        (r#"{"access_token":"t0ken","id_token":"other","token_type":"Bearer"}"#.into(), None, None),
        (format!(r#"{{"token":"t0ken","expiry":"{AT}"}}"#), None, end),
        (r#"{"token":"t0ken","access_token":"t0ken"}"#.into(), None, None),
        (r#"{"accessToken":"t0ken","expires_on":1800000000}"#.into(), None, end),
        (r#"{"id_token":"t0ken","access_token":null}"#.into(), None, None),
        (
            r#"{"token":"t0ken\n","expires_in":"60"}"#.into(),
            None,
            Some(Expiry::In(Duration::from_secs(60))),
        ),
    ] {
        let token = parse(output.as_bytes()).unwrap_or_else(|fault| panic!("{output}: {fault}"));
        assert_eq!(token.secret.unwrap().expose(), "t0ken", "{output}");
        assert_eq!(token.username.as_deref(), username, "{output}");
        assert_eq!(token.expiry, expiry, "{output}");
        assert_eq!(token.unread_expiry, None, "{output}");
    }
}

#[test]
fn what_looks_like_a_pair_but_is_none_of_gits_is_the_token() {
    for raw in [
        "dG9rZW4=",
        "a=b",
        "key=value==",
        "Password=x",
        "abc.def.ghi",
    ] {
        assert_eq!(parse(raw.as_bytes()).unwrap().secret.unwrap().expose(), raw);
    }
}

#[test]
fn a_password_keeps_its_spaces() {
    let token = parse(b"password= t0 ken \n").unwrap();
    assert_eq!(token.secret.unwrap().expose(), " t0 ken ");
}

#[test]
fn a_client_certificate_comes_with_its_key_and_perhaps_without_a_token() {
    let output = |status: &str| {
        format!(
            r#"{{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{status}}}"#
        )
    };
    let both = output(r#"{"clientCertificateData":"CERT","clientKeyData":"K3Y"}"#);
    let token = parse(both.as_bytes()).unwrap();
    assert!(token.secret.is_none());
    for (status, fault) in [
        (
            r#"{"clientCertificateData":"CERT"}"#,
            Fault::HalfACertificate {
                missing: "clientKeyData",
            },
        ),
        (
            r#"{"token":"t","clientKeyData":"K3Y"}"#,
            Fault::HalfACertificate {
                missing: "clientCertificateData",
            },
        ),
        ("{}", Fault::NoSecret { keys: vec![] }),
        (r#"{"token":""}"#, Fault::NotAString("token")),
        (
            "null",
            Fault::NoSecret {
                keys: keys(&["kind", "apiVersion", "status"]),
            },
        ),
    ] {
        assert_eq!(
            parse(output(status).as_bytes()).unwrap_err(),
            fault,
            "{status}"
        );
    }
}

#[test]
fn an_expiry_in_no_known_form_does_not_cost_the_token() {
    for (output, key) in [
        (r#"{"token":"t","expiry":"soon"}"#, "expiry"),
        (
            "password=t\npassword_expiry_utc=soon",
            "password_expiry_utc",
        ),
    ] {
        let token = parse(output.as_bytes()).unwrap();
        assert_eq!((token.expiry, token.unread_expiry), (None, Some(key)));
    }
}

#[test]
fn a_fault_says_what_is_wrong_and_no_value() {
    let no_secret = |names: &[&str]| Fault::NoSecret { keys: keys(names) };
    let deep = "[".repeat(10_000);
    for (output, fault) in [
        (&b""[..], Fault::Empty),
        (b" \n\n", Fault::Empty),
        (b"\"\"", Fault::Empty),
        (b"hunter2\xff", Fault::NotText),
        (b"hunter2\nhunter2", Fault::SeveralLines),
        (b"hunter2\rhunter2", Fault::SeveralLines),
        (b"hunter2\x00", Fault::ControlCharacter(None)),
        (b"hunter2\x1b[1m", Fault::ControlCharacter(None)),
        (b"\"hunter2\\nhunter2\"", Fault::ControlCharacter(None)),
        (b"{\"token\":\"hunter2", Fault::NotJson { line: 1, column: 17 }),
        (b"{\"token\":\"hunter2\"} hunter2", Fault::NotJson { line: 1, column: 21 }),
        (b"[\"hunter2\"]", Fault::NotAnObject),
        (b"{}", no_secret(&[])),
        (b"{\"a\":\"hunter2\",\"b\":1}", no_secret(&["a", "b"])),
        (b"{\"token\":7}", Fault::NotAString("token")),
        (b"{\"token\":\"\"}", Fault::NotAString("token")),
        (b"{\"token\":\"\\n\"}", Fault::NotAString("token")),
        (b"{\"token\":\"hunter2\\nhunter2\"}", Fault::ControlCharacter(Some("token"))),
        (b"{\"token\":\"hunter2\",\"access_token\":\"hunter3\"}", Fault::Ambiguous("access_token", "token")),
        (b"{\"Secret\":\"hunter2\",\"token\":\"hunter2\"}", Fault::Ambiguous("Secret", "token")),
        (b"{\"Username\":\"u\",\"Secret\":\"\"}", Fault::NotAString("Secret")),
        (b"{\"Username\":\"u\",\"Secret\":null}", Fault::NotAString("Secret")),
        (b"{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1alpha1\"}", Fault::UnknownVersion),
        (b"{\"kind\":\"ExecCredential\"}", Fault::UnknownVersion),
        (b"username=hunter2\n", no_secret(&["username"])),
        (b"password=\n", Fault::NotAString("password")),
        (b"username=u\nhunter2", Fault::SeveralLines),
        (b"password=hunter2\ncredential=hunter2", Fault::Ambiguous("password", "credential")),
        (b"quit=1\n", Fault::Quit),
        (deep.as_bytes(), Fault::NotJson { line: 1, column: 128 }),
        (&[b'a'; LIMIT + 1], Fault::TooLong),
    ] {
        let shown = String::from_utf8_lossy(&output[..output.len().min(60)]);
        let found = parse(output).unwrap_err();
        assert_eq!(found, fault, "{shown}");
        let sentence = found.to_string();
        assert!(!sentence.contains("hunter") && !sentence.contains('\n'), "{sentence}");
    }
    assert!(parse(&[b'a'; LIMIT]).is_ok());
}

#[test]
fn keys_in_a_fault_are_few_and_short() {
    let long = format!(
        "{{{}}}",
        (0..50)
            .map(|n| format!("\"{n}{}\":1", "k".repeat(99)))
            .collect::<Vec<_>>()
            .join(",")
    );
    let Fault::NoSecret { keys } = parse(long.as_bytes()).unwrap_err() else {
        panic!("it has no token")
    };
    assert_eq!(keys.len(), 12);
    let shown = crate::peer_text::plain(&Fault::NoSecret { keys }.to_string());
    assert_eq!(
        shown.matches('k').count(),
        "keys".matches('k').count() * 2 + 10 * 39 + 2 * 38
    );
}

#[test]
fn nothing_secret_is_printed() {
    for output in [
        "hunter2",
        "password=hunter2\noauth_refresh_token=hunter2",
        r#"{"token":"hunter2"}"#,
    ] {
        let shown = format!("{:?}", parse(output.as_bytes()));
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

/// Pieces of all the forms, in any order.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..8),
        proptest::sample::select(vec![
            "{",
            "}",
            "\"",
            ":",
            ",",
            "\n",
            "=",
            "null",
            "1e999",
            "-1",
            "[",
            "]",
            "\\u0000",
            "\"token\":\"t\"",
            "\"Secret\":\"s\"",
            "\"expires_in\":1e300",
            "\"expiry\":-9e18",
            "\"kind\":\"ExecCredential\"",
            "\"status\":{",
            "password=p",
            "password_expiry_utc=",
            "99999999999999999999",
            "\"apiVersion\":\"client.authentication.k8s.io/v1\"",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    proptest::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_output_panics_and_what_is_found_can_be_sent(output in pieces()) {
        if let Ok(token) = parse(&output) {
            let has_certificate = String::from_utf8_lossy(&output).contains("clientKeyData");
            prop_assert!(token.secret.is_some() || has_certificate);
            for secret in token.secret.iter().chain(&token.refresh_token) {
                prop_assert!(!secret.expose().is_empty());
                prop_assert!(!secret.expose().contains(char::is_control));
            }
        }
    }
}
