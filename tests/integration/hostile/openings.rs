//! The first bytes of a peer that does not speak the protocol: it may be an endpoint that gives tokens.

use super::*;

const TOKEN: &str = "Zx81kPq0-a7B.c9D_e+F~2g4";

const FORMATS: &[&str] = &["", "-v", "-vv", "--format json"];

/// What is shown of a peer that opens with these bytes, in plaintext or where TLS is spoken.
fn shown(opening: &str, flags: &str) -> String {
    let target = serve(&[Step::Raw(opening.into()), Step::Close]);
    let output = grpcauth()
        .args(["call", &target, "a.B/C", "--max-time", "2s"])
        .args(flags.split_whitespace())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let ran = Ran::new(output);
    assert_eq!(ran.code, 3, "{opening} {flags}: {ran:?}");
    format!("{}{}", ran.stdout, ran.stderr)
}

#[test]
fn a_token_in_the_first_bytes_is_withheld() {
    for opening in [
        format!("{TOKEN}\r\n"),
        format!("220 {TOKEN} ready\r\n"),
        format!("token={TOKEN}"),
        format!("HTTP/1.1 200 OK\r\nx-token: {TOKEN}\r\n\r\n"),
        // The end of it is not in what is shown, or was not kept.
        format!("welcome to the mail of {TOKEN}"),
    ] {
        for format in FORMATS {
            for transport in ["--plaintext", ""] {
                let all = shown(&opening, &format!("{transport} {format}"));
                let heard = (0..=TOKEN.len() - 4).find(|at| all.contains(&TOKEN[*at..at + 4]));
                assert_eq!(heard, None, "{opening} {transport} {format}: {all}");
            }
        }
    }
}

#[test]
fn what_is_not_a_token_in_the_first_bytes_is_shown() {
    for (opening, words) in [
        ("220 mail.test ESMTP ready\r\n", "220 mail.test ESMTP"),
        ("welcome, you are the third", "welcome, you are the"),
        // As long as a token, and what SSH says of itself.
        ("SSH-2.0-OpenSSH_9.6p1-x1\r\n", "SSH-2.0-OpenSSH_9.6p1-x1"),
    ] {
        for format in FORMATS {
            for transport in ["--plaintext", ""] {
                let all = shown(opening, &format!("{transport} {format}"));
                assert!(all.contains(words), "{opening} {transport} {format}: {all}");
                assert!(!all.contains("withheld"), "{opening} {format}: {all}");
            }
        }
    }
}
