use std::io::ErrorKind;

use super::*;
use crate::authenticate::exec_output;
use crate::authenticate::program;
use crate::authenticate::program::ProgramFailed;
use crate::authenticate::token_fault::RpcFault;
use crate::connect::Failure;
use crate::evidence::Evidence;
use crate::evidence::answers;
use crate::evidence::handshakes;
use crate::verdict::diagnoses::tests::finding;
use crate::verdict::diagnoses::tests::proven;
use crate::verdict::diagnoses::tests::text;
use crate::x509::test_pki::Authority;
use crate::x509::test_pki::plain;

#[test]
fn a_program_that_gives_no_token() {
    for (fault, id, words) in [
        (
            TokenFault::Program(ProgramFailed {
                program: "gcloud".into(),
                why: program::Why::Status(1),
            }),
            "token.program",
            "gcloud failed with status 1",
        ),
        (
            TokenFault::Printed(exec_output::Fault::Empty),
            "token.program",
            "gave no credential: it printed nothing",
        ),
    ] {
        let evidence = in_vain("exec", fault, FetchRecord::default());
        assert_eq!(proven(&evidence), [id]);
        let said = text(&finding(&evidence, id));
        assert!(said.contains(words), "{said}");
    }
}

/// A login RPC that ended so, over the connection of `evidence`.
fn logged_in(mut evidence: Evidence, fault: RpcFault) -> Evidence {
    evidence.call.attempts.clear();
    let record = by_rpc(&mut evidence, None);
    let fault = TokenFault::Rpc(Box::new(fault));
    evidence
        .caller_mut()
        .unobtained
        .push(unobtained("login-rpc", fault, record));
    evidence
}

#[test]
fn a_login_rpc_that_brings_no_token() {
    let no = |code, words| RpcFault::Refused(Box::new(answers::status(code, words)));
    for (fault, id, words) in [
        (
            no(16, "wrong password"),
            "token.login-rpc",
            "was refused: UNAUTHENTICATED \"wrong password\"\nauth.v1.AuthService/Login was called at auth.test:443",
        ),
        (
            RpcFault::NotCallable {
                why: "there is no such method".into(),
            },
            "token.login-rpc",
            "could not be made: there is no such method",
        ),
        (
            RpcFault::NotInAnswer {
                looked_at: vec!["/token".into()],
                keys: vec!["sessionToken".into()],
            },
            "token.not-in-response",
            "try --token-ptr /sessionToken",
        ),
    ] {
        let evidence = logged_in(answers::connected(), fault);
        assert_eq!(proven(&evidence), [id]);
        let said = text(&finding(&evidence, id));
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn the_connection_of_a_login_rpc_is_judged_as_a_targets() {
    let root = Authority::root("root", plain);
    let foreign = Authority::root("other", plain).leaf(&["auth.test"], plain);
    for (evidence, id, words) in [
        (
            handshakes::unconnected(&[ErrorKind::ConnectionRefused]),
            "token.endpoint-unreachable",
            "as net.refused of a target",
        ),
        (
            handshakes::presented(&[&foreign], &[&root.der], "auth.test"),
            "token.endpoint-tls",
            "as trust.no-path of a target",
        ),
        // Unlike an HTTP endpoint's, it must be HTTP/2.
        (
            handshakes::tls_failure(
                Failure::Alpn {
                    chosen: Some(b"http/1.1".to_vec()),
                },
                b"",
            ),
            "token.endpoint-tls",
            "as alpn.no-h2 of a target",
        ),
    ] {
        let evidence = logged_in(evidence, RpcFault::NoConnection);
        assert_eq!(proven(&evidence), [id]);
        let said = text(&finding(&evidence, id));
        assert!(said.contains(words), "{said}");
    }
}
