use super::*;

fn words(line: &str) -> Vec<String> {
    shlex::split(line).unwrap()
}

fn translated(line: &str) -> Result<Vec<String>, Refused> {
    let words = words(line).into_iter().map(OsString::from).collect();
    let line = translate(words)?;
    Ok(line
        .into_iter()
        .map(|word| word.into_string().unwrap())
        .collect())
}

/// As grpc-health-probe's README has them; `grpc_health_probe` becomes `grpcauth health`.
#[test]
fn the_probes_own_lines_are_understood() {
    for (theirs, ours) in [
        (
            "-addr=localhost:5000",
            "localhost:5000 --plaintext --connect-timeout 1 --max-time 2",
        ),
        (
            "-addr=localhost:9999 -connect-timeout 250ms -rpc-timeout 100ms",
            "localhost:9999 --plaintext --connect-timeout 0.25 --max-time 0.35",
        ),
        (
            "-addr=:5000",
            "localhost:5000 --plaintext --connect-timeout 1 --max-time 2",
        ),
        (
            "-addr 127.0.0.1:10000 -tls -tls-ca-cert /path/ca.pem -tls-server-name=example.com \
             -rpc-header=foo:bar -rpc-header=foo2:bar2",
            "127.0.0.1:10000 --cacert /path/ca.pem --servername example.com --rpc-header foo:bar \
             --rpc-header foo2:bar2 --connect-timeout 1 --max-time 2",
        ),
        (
            "-addr=h:1 -tls -tls-client-cert c.pem -tls-client-key=c.key -service=shop.v1.Orders -v",
            "h:1 --cert c.pem --key c.key -v --connect-timeout 1 --max-time 2 shop.v1.Orders",
        ),
        (
            "-tls-no-verify -tls -gzip -user-agent probe/1 -addr h:1 -service ''",
            "h:1 --insecure --compress gzip --user-agent probe/1 --connect-timeout 1 --max-time 2",
        ),
        (
            "-addr=h:1 -tls=false -gzip=false -alts=false -spiffe=false",
            "h:1 --plaintext --connect-timeout 1 --max-time 2",
        ),
        (
            "-service shop -addr unix:///run/a.sock --token env:T",
            "unix:///run/a.sock --token env:T --plaintext --connect-timeout 1 --max-time 2 shop",
        ),
        ("-P ci -service shop", "-P ci shop"),
        ("-version", "--version"),
    ] {
        let expected = words(&format!("grpcauth health {ours}"));
        assert_eq!(
            translated(&format!("grpcauth health {theirs}")).unwrap(),
            expected,
            "{theirs}"
        );
    }
}

#[test]
fn what_is_ours_stays_as_it_is() {
    for line in [
        "grpcauth health h:1 shop --plaintext -v",
        "grpcauth health h:1 --user-agent -tls",
        "grpcauth health h:1 -H '-addr: x'",
        "grpcauth health h:1 -- -addr",
        "grpcauth call h:1 -addr=x",
        "grpcauth health",
        "grpcauth",
    ] {
        assert_eq!(translated(line).unwrap(), words(line));
    }
}

#[test]
fn what_the_probe_refuses_too_is_refused_by_name() {
    for (theirs, name) in [
        ("-addr=h:1 -alts", "-alts"),
        ("-addr=h:1 -spiffe=true", "-spiffe"),
        ("-addr=h:1 -tls-ca-cert ca.pem", "-tls-ca-cert"),
        ("-addr=h:1 -tls-no-verify", "-tls-no-verify"),
        ("-addr=h:1 -tls=maybe", "-tls"),
        ("-addr=h:1 -rpc-timeout 5", "-rpc-timeout"),
        ("-addr=h:1 -connect-timeout 0s", "-connect-timeout"),
        ("-addr", "-addr"),
    ] {
        let refused = translated(&format!("grpcauth health {theirs}")).unwrap_err();
        assert!(refused.what.contains(name), "{}", refused.what);
        assert!(!refused.hint.is_empty());
    }
}
