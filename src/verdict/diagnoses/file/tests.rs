use std::path::PathBuf;

use crate::evidence::FileProblem;
use crate::evidence::Refusal;
use crate::evidence::answers::evidence;
use crate::verdict::diagnoses::first;
use crate::x509::pem;
use crate::x509::pem::FileFault;

fn id_of(fault: FileProblem) -> (&'static str, String) {
    let mut evidence = evidence();
    evidence.refusal = Some(Refusal::File {
        flag: "--cacert",
        path: PathBuf::from("my ca.pem"),
        fault,
    });
    let finding = first(&evidence).expect("a file that cannot be used is a finding");
    assert!(finding.cause.contains("my ca.pem"), "{}", finding.cause);
    assert!(!finding.evidence.is_empty(), "{}", finding.id);
    (finding.id, finding.hint)
}

#[test]
fn the_bytes_say_what_a_file_is() {
    let fault = |bytes: &[u8]| pem::certificates(bytes).unwrap_err();
    for (bytes, id, hint) in [
        (&b"hello"[..], "file.no-certificates", "BEGIN CERTIFICATE"),
        (b"", "file.no-certificates", "write"),
        (b"<!DOCTYPE html><html>", "file.wrong-kind", "page"),
        (b"\xff\xfe-\0-\0", "file.bom", "'my ca.pem'"),
    ] {
        let (found, fix) = id_of(FileProblem::Content(fault(bytes)));
        assert_eq!(found, id);
        assert!(fix.contains(hint), "{fix}");
        assert!(!fix.contains("FILE"), "{fix}");
    }
}

#[test]
fn every_fault_of_a_file_has_its_row() {
    for fault in [
        FileFault::Pkcs12,
        FileFault::Der {
            what: pem::FileKind::Certificate,
        },
        FileFault::EncryptedKey { scheme: "PKCS#8" },
        FileFault::EncryptedKey { scheme: "PKCS#12" },
        FileFault::WrongPassphrase { scheme: "PKCS#8" },
        FileFault::WrongPassphrase { scheme: "PKCS#12" },
        FileFault::UnsupportedEncryption { scheme: "x".into() },
        FileFault::BundleLacks {
            what: pem::Wanted::PrivateKey,
        },
        FileFault::BadBundle { reason: "x".into() },
        FileFault::EscapedNewlines { line: 1 },
        FileFault::UnsupportedKey { algorithm: None },
        FileFault::UnreadableCertificate { reason: "x".into() },
    ] {
        let id = fault.id();
        assert_eq!(id_of(FileProblem::Content(fault)).0, id);
    }
}

#[test]
fn the_systems_and_the_keys_own_faults() {
    for (fault, id) in [
        (FileProblem::NotFound, "file.not-found"),
        (
            FileProblem::Unreadable("Permission denied".into()),
            "file.unreadable",
        ),
        (
            FileProblem::KeyMismatch {
                fits: None,
                certificate: "c.pem".into(),
            },
            "file.key-mismatch",
        ),
    ] {
        assert_eq!(id_of(fault).0, id);
    }
}
