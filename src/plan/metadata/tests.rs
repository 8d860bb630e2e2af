use std::io::Write as _;

use super::*;
use crate::evidence::AskedConnection;
use crate::evidence::FileProblem;
use crate::evidence::Refusal;
use crate::identity::caller::CallerSpec;
use crate::identity::channel::ChannelSpec;
use crate::plan::profile::Specified;
use crate::plan::server;

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn at(file: &tempfile::NamedTempFile) -> String {
    format!("@{}", file.path().display())
}

fn from(key: &str, file: &tempfile::NamedTempFile) -> HeaderFrom {
    format!("{key}=file:{}", file.path().display())
        .parse()
        .unwrap()
}

fn headers(given: &[&str]) -> MetadataSpec {
    MetadataSpec {
        headers: given.iter().map(|text| (*text).to_owned()).collect(),
        ..MetadataSpec::default()
    }
}

/// As the whole plan would have it, over TLS or plaintext.
fn planned(flags: &MetadataSpec, plaintext: bool) -> Planned<CallerPlan> {
    let caller = CallerSpec {
        metadata: flags.clone(),
        ..CallerSpec::default()
    };
    let channel = ChannelSpec {
        target: Some("192.0.2.1:1".to_owned()),
        plaintext,
        ..ChannelSpec::default()
    };
    let clock = time::OffsetDateTime::UNIX_EPOCH;
    let specified = Specified::new((channel, caller), None, true, clock);
    let mut channel = server::channel(&specified, &mut AskedConnection::default())?;
    server::caller(&specified, &mut channel, None)
}

fn refusal(flags: &MetadataSpec) -> String {
    match planned(flags, false) {
        Err(Refusal::Usage { what, .. }) => what,
        other => panic!("{other:?}"),
    }
}

fn plain(caller: &CallerPlan) -> Vec<(&str, &str)> {
    let entries = caller.everywhere.iter();
    entries
        .map(|entry| (entry.key.as_str(), entry.value.to_str().unwrap()))
        .collect()
}

#[test]
fn a_file_stands_where_it_is_named() {
    let list = file("# ours\nb: 2\n\nauthorization: Bearer t\nc-bin: -_8=\n");
    let caller = planned(&headers(&["a: 1", &at(&list), "d: 4"]), false).unwrap();
    assert_eq!(
        plain(&caller),
        [("a", "1"), ("b", "2"), ("c-bin", "+/8"), ("d", "4")]
    );
    let [token] = caller.credentials.as_slice() else {
        panic!("{:?}", caller.credentials);
    };
    let origin = format!("-H {}", at(&list));
    assert_eq!((token.kind(), token.source()), ("bearer", origin.as_str()));
}

#[test]
fn every_list_takes_files() {
    let list = file("a: 1\n");
    let flags = MetadataSpec {
        rpc_headers: vec![at(&list)],
        reflect_headers: vec![at(&list), "b: 2".to_owned()],
        ..MetadataSpec::default()
    };
    let caller = planned(&flags, false).unwrap();
    assert_eq!(caller.on_call.iter().count(), 1);
    assert_eq!(caller.on_reflection.iter().count(), 2);
    assert!(caller.everywhere.is_empty());
}

#[test]
fn what_is_no_list_is_refused_with_its_line_and_without_its_text() {
    for (text, why) in [
        ("a: 1\n\nsecret\n", "line 3: metadata is written"),
        ("# x\nte: secret\n", "line 2: `te` is set by the transport"),
        (
            "k-bin: secret*\n",
            "line 1: the value of `k-bin` is not base64",
        ),
    ] {
        let said = refusal(&headers(&[&at(&file(text))]));
        assert!(said.contains(why) && !said.contains("secret"), "{said}");
    }
    assert!(refusal(&headers(&["@"])).contains("names no file"));
    let missing = planned(&headers(&["@/nonexistent"]), false);
    assert!(matches!(
        missing,
        Err(Refusal::File {
            flag: "-H",
            fault: FileProblem::NotFound,
            ..
        })
    ));
}

#[test]
fn a_value_from_a_source_is_a_secret_whatever_its_key() {
    let key = file("s3cret\n");
    let flags = MetadataSpec {
        header_from: vec![from("X-Tenant", &key)],
        ..headers(&["x-tenant: plain"])
    };
    let caller = planned(&flags, false).unwrap();
    assert_eq!(plain(&caller), [("x-tenant", "plain")]);
    let [tenant] = caller.credentials.as_slice() else {
        panic!("{:?}", caller.credentials);
    };
    assert_eq!(
        (tenant.key().as_str(), tenant.kind()),
        ("x-tenant", "metadata")
    );
    assert!(!tenant.replaces());
    assert!(matches!(
        planned(&flags, true),
        Err(Refusal::PlaintextCredential { .. })
    ));
}

#[test]
fn secrets_of_one_key_go_together_unless_one_says_who_calls() {
    let (one, two) = (file("1"), file("Bearer 2"));
    for (key, more, fits) in [
        ("x-tenant", "", true),
        ("authorization", "", false),
        ("x-api-key", "", false),
        ("x-tenant", "authorization: Bearer 3", true),
        ("authorization", "x-tenant: 3", false),
    ] {
        let flags = MetadataSpec {
            header_from: vec![from(key, &one), from(key, &two)],
            ..headers(if more.is_empty() {
                &[]
            } else {
                std::slice::from_ref(&more)
            })
        };
        assert_eq!(planned(&flags, false).is_ok(), fits, "{key}, {more}");
    }
}

#[test]
fn a_secret_that_cannot_be_sent_is_refused_without_being_shown() {
    for (key, text, why) in [
        ("grpc-x", "s3cret", "belongs to gRPC"),
        ("x-key", "s3cret\u{1}", "U+0001"),
        ("x-bin", "s3cret*", "not base64"),
    ] {
        let secret = file(text);
        let flags = MetadataSpec {
            header_from: vec![from(key, &secret)],
            ..MetadataSpec::default()
        };
        let said = refusal(&flags);
        assert!(said.contains(why) && !said.contains("s3cret"), "{said}");
    }
}

#[test]
fn standard_input_is_claimed_as_often_as_it_is_named() {
    let flags = MetadataSpec {
        rpc_headers: vec!["a: 1".into(), "@-".into()],
        header_from: vec!["x=stdin".parse().unwrap(), "y=env:Y".parse().unwrap()],
        ..headers(&["@-", "@f", "@-"])
    };
    let claims = stdin_claims(&flags);
    let claiming: Vec<_> = claims.iter().filter(|(_, claims)| *claims).collect();
    assert_eq!(claiming.len(), 4, "{claims:?}");
    assert!(secrets::claim_stdin_once(&stdin_claims(&headers(&["@-"]))).is_ok());
    assert!(secrets::claim_stdin_once(&stdin_claims(&headers(&["@-", "@-"]))).is_err());
}
