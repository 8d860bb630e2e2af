//! Why a file could not be used, with the command that makes it usable.

use std::fmt;

use crate::x509::pem::FileKind;

/// What is wrong with a PEM section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformation {
    /// `BEGIN` without its `END`: the file was cut short.
    Unclosed,
    /// The body is not base64.
    Base64,
    /// It is base64, and what it encodes is no certificate.
    Body,
    /// The newlines are the two characters `\n`.
    EscapedNewlines,
    /// Everything is on one line, the newlines having become spaces or nothing.
    OneLine,
    /// `BEGIN` is not at the start of its line, as after copying out of a YAML file.
    Indented,
}

impl fmt::Display for Malformation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unclosed => "it has no END line: the file was cut short",
            Self::Base64 => "its body is not base64",
            Self::Body => "its body is no certificate: a part of it is missing, or was changed",
            Self::EscapedNewlines => "its newlines are written as \\n",
            Self::OneLine => "it stands on one line: its newlines were lost",
            Self::Indented => "it is indented, as if copied out of a YAML file",
        })
    }
}

/// What a file was read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Certificates,
    PrivateKey,
    /// Or a certificate, which has one in it.
    PublicKey,
    RevocationLists,
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certificates => "PEM certificates",
            Self::PrivateKey => "a PEM private key",
            Self::PublicKey => "a PEM public key or certificate",
            Self::RevocationLists => "certificate revocation lists (PEM `X509 CRL`, or DER)",
        })
    }
}

/// Why a file's bytes are not what was wanted. Each is one diagnosis of the family `file`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// Nothing but white space.
    Empty { wanted: Wanted },
    /// No section of the wanted kind, and nothing else recognised either.
    NoCertificates { found: FileKind },
    /// The file is something else, and it is known what.
    WrongKind { found: FileKind, wanted: Wanted },
    /// The key is encrypted; `scheme` names the format.
    EncryptedKey { scheme: &'static str },
    /// The passphrase does not open the key or the bundle; `scheme` names the format.
    WrongPassphrase { scheme: &'static str },
    /// The key is encrypted in a way that is not read here.
    UnsupportedEncryption { scheme: String },
    /// The right thing in binary instead of PEM.
    Der { what: FileKind },
    /// A PKCS#12 bundle (RFC 7292) where none is taken.
    Pkcs12,
    /// A PKCS#12 bundle without a key, or without the certificate of its key.
    BundleLacks { what: Wanted },
    /// A PKCS#12 bundle that cannot be read.
    BadBundle { reason: String },
    /// A byte order mark of an encoding that PEM cannot be read in. (A UTF-8 mark is only a
    /// [`Notice`](crate::x509::pem::Notice).)
    Bom { encoding: &'static str },
    /// The newlines are the two characters `\n`, as in a JSON string or an environment variable.
    EscapedNewlines { line: usize },
    /// A section of the wanted kind is damaged. `line` is that of `BEGIN`, counted from 1.
    Malformed { line: usize, what: Malformation },
    /// A key that is well formed but cannot sign here.
    UnsupportedKey { algorithm: Option<String> },
    /// A public key that verifies nothing here.
    UnsupportedPublicKey { algorithm: String },
    /// An EC key that was written without its public half, where no certificate has it.
    NoPublicHalf,
    /// The certificate beside a key cannot be read.
    UnreadableCertificate { reason: String },
}

impl FileFault {
    /// The id of its diagnosis.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Empty {
                wanted: Wanted::Certificates,
            }
            | Self::NoCertificates { .. } => "file.no-certificates",
            Self::Empty { .. } | Self::WrongKind { .. } => "file.wrong-kind",
            Self::EncryptedKey { .. } | Self::UnsupportedEncryption { .. } => "file.encrypted-key",
            Self::WrongPassphrase { .. } => "file.wrong-passphrase",
            Self::Der { .. } => "file.der",
            Self::Pkcs12 | Self::BundleLacks { .. } | Self::BadBundle { .. } => "file.pkcs12",
            Self::Bom { .. } => "file.bom",
            Self::EscapedNewlines { .. } => "file.escaped-newlines",
            Self::Malformed { .. } | Self::UnreadableCertificate { .. } => "file.malformed",
            Self::UnsupportedKey { .. }
            | Self::UnsupportedPublicKey { .. }
            | Self::NoPublicHalf => "file.unsupported-key",
        }
    }

    /// Cause and fix. `FILE` stands for the file; the caller knows its name.
    pub fn explain(&self) -> (String, String) {
        (self.cause(), self.fix())
    }

    fn cause(&self) -> String {
        match self {
            Self::Empty { wanted } => format!("the file is empty; {wanted} should be in it"),
            Self::NoCertificates { found } => {
                format!("there is no PEM certificate in the file; it is {found}")
            }
            Self::WrongKind { found, wanted } => {
                format!("the file holds {found}; {wanted} should be in it")
            }
            Self::EncryptedKey { scheme } => format!("the private key is encrypted ({scheme})"),
            Self::WrongPassphrase { scheme } => {
                format!("the passphrase does not open it ({scheme})")
            }
            Self::UnsupportedEncryption { scheme } => {
                format!("the private key is encrypted in a way that is not read here ({scheme})")
            }
            Self::Der { what } => format!("the file holds {what}, but in DER (binary), not in PEM"),
            Self::BundleLacks {
                what: Wanted::PrivateKey,
            } => "the PKCS#12 bundle holds no private key".into(),
            Self::BundleLacks { .. } => {
                "the PKCS#12 bundle does not hold the certificate of its private key".into()
            }
            Self::BadBundle { reason } => {
                format!("the PKCS#12 bundle cannot be read: {reason}")
            }
            Self::Pkcs12 => format!("the file is {}, not PEM", FileKind::Pkcs12),
            Self::Bom { encoding } => format!("the file is in {encoding}; PEM must be ASCII"),
            Self::EscapedNewlines { line } => format!(
                "line {line}: the newlines of the PEM text are written as \\n, as in a JSON string or an environment variable"
            ),
            Self::Malformed { line, what } => {
                format!("the PEM section that begins on line {line} cannot be read: {what}")
            }
            Self::UnsupportedKey {
                algorithm: Some(algorithm),
            } => {
                format!(
                    "a private key of this kind ({algorithm}) cannot sign here, or it is damaged"
                )
            }
            Self::UnsupportedKey { algorithm: None } => {
                "a private key of this kind cannot sign here, or it is damaged".into()
            }
            Self::UnsupportedPublicKey { algorithm } => {
                format!("a public key of this kind ({algorithm}) verifies no signature here")
            }
            Self::NoPublicHalf => {
                "the EC private key was written without its public half, and cannot sign without it"
                    .into()
            }
            Self::UnreadableCertificate { reason } => {
                format!("the certificate that belongs to the key cannot be read: {reason}")
            }
        }
    }

    fn fix(&self) -> String {
        match self {
            Self::Empty { wanted } | Self::WrongKind { found: FileKind::Empty, wanted } => {
                format!("write {wanted} into it")
            }
            Self::NoCertificates { .. } => {
                "give a file with -----BEGIN CERTIFICATE----- in it".into()
            }
            Self::WrongKind { found, wanted } => conversion(*found, *wanted).into(),
            Self::EncryptedKey { scheme: "PKCS#12" } => {
                "give its passphrase with --key-pass SRC (env:NAME, file:PATH, prompt)".into()
            }
            Self::EncryptedKey { .. } => {
                "give its passphrase with --key-pass SRC (env:NAME, file:PATH, prompt), or decrypt it: openssl pkey -in FILE -out key.pem".into()
            }
            Self::WrongPassphrase { scheme: "PKCS#12" } => {
                "try the passphrase on the file itself: openssl pkcs12 -in FILE -noout".into()
            }
            Self::WrongPassphrase { .. } => {
                "try the passphrase on the file itself: openssl pkey -in FILE -noout".into()
            }
            Self::UnsupportedEncryption { .. } => {
                "encrypt it as everybody reads it: openssl pkcs8 -in FILE -topk8 -v2 aes-256-cbc -out key.pem (with -provider legacy -provider default for an old cipher)".into()
            }
            Self::Der { what: FileKind::Certificate } => {
                "convert it: openssl x509 -inform DER -in FILE -out cert.pem".into()
            }
            Self::Der { .. } => "convert it: openssl pkey -inform DER -in FILE -out key.pem".into(),
            Self::Pkcs12 => {
                "give it as --cert FILE, which takes bundles; or take it apart: openssl pkcs12 -in FILE -nokeys -out cert.pem (-cacerts: only the CAs') && openssl pkcs12 -in FILE -nocerts -nodes -out key.pem".into()
            }
            Self::BundleLacks { .. } => {
                "look what is in it: openssl pkcs12 -in FILE -info -noout; make one of both: openssl pkcs12 -export -in cert.pem -inkey key.pem -certfile chain.pem -out FILE".into()
            }
            Self::BadBundle { .. } => {
                "take it apart: openssl pkcs12 -in FILE -nodes -out both.pem (with -legacy for an old one), and give that file as --cert".into()
            }
            Self::Bom { .. } => "convert it: iconv -f UTF-16 -t ASCII FILE > pem.pem".into(),
            Self::EscapedNewlines { .. } => {
                "write real newlines: printf '%b\\n' \"$(cat FILE)\" > pem.pem".into()
            }
            Self::Malformed { what, .. } => match what {
                Malformation::Indented => "remove the indentation: sed 's/^[ \\t]*//' FILE > pem.pem",
                Malformation::OneLine => {
                    "quote the variable that it was written from (\"$PEM\"), so that its newlines are kept"
                }
                _ => "copy the file again, whole",
            }
            .into(),
            Self::UnsupportedPublicKey { .. } => {
                "use an RSA key of 2048 to 8192 bits, EC P-256, EC P-384 or Ed25519".into()
            }
            Self::UnsupportedKey { .. } => {
                "use an RSA key of 2048 to 4096 bits, EC P-256, EC P-384 or Ed25519: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem".into()
            }
            Self::NoPublicHalf => {
                "write it again, with both halves: openssl ec -in FILE -out key.pem".into()
            }
            Self::UnreadableCertificate { .. } => {
                "look at it: openssl x509 -in FILE -noout -text".into()
            }
        }
    }
}

/// What makes the wanted thing out of the thing found, where that is possible.
fn conversion(found: FileKind, wanted: Wanted) -> &'static str {
    match (found, wanted) {
        (FileKind::OpensslCertificate, Wanted::Certificates) => {
            "convert it: openssl x509 -in FILE -out cert.pem"
        }
        (FileKind::Pkcs7, Wanted::Certificates) => {
            "take it apart: openssl pkcs7 -in FILE -print_certs -out cert.pem (with -inform DER if it is binary)"
        }
        (FileKind::JavaKeystore, _) => {
            "convert it: keytool -importkeystore -srckeystore FILE -destkeystore FILE.p12 -deststoretype pkcs12, then openssl pkcs12 -in FILE.p12 -out pem.pem -nodes"
        }
        (FileKind::OpensshPrivateKey, Wanted::PrivateKey) => {
            "convert a copy: cp FILE key.pem && ssh-keygen -p -m PKCS8 -f key.pem (RSA and ECDSA; make a new key in place of an Ed25519 one: openssl genpkey -algorithm ED25519 -out key.pem)"
        }
        (FileKind::EncodedPem, _) => "decode it: base64 -d FILE > pem.pem",
        (FileKind::BareBase64, Wanted::Certificates) => {
            "decode it: base64 -d FILE | openssl x509 -inform DER -out cert.pem"
        }
        (FileKind::BareBase64, Wanted::PublicKey) => {
            "decode it: base64 -d FILE | openssl pkey -pubin -inform DER -out public.pem"
        }
        (FileKind::BareBase64, Wanted::PrivateKey) => {
            "decode it: base64 -d FILE | openssl pkey -inform DER -out key.pem"
        }
        (FileKind::TokenJson, _) => {
            "give the PEM file that the CA issued; a token from such an answer goes to --token"
        }
        (FileKind::Jwks, _) => {
            "a JWK Set verifies tokens, and holds no certificate or key that TLS can use: give the PEM file that the CA issued"
        }
        (FileKind::OtherJson, _) => {
            "there is no PEM text in it: give the PEM file that the CA issued"
        }
        (FileKind::Json, _) => {
            "take the PEM text out of it: jq -r '.private_key' FILE > pem.pem (the name of the member may differ)"
        }
        (FileKind::Csr, Wanted::Certificates) => {
            "have the request signed by a CA, and give the certificate that comes back; openssl req -in FILE -noout -subject shows for whom it asks"
        }
        (FileKind::Html, _) => {
            "the download was answered with a page: fetch the file again, and look at the URL and the login"
        }
        (FileKind::PrivateKey | FileKind::EncryptedPrivateKey, Wanted::Certificates) => {
            "give the certificate's file here, and this one as the key"
        }
        (FileKind::Certificate, Wanted::PrivateKey) => {
            "give the private key's file here, and this one as the certificate"
        }
        (_, Wanted::Certificates) => "give a file with -----BEGIN CERTIFICATE----- in it",
        (_, Wanted::PublicKey) => {
            "give a file with -----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE----- in it"
        }
        (_, Wanted::PrivateKey) => "give a file with -----BEGIN PRIVATE KEY----- in it",
        (_, Wanted::RevocationLists) => {
            "give the list of the CA that issued the server's certificate: the certificate names its address (openssl x509 -noout -ext crlDistributionPoints)"
        }
    }
}
