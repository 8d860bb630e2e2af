use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

const CERTIFICATE: &str = include_str!("../fixtures/shaleaf.pem");
const PKCS8: &str = include_str!("../fixtures/pkcs8.key");
const PKCS1: &str = include_str!("../fixtures/pkcs1.key");
const SEC1: &str = include_str!("../fixtures/sec1.key");
const ED25519: &str = include_str!("../fixtures/ed25519.key");
const ENCRYPTED: &str = include_str!("../fixtures/encrypted-pkcs8.key");
const TRADITIONAL: &str = include_str!("../fixtures/encrypted-traditional.key");
const REQUEST: &str = include_str!("../fixtures/request.csr");
const PUBLIC: &str = include_str!("../fixtures/public.key");
const PKCS7: &str = include_str!("../fixtures/bundle.p7");
const TRUSTED: &str = include_str!("../fixtures/trusted.pem");
const OPENSSH: &str = include_str!("../fixtures/openssh.key");
const JWT: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln";

/// The DER inside a PEM text, or of base64 without armour.
fn der(text: &str) -> Vec<u8> {
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    STANDARD.decode(body.trim()).unwrap()
}

fn bundle() -> Vec<u8> {
    der(include_str!("../fixtures/bundle.p12.b64"))
}

fn encrypted_der() -> Vec<u8> {
    der(include_str!("../fixtures/encrypted-pkcs8.der.b64"))
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    b"\xff\xfe".iter().copied().chain(units).collect()
}

fn lines_of(bytes: &[u8]) -> Vec<usize> {
    let certificates = certificates(bytes).unwrap();
    for certificate in &certificates {
        assert_eq!(certificate.der.as_ref(), der(CERTIFICATE));
    }
    certificates.iter().map(|one| one.line).collect()
}

#[test]
fn certificates_are_found_with_their_lines() {
    let second = CERTIFICATE.lines().count() + 1;
    for (label, text, expected) in [
        ("one", CERTIFICATE.to_owned(), vec![1]),
        (
            "two",
            format!("{CERTIFICATE}{CERTIFICATE}"),
            vec![1, second],
        ),
        (
            "text in front",
            format!("# root\nsubject=/CN=x\n\n{CERTIFICATE}"),
            vec![4],
        ),
        (
            "a sentence",
            format!("see -----BEGIN CERTIFICATE----- below\n{CERTIFICATE}"),
            vec![2],
        ),
        (
            "a key in front",
            format!("{PKCS8}{CERTIFICATE}"),
            vec![PKCS8.lines().count() + 1],
        ),
        ("a key behind", format!("{CERTIFICATE}{PKCS8}"), vec![1]),
        ("CR LF", CERTIFICATE.replace('\n', "\r\n"), vec![1]),
        (
            "CR LF, two",
            format!("{CERTIFICATE}{CERTIFICATE}").replace('\n', "\r\n"),
            vec![1, second],
        ),
        (
            "CR",
            format!("{CERTIFICATE}{CERTIFICATE}").replace('\n', "\r"),
            vec![1, second],
        ),
        (
            "no last newline",
            CERTIFICATE.trim_end().to_owned(),
            vec![1],
        ),
        (
            "blanks at the ends of lines",
            CERTIFICATE.replace('\n', "  \n"),
            vec![1],
        ),
        ("byte order mark", format!("\u{feff}{CERTIFICATE}"), vec![1]),
        (
            "glued",
            glued(CERTIFICATE, CERTIFICATE),
            vec![1, second - 1],
        ),
        (
            "glued with a blank",
            format!("{} {CERTIFICATE}", CERTIFICATE.trim_end()),
            vec![1, second - 1],
        ),
        (
            "three, glued",
            glued(&glued(CERTIFICATE, CERTIFICATE), CERTIFICATE),
            vec![1, second - 1, 2 * second - 3],
        ),
        ("a key glued behind", glued(CERTIFICATE, PKCS8), vec![1]),
    ] {
        assert_eq!(lines_of(text.as_bytes()), expected, "{label}");
    }
    assert_eq!(
        notices(format!("\u{feff}{CERTIFICATE}").as_bytes()),
        [Notice::Bom]
    );
    assert_eq!(notices(CERTIFICATE.as_bytes()), []);
    assert_eq!(notices(CERTIFICATE.trim_end().as_bytes()), []);
    assert_eq!(notices(format!("{CERTIFICATE}{PKCS8}").as_bytes()), []);
    let line = CERTIFICATE.lines().count();
    for second in [CERTIFICATE, PKCS8] {
        let text = glued(CERTIFICATE, second);
        assert_eq!(notices(text.as_bytes()), [Notice::Glued { line }]);
    }
    let both = format!("\u{feff}{}", glued(CERTIFICATE, PKCS8));
    assert_eq!(
        notices(both.as_bytes()),
        [Notice::Bom, Notice::Glued { line }]
    );
    assert!(private_key(both.as_bytes(), None).is_ok());
}

/// Two files put together, the first of which ended without a newline.
fn glued(first: &str, second: &str) -> String {
    format!("{}{second}", first.trim_end())
}

#[test]
fn keys_are_found_in_every_plain_format() {
    let parameters =
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    for (text, is_kind) in [
        (PKCS8.to_owned(), "pkcs8"),
        (ED25519.to_owned(), "pkcs8"),
        (PKCS1.to_owned(), "pkcs1"),
        (SEC1.to_owned(), "sec1"),
        (format!("{parameters}{SEC1}"), "sec1"),
        (format!("{CERTIFICATE}{PKCS8}"), "pkcs8"),
        (format!("{ENCRYPTED}{PKCS8}"), "pkcs8"),
        (format!("\u{feff}{PKCS8}"), "pkcs8"),
    ] {
        let found = match private_key(text.as_bytes(), None).unwrap() {
            PrivateKeyDer::Pkcs1(_) => "pkcs1",
            PrivateKeyDer::Pkcs8(_) => "pkcs8",
            PrivateKeyDer::Sec1(_) => "sec1",
            _ => "other",
        };
        assert_eq!(found, is_kind);
    }
}

fn wrong(found: FileKind, wanted: Wanted) -> FileFault {
    FileFault::WrongKind { found, wanted }
}

#[test]
fn what_is_no_certificate_is_named() {
    let wrong = |found| wrong(found, Wanted::Certificates);
    let nothing = |found| FileFault::NoCertificates { found };
    let malformed = |line, what| FileFault::Malformed { line, what };
    let cut = &CERTIFICATE[..CERTIFICATE.len() - 20];
    for (bytes, expected, id) in [
        (
            b"".to_vec(),
            FileFault::Empty {
                wanted: Wanted::Certificates,
            },
            "file.no-certificates",
        ),
        (
            b" \n\t\n".to_vec(),
            FileFault::Empty {
                wanted: Wanted::Certificates,
            },
            "file.no-certificates",
        ),
        (
            b"hello".to_vec(),
            nothing(FileKind::Text),
            "file.no-certificates",
        ),
        (
            b"0123".to_vec(),
            nothing(FileKind::Text),
            "file.no-certificates",
        ),
        (
            vec![0, 159, 146, 150],
            nothing(FileKind::Binary),
            "file.no-certificates",
        ),
        (
            b"\xfe\xed\xfe\xed\0\0\0\x02".to_vec(),
            wrong(FileKind::JavaKeystore),
            "file.wrong-kind",
        ),
        (
            b"<!DOCTYPE html><p>404".to_vec(),
            wrong(FileKind::Html),
            "file.wrong-kind",
        ),
        (
            b"\n <html lang=en>".to_vec(),
            wrong(FileKind::Html),
            "file.wrong-kind",
        ),
        (
            b"{\"ca\": 1}".to_vec(),
            wrong(FileKind::OtherJson),
            "file.wrong-kind",
        ),
        (
            b"{\"access_token\": \"eyJ\", \"token_type\": \"Bearer\"}".to_vec(),
            wrong(FileKind::TokenJson),
            "file.wrong-kind",
        ),
        (
            b"{\"error\": \"invalid_client\", \"error_description\": \"no\"}".to_vec(),
            wrong(FileKind::TokenJson),
            "file.wrong-kind",
        ),
        (
            b"{\"keys\": [{\"kty\": \"EC\"}]}".to_vec(),
            wrong(FileKind::Jwks),
            "file.wrong-kind",
        ),
        (JWT.into(), wrong(FileKind::Jwt), "file.wrong-kind"),
        (
            b"ssh-ed25519 AAAA me".to_vec(),
            wrong(FileKind::SshPublicKey),
            "file.wrong-kind",
        ),
        (
            STANDARD.encode(CERTIFICATE).into(),
            wrong(FileKind::EncodedPem),
            "file.wrong-kind",
        ),
        (
            STANDARD.encode(der(CERTIFICATE)).into(),
            wrong(FileKind::BareBase64),
            "file.wrong-kind",
        ),
        (PKCS8.into(), wrong(FileKind::PrivateKey), "file.wrong-kind"),
        (
            ENCRYPTED.into(),
            wrong(FileKind::EncryptedPrivateKey),
            "file.wrong-kind",
        ),
        (
            TRADITIONAL.into(),
            wrong(FileKind::EncryptedPrivateKey),
            "file.wrong-kind",
        ),
        (REQUEST.into(), wrong(FileKind::Csr), "file.wrong-kind"),
        (PUBLIC.into(), wrong(FileKind::PublicKey), "file.wrong-kind"),
        (PKCS7.into(), wrong(FileKind::Pkcs7), "file.wrong-kind"),
        (
            TRUSTED.into(),
            wrong(FileKind::OpensslCertificate),
            "file.wrong-kind",
        ),
        (
            OPENSSH.into(),
            wrong(FileKind::OpensshPrivateKey),
            "file.wrong-kind",
        ),
        (
            der(CERTIFICATE),
            FileFault::Der {
                what: FileKind::Certificate,
            },
            "file.der",
        ),
        (der(REQUEST), wrong(FileKind::Csr), "file.wrong-kind"),
        (der(PUBLIC), wrong(FileKind::PublicKey), "file.wrong-kind"),
        (der(PKCS7), wrong(FileKind::Pkcs7), "file.wrong-kind"),
        (der(PKCS8), wrong(FileKind::PrivateKey), "file.wrong-kind"),
        (bundle(), FileFault::Pkcs12, "file.pkcs12"),
        (
            utf16(CERTIFICATE),
            FileFault::Bom { encoding: "UTF-16" },
            "file.bom",
        ),
        (
            CERTIFICATE.replace('\n', "\\n").into(),
            FileFault::EscapedNewlines { line: 1 },
            "file.escaped-newlines",
        ),
        (
            format!("CA=\"{}\"", CERTIFICATE.replace('\n', "\\n")).into(),
            FileFault::EscapedNewlines { line: 1 },
            "file.escaped-newlines",
        ),
        (
            CERTIFICATE.replace('\n', " ").into(),
            malformed(1, Malformation::OneLine),
            "file.malformed",
        ),
        (
            format!("a:\n  {}", CERTIFICATE.replace('\n', "\n  ")).into(),
            malformed(2, Malformation::Indented),
            "file.malformed",
        ),
        (
            cut.into(),
            malformed(1, Malformation::Unclosed),
            "file.malformed",
        ),
        (
            format!("{CERTIFICATE}{cut}").into(),
            malformed(CERTIFICATE.lines().count() + 1, Malformation::Unclosed),
            "file.malformed",
        ),
        (
            CERTIFICATE.replace('M', "!").into(),
            malformed(1, Malformation::Base64),
            "file.malformed",
        ),
    ] {
        let fault = certificates(&bytes).unwrap_err();
        assert_eq!(fault, expected);
        assert_eq!(fault.id(), id);
        let (cause, fix) = fault.explain();
        assert!(!cause.is_empty() && !fix.is_empty());
    }
}

#[test]
fn what_is_no_private_key_is_named() {
    let wrong = |found| wrong(found, Wanted::PrivateKey);
    let encrypted = |scheme| FileFault::EncryptedKey { scheme };
    let dsa = "-----BEGIN DSA PRIVATE KEY-----\nMAA=\n-----END DSA PRIVATE KEY-----\n";
    for (bytes, expected, id) in [
        (
            b"".to_vec(),
            FileFault::Empty {
                wanted: Wanted::PrivateKey,
            },
            "file.wrong-kind",
        ),
        (b"hello".to_vec(), wrong(FileKind::Text), "file.wrong-kind"),
        (
            CERTIFICATE.into(),
            wrong(FileKind::Certificate),
            "file.wrong-kind",
        ),
        (PUBLIC.into(), wrong(FileKind::PublicKey), "file.wrong-kind"),
        (
            OPENSSH.into(),
            wrong(FileKind::OpensshPrivateKey),
            "file.wrong-kind",
        ),
        (ENCRYPTED.into(), encrypted("PKCS#8"), "file.encrypted-key"),
        (
            TRADITIONAL.into(),
            encrypted("traditional PEM (Proc-Type: 4,ENCRYPTED)"),
            "file.encrypted-key",
        ),
        (
            TRADITIONAL.replace('\n', "\r\n").into(),
            encrypted("traditional PEM (Proc-Type: 4,ENCRYPTED)"),
            "file.encrypted-key",
        ),
        (
            encrypted_der(),
            encrypted("PKCS#8, in DER"),
            "file.encrypted-key",
        ),
        (
            der(PKCS8),
            FileFault::Der {
                what: FileKind::PrivateKey,
            },
            "file.der",
        ),
        (
            der(PKCS1),
            FileFault::Der {
                what: FileKind::PrivateKey,
            },
            "file.der",
        ),
        (
            der(SEC1),
            FileFault::Der {
                what: FileKind::PrivateKey,
            },
            "file.der",
        ),
        (
            der(CERTIFICATE),
            wrong(FileKind::Certificate),
            "file.wrong-kind",
        ),
        (bundle(), FileFault::Pkcs12, "file.pkcs12"),
        (
            dsa.into(),
            FileFault::UnsupportedKey {
                algorithm: Some("DSA".into()),
            },
            "file.unsupported-key",
        ),
        (
            PKCS8.replace('\n', "\\n").into(),
            FileFault::EscapedNewlines { line: 1 },
            "file.escaped-newlines",
        ),
    ] {
        let fault = private_key(&bytes, None).unwrap_err();
        assert_eq!(fault, expected);
        assert_eq!(fault.id(), id);
        assert!(!fault.explain().1.is_empty());
    }
}

#[test]
fn a_key_is_held_against_its_certificate() {
    let leaf = der(CERTIFICATE);
    let matches = |key: &str| {
        let key = private_key(key.as_bytes(), None).unwrap();
        let leaf = CertificateDer::from(leaf.clone());
        certified_key(vec![leaf], &key).map(|pair| pair.is_some())
    };
    for (key, expected) in [
        (PKCS8, true),
        (SEC1, true),
        (include_str!("../fixtures/keys/sec1-no-public.pem"), true),
        (include_str!("../fixtures/keys/pkcs8-no-public.pem"), true),
        (PKCS1, false),
        (ED25519, false),
        (include_str!("../fixtures/keys/p384-sec1.pem"), false),
    ] {
        assert_eq!(matches(key), Ok(expected));
    }
    for (key, algorithm) in [
        (include_str!("../fixtures/p521.key"), "EC P-521"),
        (include_str!("../fixtures/keys/p521-sec1.pem"), "EC P-521"),
        (
            include_str!("../fixtures/keys/secp256k1.pem"),
            "EC secp256k1",
        ),
        (
            include_str!("../fixtures/keys/secp256k1-pkcs8.pem"),
            "EC secp256k1",
        ),
        (
            include_str!("../fixtures/keys/explicit.pem"),
            "EC with explicit parameters",
        ),
        (include_str!("../fixtures/keys/rsa1024.pem"), "RSA 1024"),
        (
            include_str!("../fixtures/keys/rsa1024-pkcs1.pem"),
            "RSA 1024",
        ),
        (include_str!("../fixtures/rsa-pss.key"), "RSA-PSS"),
    ] {
        let algorithm = Some(algorithm.to_owned());
        assert_eq!(matches(key), Err(FileFault::UnsupportedKey { algorithm }));
    }
    let key = private_key(PKCS8.as_bytes(), None).unwrap();
    let garbage = CertificateDer::from(b"garbage".to_vec());
    let fault = certified_key(vec![garbage], &key).unwrap_err();
    assert!(matches!(fault, FileFault::UnreadableCertificate { .. }));
}

#[test]
fn encrypted_keys_open_with_their_passphrase() {
    let right = Secret::new("correct-horse");
    let wrong = Secret::new("hunter2");
    let leaf = CertificateDer::from(der(CERTIFICATE));
    for text in [
        include_str!("../fixtures/encrypted/pbes2-aes-128-cbc.pem"),
        include_str!("../fixtures/encrypted/pbes2-aes-192-cbc.pem"),
        include_str!("../fixtures/encrypted/pbes2-aes-256-cbc.pem"),
        include_str!("../fixtures/encrypted/pbes2-des3.pem"),
        include_str!("../fixtures/encrypted/pbes2-hmac-sha1.pem"),
        include_str!("../fixtures/encrypted/pbes2-hmac-sha512.pem"),
        include_str!("../fixtures/encrypted/scrypt.pem"),
        include_str!("../fixtures/encrypted/traditional-aes-128-cbc.pem"),
        include_str!("../fixtures/encrypted/traditional-aes-192-cbc.pem"),
        include_str!("../fixtures/encrypted/traditional-aes-256-cbc.pem"),
        include_str!("../fixtures/encrypted/traditional-des3.pem"),
    ] {
        for text in [
            text.to_owned(),
            text.replace('\n', "\r\n"),
            format!("{CERTIFICATE}{text}"),
        ] {
            let key = private_key(text.as_bytes(), Some(&right)).unwrap();
            let pair = certified_key(vec![leaf.clone()], &key).unwrap();
            assert!(pair.is_some(), "{text}");
            let fault = private_key(text.as_bytes(), Some(&wrong)).unwrap_err();
            assert_eq!(fault.id(), "file.wrong-passphrase", "{text}");
            let fault = private_key(text.as_bytes(), None).unwrap_err();
            assert_eq!(fault.id(), "file.encrypted-key", "{text}");
            assert!(fault.explain().1.contains("--key-pass"));
        }
    }
    let rsa = include_str!("../fixtures/encrypted/traditional-rsa.pem");
    let key = private_key(rsa.as_bytes(), Some(&right)).unwrap();
    assert_eq!(key.secret_der(), der(PKCS1));
    let fault = private_key(&encrypted_der(), Some(&right)).unwrap_err();
    assert_eq!(fault, FileFault::WrongPassphrase { scheme: "PKCS#8" });
}

#[test]
fn an_encryption_that_is_not_read_is_named() {
    let right = Secret::new("correct-horse");
    for (text, name) in [
        (
            include_str!("../fixtures/encrypted/pbe-sha1-3des.pem"),
            "PKCS#8",
        ),
        (
            include_str!("../fixtures/encrypted/traditional-camellia.pem"),
            "CAMELLIA-128-CBC",
        ),
    ] {
        let fault = private_key(text.as_bytes(), Some(&right)).unwrap_err();
        assert_eq!(fault.id(), "file.encrypted-key");
        let (cause, fix) = fault.explain();
        assert!(cause.contains(name), "{cause}");
        assert!(fix.contains("openssl pkcs8"), "{fix}");
    }
}

fn read_all(bytes: &[u8]) {
    let _ = certificates(bytes);
    let _ = notices(bytes);
    if let Ok(key) = private_key(bytes, None) {
        let _ = certified_key(vec![der(CERTIFICATE).into()], &key);
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read_all(&bytes);
    }

    #[test]
    fn mutated_files_never_panic(
        which in 0..8usize,
        at in any::<prop::sample::Index>(),
        with in any::<u8>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let files = [
            CERTIFICATE.into(), PKCS8.into(), TRADITIONAL.into(), der(CERTIFICATE), bundle(),
            encrypted_der(), der(PKCS1), der(REQUEST),
        ];
        let mut bytes: Vec<u8> = files[which].clone();
        let index = at.index(bytes.len());
        bytes[index] = with;
        read_all(&bytes);
        read_all(&bytes[..cut.index(bytes.len())]);
    }
}
