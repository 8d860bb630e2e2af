use super::*;
use crate::cli::Cli;
use crate::cli::Command;
use crate::evidence::Refusal;
use clap::Parser as _;

fn flags(words: &str) -> ChannelSpec {
    let line = format!("grpcauth handshake api.test {words}");
    match Cli::try_parse_from(shlex::split(&line).unwrap())
        .unwrap()
        .command
    {
        Command::Handshake(arguments) => arguments.target_flags.channel(None, &arguments.tls),
        _ => panic!("another command"),
    }
}

fn origin(host: &str) -> Location {
    Location::Tcp {
        host: host.into(),
        port: 443,
        overrides: Vec::new(),
    }
}

fn planned(words: &str, host: &str, variables: &[(&str, &str)]) -> Planned<Option<Proxy>> {
    let environment = |name: &str| {
        let found = variables.iter().find(|(set, _)| *set == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    plan(&flags(words), &origin(host), &environment, &mut Vec::new())
}

/// Whether it is a secret that no output may have.
fn is_known(secret: &str) -> bool {
    let known = Secret::known_after(0);
    known.iter().any(|known| known.expose() == secret)
}

#[test]
fn the_flag_is_used_always_the_environment_unless_it_says_otherwise() {
    let environment = ("HTTPS_PROXY", "http://env.test:3128");
    for (words, host, variables, used) in [
        ("", "api.test", vec![], None),
        (
            "",
            "api.test",
            vec![environment],
            Some("http://env.test:3128"),
        ),
        (
            "",
            "api.test",
            vec![("https_proxy", "low.test:1")],
            Some("http://low.test:1"),
        ),
        (
            "",
            "api.test",
            vec![("ALL_PROXY", "http://all.test")],
            Some("http://all.test:1080"),
        ),
        (
            "",
            "api.test",
            vec![("HTTPS_PROXY", " "), ("ALL_PROXY", "all.test:1")],
            Some("http://all.test:1"),
        ),
        (
            "",
            "api.test",
            vec![("HTTP_PROXY", "http://plain.test:1")],
            None,
        ),
        (
            "",
            "api.test",
            vec![environment, ("NO_PROXY", "api.test")],
            None,
        ),
        ("", "api.test", vec![environment, ("no_proxy", "*")], None),
        ("", "localhost", vec![environment], None),
        (
            "--proxy http://flag.test:1",
            "api.test",
            vec![environment],
            Some("http://flag.test:1"),
        ),
        (
            "--proxy flag.test:1",
            "localhost",
            vec![("NO_PROXY", "*")],
            Some("http://flag.test:1"),
        ),
        (
            "--proxy http://[::1]:8080/",
            "api.test",
            vec![],
            Some("http://[::1]:8080"),
        ),
        (
            "--proxy socks5://p.test",
            "api.test",
            vec![environment],
            Some("socks5://p.test:1080"),
        ),
        (
            "",
            "api.test",
            vec![("ALL_PROXY", "SOCKS5H://[::1]:9050")],
            Some("socks5h://[::1]:9050"),
        ),
        (
            "",
            "localhost",
            vec![("ALL_PROXY", "socks5h://p.test:1")],
            None,
        ),
        ("--proxy=", "api.test", vec![environment], None),
    ] {
        let proxy = planned(words, host, &variables).unwrap();
        let shown = proxy.map(|proxy| proxy.shown);
        assert_eq!(shown.as_deref(), used, "{words} {host} {variables:?}");
    }
}

fn authorization(proxy: &Proxy) -> HeaderValue {
    match &proxy.protocol {
        ProxyProtocol::HttpConnect { authorization, .. } => authorization.clone().unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn socks_has_a_login_and_a_resolver_of_its_own() {
    for (url, login, resolver) in [
        (
            "socks5://me:p%40ss%3A@p.test:1",
            Some(("me", "p@ss:")),
            ResolvedBy::ThisMachine,
        ),
        (
            "socks5h://a%3Ab:@p.test:1",
            Some(("a:b", "")),
            ResolvedBy::Proxy,
        ),
        ("socks5h://p.test:1", None, ResolvedBy::Proxy),
    ] {
        let proxy = planned("", "api.test", &[("HTTPS_PROXY", url)]);
        let proxy = proxy.unwrap().unwrap();
        assert!(!format!("{proxy:?}").contains("p@ss"));
        assert!(proxy.shown.ends_with("://p.test:1"));
        let ProxyProtocol::Socks5 {
            login: found,
            resolved_by,
        } = proxy.protocol
        else {
            panic!("{url}");
        };
        let found = found.as_ref();
        let found = found.map(|login| (login.user.as_str(), login.password.expose()));
        assert_eq!((found, resolved_by), (login, resolver), "{url}");
    }
}

#[test]
fn credentials_come_by_flag_or_by_the_environments_url_and_are_not_shown() {
    let proxy = planned(
        "",
        "api.test",
        &[("HTTPS_PROXY", "http://me:p%40ss@env.test:1")],
    )
    .unwrap()
    .unwrap();
    assert_eq!(proxy.shown, "http://env.test:1");
    let value = authorization(&proxy);
    assert_eq!(value, "Basic bWU6cEBzcw==");
    assert!(value.is_sensitive());
    assert!(is_known("p@ss"));
    assert!(!format!("{proxy:?}").contains("bWU6"));

    let words = "--proxy http://p.test:1 --proxy-user me --proxy-password 'cmd:echo hunter2'";
    let proxy = planned(words, "api.test", &[]).unwrap().unwrap();
    assert_eq!(authorization(&proxy), "Basic bWU6aHVudGVyMg==");
    assert!(is_known("hunter2"));
}

/// 256 bytes.
const LONG_USER: &str = concat!(
    "socks5://uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu",
    "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu",
    "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu",
    "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu@p.test:1"
);

#[test]
fn what_is_no_proxy_is_refused_without_repeating_a_secret() {
    for (words, variables, what) in [
        ("--proxy https://p.test:1", vec![], "TLS to the proxy"),
        ("--proxy socks4://p.test:1", vec![], "version 5"),
        ("--proxy socks4a://p.test:1", vec![], "version 5"),
        ("--proxy socks://p.test:1", vec![], "version 5"),
        (
            "--proxy socks5://me:hunter2@p.test:1",
            vec![],
            "by reference|password",
        ),
        ("", vec![("ALL_PROXY", LONG_USER)], "255 bytes"),
        ("--proxy ftp://p.test:1", vec![], "scheme"),
        (
            "--proxy http://me:hunter2@p.test:1",
            vec![],
            "by reference|password",
        ),
        ("--proxy http://:1", vec![], "no host"),
        ("--proxy-user me", vec![], "no proxy"),
        (
            "",
            vec![("HTTPS_PROXY", "http://me:hunter2@p.test:x")],
            "HTTPS_PROXY",
        ),
        (
            "--proxy http://p.test:1 --proxy-user a:b --proxy-password 'cmd:echo x'",
            vec![],
            "colon",
        ),
    ] {
        let Err(Refusal::Usage { what: said, hint }) = planned(words, "api.test", &variables)
        else {
            panic!("{words} was taken");
        };
        assert!(what.split('|').any(|what| said.contains(what)), "{said}");
        assert!(!said.contains("hunter2") && !hint.contains("hunter2"));
    }
}
