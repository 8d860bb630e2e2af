use super::*;

fn words(line: &str) -> Vec<String> {
    shlex::split(line).unwrap()
}

fn translated(line: &str) -> Result<Vec<String>, Refused> {
    let words = words(line).into_iter().map(OsString::from);
    let environment = |name: &str| (name == "TOKEN").then(|| "t0k3n".to_owned());
    let line = translate(words.collect(), &environment)?;
    let words = line.into_iter().map(|word| word.into_string().unwrap());
    Ok(words.collect())
}

/// As grpcurl's README uses it, and its help: `grpcurl` becomes `grpcauth call`.
#[test]
fn grpcurls_own_lines_are_understood() {
    for (theirs, ours) in [
        ("g.test:443 my.Svc/Method", "call g.test:443 my.Svc/Method"),
        (
            "-plaintext g.test:80 my.Svc/Method",
            "call --plaintext g.test:80 my.Svc/Method",
        ),
        (
            r#"-d '{"id": 1234, "tags": ["a","b"]}' g.test:443 my.Svc/Method"#,
            r#"call -d '{"id": 1234, "tags": ["a","b"]}' g.test:443 my.Svc/Method"#,
        ),
        (
            "-d @ g.test:443 my.Svc/Method",
            "call -d @ g.test:443 my.Svc/Method",
        ),
        (
            "-H 'header1: value1' -H 'header2: value2' g.test:443 my.Svc.Method",
            "call -H 'header1: value1' -H 'header2: value2' g.test:443 my.Svc.Method",
        ),
        ("localhost:8787 list", "list localhost:8787"),
        ("localhost:8787 list my.Svc", "list localhost:8787 my.Svc"),
        (
            "-protoset my-protos.bin list",
            "list --protoset my-protos.bin",
        ),
        (
            "-protoset my-protos.bin list my.Svc",
            "list --protoset my-protos.bin my.Svc",
        ),
        (
            "-import-path ../protos -proto my-stuff.proto list",
            "list --import-path ../protos --proto my-stuff.proto",
        ),
        (
            "localhost:8787 describe my.Svc.MethodOne",
            "describe localhost:8787 my.Svc.MethodOne",
        ),
        (
            "-protoset my-protos.bin describe my.Svc",
            "describe --protoset my-protos.bin my.Svc",
        ),
        (
            "-protoset-out out.bin localhost:8787 describe my.Svc",
            "describe --protoset-out out.bin localhost:8787 my.Svc",
        ),
        (
            "-msg-template localhost:8787 describe .my.Type",
            "describe --template localhost:8787 .my.Type",
        ),
        (
            "-cacert ca.crt -cert c.crt -key c.key -servername s.test g.test:443 list",
            "list --cacert ca.crt --cert c.crt --key c.key --servername s.test g.test:443",
        ),
        (
            "-insecure -max-time 5 -connect-timeout 2.5 -keepalive-time 10 h:1 s/M",
            "call --insecure --max-time 5 --connect-timeout 2.5 --keepalive-time 10 h:1 s/M",
        ),
        ("-d {} -emit-defaults h:1 list", "list h:1"),
        ("-max-time 0 h:1 s/M", "call h:1 s/M"),
        (
            "-max-msg-sz 10000000 h:1 s/M",
            "call --max-msg-size 10000000 h:1 s/M",
        ),
        (
            "-unix -plaintext /run/a.sock s/M",
            "call --plaintext unix:/run/a.sock s/M",
        ),
        (
            "-v -emit-defaults -allow-unknown-fields h:1 s/M",
            "call -v --emit-defaults --allow-unknown-fields h:1 s/M",
        ),
        ("-vv -format json -format-error h:1 s/M", "call -vv h:1 s/M"),
        ("-user-agent me/1 h:1 s/M", "call --user-agent me/1 h:1 s/M"),
        (
            "-expand-headers -rpc-header 'authorization: Bearer ${TOKEN}' -reflect-header 'x: ${TOKEN}' h:1 s/M",
            "call --rpc-header 'authorization: Bearer t0k3n' --reflect-header 'x: t0k3n' h:1 s/M",
        ),
        ("-H 'x: ${TOKEN}' h:1 s/M", "call -H 'x: ${TOKEN}' h:1 s/M"),
        (
            "-use-reflection -proto a.proto h:1 s/M",
            "call --use-reflection --proto a.proto h:1 s/M",
        ),
        (
            "-use-reflection=false -proto a.proto h:1 s/M",
            "call --no-reflection --proto a.proto h:1 s/M",
        ),
        ("-version", "call --version"),
        ("-help", "call --help"),
    ] {
        let expected = words(&format!("grpcauth {ours}"));
        assert_eq!(
            translated(&format!("grpcauth call {theirs}")).unwrap(),
            expected,
            "{theirs}"
        );
    }
}

#[test]
fn gos_way_of_writing_values_works() {
    for (theirs, ours) in [
        ("-plaintext=true h:1 s/M", "call --plaintext h:1 s/M"),
        ("-plaintext=false h:1 s/M", "call h:1 s/M"),
        ("--plaintext=false h:1 s/M", "call h:1 s/M"),
        ("--plaintext=1 h:1 s/M", "call --plaintext h:1 s/M"),
        ("-cacert=ca.pem h:1 s/M", "call --cacert ca.pem h:1 s/M"),
        ("-d={} h:1 s/M", "call -d {} h:1 s/M"),
        ("-H='k: a=b' h:1 s/M", "call -H 'k: a=b' h:1 s/M"),
        (
            "h:1 s/M -plaintext -max-time=5",
            "call h:1 s/M --plaintext --max-time 5",
        ),
        (
            "-expand-headers=false -H 'k: ${NO}' h:1 s/M",
            "call -H 'k: ${NO}' h:1 s/M",
        ),
    ] {
        let expected = words(&format!("grpcauth {ours}"));
        assert_eq!(
            translated(&format!("grpcauth call {theirs}")).unwrap(),
            expected,
            "{theirs}"
        );
    }
}

#[test]
fn the_authority_is_the_verified_name_behind_one_dash_alone() {
    for (theirs, ours) in [
        (
            "-authority a.test h:1 s/M",
            "call --authority a.test h:1 s/M --servername a.test",
        ),
        (
            "-authority a.test:8443 h:1 s/M",
            "call --authority a.test:8443 h:1 s/M --servername a.test",
        ),
        (
            "-authority [::1]:1 h:1 s/M",
            "call --authority '[::1]:1' h:1 s/M --servername ::1",
        ),
        (
            "-authority a.test -plaintext h:1 s/M",
            "call --authority a.test --plaintext h:1 s/M",
        ),
        (
            "-authority a -servername b h:1 s/M",
            "call --authority a --servername b h:1 s/M",
        ),
        (
            "--authority a.test h:1 s/M",
            "call --authority a.test h:1 s/M",
        ),
        (
            "-authority a.test -unix /a.sock s/M",
            "call --authority a.test unix:/a.sock s/M",
        ),
    ] {
        let expected = words(&format!("grpcauth {ours}"));
        assert_eq!(
            translated(&format!("grpcauth call {theirs}")).unwrap(),
            expected,
            "{theirs}"
        );
    }
}

#[test]
fn what_is_ours_stays_as_it_is() {
    for line in [
        "grpcauth call h:1 s/M -qP ci --token env:T --format text",
        "grpcauth call h:1 s/M -d -plaintext",
        "grpcauth call h:1 s/M --data -plaintext",
        "grpcauth call h:1 s/M --user-agent list",
        "grpcauth call h:1 s/M --header '-insecure: x'",
        "grpcauth call h:1 s/M -- -plaintext",
        "grpcauth handshake -plaintext h:1",
        "grpcauth list h:1 list",
        "grpcauth",
        "grpcauth call",
    ] {
        assert_eq!(translated(line).unwrap(), words(line));
    }
}

#[test]
fn what_has_no_counterpart_is_refused_by_name() {
    for (theirs, name) in [
        ("-format text h:1 s/M", "-format text"),
        ("-format=xml h:1 s/M", "-format"),
        ("-alts h:1 s/M", "-alts"),
        (
            "-alts-target-service-account x h:1 s/M",
            "-alts-target-service-account",
        ),
        ("-proto-out-dir d h:1 describe", "-proto-out-dir"),
        ("-plaintext=maybe h:1 s/M", "-plaintext"),
        ("-expand-headers -H 'k: ${NO}' h:1 s/M", "NO"),
    ] {
        let refused = translated(&format!("grpcauth call {theirs}")).unwrap_err();
        assert!(refused.what.contains(name), "{}", refused.what);
        assert!(!refused.hint.is_empty());
    }
}
