//! The lines of a PEM file: its sections, and what spoils them. Decoding is left to rustls.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::x509::pem::FileFault;
use crate::x509::pem::FileKind;
use crate::x509::pem::Malformation;
use crate::x509::pem::Wanted;
use crate::x509::pem::traditional;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// The name of encrypted PKCS#8, for faults.
pub(super) const PKCS8: &str = "PKCS#8";

/// One closed section.
pub(super) struct Section<'a> {
    pub label: String,
    /// The line of `BEGIN`, counted from 1.
    pub line: usize,
    /// From `BEGIN` to the end of the line of `END`.
    pub text: &'a [u8],
}

/// A `BEGIN` that opens no section.
pub(super) struct Spoilt {
    label: String,
    line: usize,
    what: Malformation,
}

/// A file's PEM sections and damages, in its order.
pub(super) struct Armor<'a> {
    pub sections: Vec<Section<'a>>,
    pub spoilt: Vec<Spoilt>,
    /// The line on which one section ends and the next begins, if there is such a line.
    pub glued: Option<usize>,
}

struct Line<'a> {
    bytes: &'a [u8],
    number: usize,
    start: usize,
    end: usize,
}

impl<'a> Armor<'a> {
    pub(super) fn of(text: &'a [u8]) -> Self {
        let mut armor = Self {
            sections: Vec::new(),
            spoilt: Vec::new(),
            glued: None,
        };
        let mut last_line = 0;
        let mut open: Option<(String, Line<'_>)> = None;
        for line in lines(text) {
            let is_rest = std::mem::replace(&mut last_line, line.number) == line.number;
            let label = match begin(line.bytes) {
                Some(Ok(label)) => {
                    if is_rest {
                        armor.glued.get_or_insert(line.number);
                    }
                    label
                }
                Some(Err(spoilt)) => {
                    armor.spoil(spoilt.0, line.number, spoilt.1);
                    continue;
                }
                None => {
                    if let Some((label, first)) = open.take_if(|(label, _)| ends(line.bytes, label))
                    {
                        armor.sections.push(Section {
                            label,
                            line: first.number,
                            text: &text[first.start..line.end],
                        });
                    }
                    continue;
                }
            };
            if let Some((label, first)) = open.replace((label, line)) {
                armor.spoil(label, first.number, Malformation::Unclosed);
            }
        }
        if let Some((label, first)) = open {
            armor.spoil(label, first.number, Malformation::Unclosed);
        }
        armor
    }

    fn spoil(&mut self, label: String, line: usize, what: Malformation) {
        self.spoilt.push(Spoilt { label, line, what });
    }

    /// The first damage to a section of this kind.
    pub(super) fn damage_to(&self, kind: FileKind) -> Option<FileFault> {
        self.spoilt
            .iter()
            .find(|spoilt| kind_of(&spoilt.label) == Some(kind))
            .map(Spoilt::fault)
    }

    /// The first damage to any section.
    pub(super) fn damage(&self) -> Option<FileFault> {
        self.spoilt.first().map(Spoilt::fault)
    }

    /// The fault of a file that has no section of the wanted kind.
    pub(super) fn instead(&self, bytes: &[u8], wanted: Wanted) -> FileFault {
        let in_pem = self
            .sections
            .iter()
            .map(Section::kind)
            .filter(|kind| *kind != FileKind::Text)
            .min_by_key(|kind| *kind == FileKind::Parameters);
        if let Some(found) = in_pem {
            return FileFault::WrongKind { found, wanted };
        }
        let found = FileKind::of(bytes);
        match (found, wanted) {
            // A service account's key, for one: its newlines are escaped because it is JSON.
            (FileKind::Json | FileKind::TokenJson | FileKind::Jwks | FileKind::OtherJson, _) => {
                FileFault::WrongKind { found, wanted }
            }
            (FileKind::Text, _) => self.damage().unwrap_or(nothing(found, wanted)),
            (FileKind::Pkcs12, _) => FileFault::Pkcs12,
            (FileKind::Certificate, Wanted::Certificates)
            | (FileKind::PrivateKey, Wanted::PrivateKey) => FileFault::Der { what: found },
            (FileKind::EncryptedPrivateKey, Wanted::PrivateKey) => FileFault::EncryptedKey {
                scheme: "PKCS#8, in DER",
            },
            (FileKind::Binary, _) => nothing(found, wanted),
            _ => FileFault::WrongKind { found, wanted },
        }
    }
}

fn nothing(found: FileKind, wanted: Wanted) -> FileFault {
    match wanted {
        Wanted::Certificates => FileFault::NoCertificates { found },
        Wanted::PrivateKey | Wanted::PublicKey | Wanted::RevocationLists => {
            FileFault::WrongKind { found, wanted }
        }
    }
}

impl Spoilt {
    fn fault(&self) -> FileFault {
        match self.what {
            Malformation::EscapedNewlines => FileFault::EscapedNewlines { line: self.line },
            what => FileFault::Malformed {
                line: self.line,
                what,
            },
        }
    }
}

impl Section<'_> {
    pub(super) fn kind(&self) -> FileKind {
        match kind_of(&self.label) {
            Some(FileKind::PrivateKey) if self.is_encrypted() => FileKind::EncryptedPrivateKey,
            Some(kind) => kind,
            None => FileKind::Text,
        }
    }

    /// How a private key is encrypted, if it is one and is.
    pub(super) fn encryption(&self) -> Option<&'static str> {
        match self.label.as_str() {
            _ if self.kind() != FileKind::EncryptedPrivateKey => None,
            "ENCRYPTED PRIVATE KEY" => Some(PKCS8),
            _ => Some(traditional::SCHEME),
        }
    }

    /// RFC 1421 headers, as OpenSSL's traditional format still has them.
    fn is_encrypted(&self) -> bool {
        self.header("Proc-Type")
            .is_some_and(|value| value.ends_with("ENCRYPTED"))
    }

    /// The value of an RFC 1421 header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        lines(self.text)
            .skip(1)
            .map_while(|line| std::str::from_utf8(line.bytes).ok()?.split_once(':'))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value.trim())
    }

    /// The body, decoded; `None`: it is not base64. For encrypted keys, which rustls does not decode.
    pub(super) fn body(&self) -> Option<Vec<u8>> {
        let body: Vec<u8> = lines(self.text)
            .filter(|line| !line.bytes.contains(&b':') && !line.bytes.starts_with(DASHES))
            .flat_map(|line| line.bytes.trim_ascii())
            .copied()
            .collect();
        STANDARD.decode(body).ok()
    }

    pub(super) fn damaged(&self) -> FileFault {
        FileFault::Malformed {
            line: self.line,
            what: Malformation::Base64,
        }
    }
}

/// What a label promises.
fn kind_of(label: &str) -> Option<FileKind> {
    Some(match label {
        "CERTIFICATE" => FileKind::Certificate,
        "TRUSTED CERTIFICATE" | "X509 CERTIFICATE" => FileKind::OpensslCertificate,
        "PRIVATE KEY" | "RSA PRIVATE KEY" | "EC PRIVATE KEY" | "DSA PRIVATE KEY" => {
            FileKind::PrivateKey
        }
        "ENCRYPTED PRIVATE KEY" => FileKind::EncryptedPrivateKey,
        "OPENSSH PRIVATE KEY" => FileKind::OpensshPrivateKey,
        "PUBLIC KEY" | "RSA PUBLIC KEY" => FileKind::PublicKey,
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => FileKind::Csr,
        "X509 CRL" => FileKind::Crl,
        "PKCS7" | "CMS" => FileKind::Pkcs7,
        "EC PARAMETERS" | "DH PARAMETERS" | "DSA PARAMETERS" => FileKind::Parameters,
        pgp if pgp.starts_with("PGP ") => FileKind::Pgp,
        _ => return None,
    })
}

/// Whether a line opens a section: its label, or why it does not although it tries.
fn begin(line: &[u8]) -> Option<Result<String, (String, Malformation)>> {
    let at = find(line, BEGIN)?;
    let after = &line[at + BEGIN.len()..];
    let length = find(after, DASHES)?;
    let label = String::from_utf8_lossy(&after[..length]).into_owned();
    let rest = after[length + DASHES.len()..].trim_ascii();
    if rest.starts_with(b"\\n") || rest.starts_with(b"\\r") {
        return Some(Err((label, Malformation::EscapedNewlines)));
    }
    if at > 0 {
        // In the middle of a sentence it is no attempt at all.
        let is_indented = rest.is_empty() && line[..at].trim_ascii().is_empty();
        return is_indented.then_some(Err((label, Malformation::Indented)));
    }
    if rest.is_empty() {
        Some(Ok(label))
    } else {
        Some(Err((label, Malformation::OneLine)))
    }
}

fn ends(line: &[u8], label: &str) -> bool {
    line.strip_prefix(END)
        .and_then(|rest| rest.strip_prefix(label.as_bytes()))
        .is_some_and(|rest| rest.starts_with(DASHES))
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// Where a line begins that was glued to an END line: `-----END X----------BEGIN Y-----`.
fn glued_at(line: &[u8]) -> Option<usize> {
    let begin = find(line.strip_prefix(END)?, BEGIN)? + END.len();
    let end = line[..begin].trim_ascii_end();
    (end.len() > END.len() + DASHES.len() && end.ends_with(DASHES)).then_some(begin)
}

/// Lines ended by LF, CR LF, or CR alone, or where the next section begins on the line of an END.
fn lines(text: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    let mut number = 0;
    let mut is_rest = false;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let whole = rest
            .iter()
            .position(|byte| matches!(byte, b'\n' | b'\r'))
            .unwrap_or(rest.len());
        let glued = glued_at(&rest[..whole]);
        let length = glued.unwrap_or(whole);
        let ending = match &rest[length..] {
            [b'\r', b'\n', ..] => 2,
            _ if glued.is_some() => 0,
            [] => 0,
            _ => 1,
        };
        number += usize::from(!is_rest);
        is_rest = glued.is_some();
        let line = Line {
            bytes: &rest[..length],
            number,
            start,
            end: start + length,
        };
        start += length + ending;
        Some(line)
    })
}
