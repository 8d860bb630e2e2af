use clap::Parser as _;

use super::Filled;
use crate::cli::Cli;
use crate::cli::Command;
use crate::plan::channel::asks_for_tls;
use crate::plan::identities::tls::ClientFiles;
use crate::plan::identities::tls::TlsTable;
use crate::plan::profile::Profile;
use crate::plan::profile::ProxyTable;
use crate::secret::SecretSource;

/// What a call's flags come to with a profile.
fn filled(profile: &Profile, target: &str, flags: &str) -> Filled {
    let line = format!("grpcauth call {target} M {flags}");
    let Command::Call(call) = Cli::try_parse_from(line.split_whitespace())
        .unwrap()
        .command
    else {
        unreachable!("it is a call");
    };
    Filled::new(
        Some(profile),
        target,
        &call.target_flags,
        &call.tls,
        &call.credentials,
    )
}

fn secure() -> Profile {
    let mut profile = Profile::default();
    profile.identity.tls = TlsTable {
        ca: vec!["own-ca.pem".into()],
        client: Some(ClientFiles {
            cert: "own.pem".into(),
            key: Some("own.key".into()),
            key_pass: Some(SecretSource::Prompt),
        }),
        server_name: Some("own.test".into()),
        ..TlsTable::default()
    };
    profile
}

#[test]
fn flags_come_before_the_profile() {
    let alone = filled(&secure(), "a.test", "");
    assert_eq!(
        alone.tls.cacert,
        ["own-ca.pem"].map(std::path::PathBuf::from)
    );
    assert_eq!(alone.tls.servername.as_deref(), Some("own.test"));
    assert!(alone.tls.key_pass.is_some() && alone.presents_profile);

    let flags = "--cacert ca.pem --servername a --cert c.pem";
    let over = filled(&secure(), "a.test", flags);
    assert_eq!(over.tls.cacert, ["ca.pem"].map(std::path::PathBuf::from));
    assert_eq!(over.tls.servername.as_deref(), Some("a"));
    // The key of another certificate would be no use, and its passphrase none of its business.
    assert!(over.tls.key.is_none() && over.tls.key_pass.is_none());
    assert!(!over.presents_profile);
}

#[test]
fn plaintext_and_tls_exclude_each_other() {
    let plain = Profile {
        plaintext: true,
        ..Profile::default()
    };
    for (profile, target, flags, plaintext, tls) in [
        (&plain, "a.test", "", true, false),
        (&plain, "a.test", "--cacert ca.pem", false, true),
        (&plain, "https://a.test", "", false, false),
        (&secure(), "a.test", "", false, true),
        (&secure(), "a.test", "--plaintext", true, false),
        (&secure(), "http://a.test", "", false, false),
    ] {
        let filled = filled(profile, target, flags);
        let came_to = (filled.target_flags.plaintext, asks_for_tls(&filled.tls));
        assert_eq!(came_to, (plaintext, tls), "{target} {flags}");
        assert_eq!(
            filled.presents_profile,
            tls && profile.identity.tls.client.is_some()
        );
    }
}

#[test]
fn a_proxys_password_is_for_that_proxy() {
    let profile = Profile {
        proxy: Some(ProxyTable {
            url: "http://own:1".into(),
            user: Some("me".into()),
            password: Some(SecretSource::Prompt),
        }),
        ..Profile::default()
    };
    for (flags, url, password) in [
        ("", "http://own:1", true),
        ("--proxy http://other:1", "http://other:1", false),
        ("--proxy-user you", "http://own:1", false),
    ] {
        let flags = filled(&profile, "a.test", flags).target_flags;
        assert_eq!(flags.proxy.as_deref(), Some(url));
        assert_eq!(flags.proxy_password.is_some(), password);
    }
}
