//! `file`: a file that a flag names cannot be what the flag takes. Nothing was sent.

mod bom;
mod der;
mod descriptor_set;
mod encrypted_key;
mod escaped_newlines;
mod key_mismatch;
mod malformed;
mod no_certificates;
mod not_found;
mod pkcs12;
mod unreadable;
mod unsupported_key;
mod wrong_kind;
mod wrong_passphrase;

use std::path::Path;

use crate::evidence::FileProblem;
use crate::evidence::Refusal;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::finding::Side;

pub(super) const ROWS: &[&Diagnosis] = &[
    &not_found::ROW,
    &unreadable::ROW,
    &wrong_kind::ROW,
    &no_certificates::ROW,
    &der::ROW,
    &pkcs12::ROW,
    &bom::ROW,
    &escaped_newlines::ROW,
    &malformed::ROW,
    &encrypted_key::ROW,
    &wrong_passphrase::ROW,
    &unsupported_key::ROW,
    &key_mismatch::ROW,
    &descriptor_set::ROW,
];

/// The flag, its file, and what is wrong with it.
fn problem<'a>(case: &'a Case<'_>) -> Option<(&'static str, &'a Path, &'a FileProblem)> {
    match case.refusal.as_ref()? {
        Refusal::File { flag, path, fault } => Some((flag, path, fault)),
        _ => None,
    }
}

/// What a file's bytes prove, if they prove `id`; the fix's `FILE` is the file.
fn content(case: &Case<'_>, id: &str) -> Option<Proof> {
    let (flag, path, problem) = problem(case)?;
    let FileProblem::Content(fault) = problem else {
        return None;
    };
    if fault.id() != id {
        return None;
    }
    let (cause, fix) = fault.explain();
    Some(Proof {
        side: Some(Side::Client),
        cause: format!("{flag} {}: {cause}", path.display()),
        evidence: vec![format!("{flag} takes {}", taken_by(flag))],
        hint: fix.replace("FILE", &in_shell(path)),
    })
}

/// What should have been in the file.
fn taken_by(flag: &str) -> &'static str {
    match flag {
        "--key" => "one private key in PEM, encrypted or not",
        "--cert" => {
            "the client's certificate in PEM, its intermediates and its key behind it if they are not elsewhere, or one PKCS#12 bundle"
        }
        _ => "certificates in PEM, each begun by -----BEGIN CERTIFICATE-----",
    }
}

/// A path as a shell takes it.
fn in_shell(path: &Path) -> String {
    let shown = path.display().to_string();
    shlex::try_quote(&shown).map_or(shown.clone(), |quoted| quoted.into_owned())
}

#[cfg(test)]
mod tests;
