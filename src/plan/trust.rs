//! Whom to trust, and what to present: certificates and keys from files and from the system.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::PrivateKeyDer;
use rustls::sign::CertifiedKey;

use crate::evidence::ClientCertificate;
use crate::evidence::FileProblem;
use crate::evidence::Refusal;
use crate::evidence::Trust;
use crate::identity::channel::ClientFiles;
use crate::identity::channel::TlsSpec;
use crate::plan::Planned;
use crate::plan::files;
use crate::plan::secrets;
use crate::plan::usage;
use crate::secret::Secret;
use crate::text::escape;
use crate::x509::Anchor;
use crate::x509::AnchorOrigin;
use crate::x509::Crls;
use crate::x509::Facts;
use crate::x509::TrustAnchors;
use crate::x509::pem;
use crate::x509::pem::FileFault;
use crate::x509::walk;

/// The trust anchors: those of `--cacert` alone, unless the system's are asked for too.
pub(crate) fn anchors(tls: &TlsSpec, notices: &mut Vec<String>) -> Planned<Trust> {
    from_files_and_system("--cacert", tls, &tls.ca, notices)
}

/// The same for places beside the target, which may do without TLS: a system without roots is no mistake yet.
pub(crate) fn anchors_if_any(tls: &TlsSpec, notices: &mut Vec<String>) -> Planned<Trust> {
    let system = tls.ca.is_empty() || tls.system_roots();
    let mut trust = gathered("--cacert", &tls.ca, system, true, notices)?;
    trust.crls = Arc::new(crls(&tls.crl, notices)?);
    Ok(trust)
}

/// The trust anchors of `files`, which `flag` names, and the system's if there are none, or where they are
/// asked for too.
pub(crate) fn from_files_and_system(
    flag: &'static str,
    tls: &TlsSpec,
    files: &[PathBuf],
    notices: &mut Vec<String>,
) -> Planned<Trust> {
    let system = files.is_empty() || tls.system_roots();
    let mut trust = gathered(flag, files, system, tls.insecure(), notices)?;
    trust.crls = Arc::new(crls(&tls.crl, notices)?);
    Ok(trust)
}

/// The trust anchors of the `--cacert` files, or the system's if there are none.
pub(crate) fn from_files_or_system(files: &[PathBuf], notices: &mut Vec<String>) -> Planned<Trust> {
    gathered("--cacert", files, files.is_empty(), false, notices)
}

fn gathered(
    flag: &'static str,
    files: &[PathBuf],
    system: bool,
    may_lack: bool,
    notices: &mut Vec<String>,
) -> Planned<Trust> {
    let mut given = Vec::new();
    for path in files {
        given.extend(from_file(flag, path, notices)?);
    }
    let anchors = if system {
        let roots = system_roots();
        if roots.is_empty() && given.is_empty() && !may_lack {
            return Err(usage(
                "no trust anchors were found on this system",
                "name the CA's certificate with --cacert FILE",
            ));
        }
        with_system(flag, given, roots)?
    } else {
        from_files(flag, given)?
    };
    Ok(Trust {
        anchors: Arc::new(anchors),
        files: files.to_vec(),
        system,
        crls: Arc::default(),
    })
}

/// The revocation lists of `--crl`.
fn crls(paths: &[PathBuf], notices: &mut Vec<String>) -> Planned<Crls> {
    let mut crls = Crls::default();
    for path in paths {
        let bytes = read("--crl", path, notices)?;
        crls.add(path.clone(), &bytes).map_err(|unusable| {
            usage(
                format!("--crl {}: {unusable}", path.display()),
                "`openssl crl -in FILE -noout -text` (-inform DER) shows a list; a CA's certificate names where its own is (CRL distribution points)",
            )
        })?;
    }
    Ok(crls)
}

fn from_files(flag: &'static str, given: Vec<Anchor>) -> Planned<TrustAnchors> {
    TrustAnchors::new(given).map_err(|unusable| match (&unusable.origin, &unusable.reason) {
        (
            AnchorOrigin::File { path, line },
            webpki::Error::BadDer | webpki::Error::TrailingData(_),
        ) => {
            let fault = FileFault::Malformed {
                line: *line,
                what: pem::Malformation::Body,
            };
            refuse(flag, path, fault)
        }
        _ => usage(
            format!("a trust anchor cannot be used: {unusable}"),
            format!("take that certificate out of the {flag} file"),
        ),
    })
}

/// Both together; unusable roots of the system are its own affair and left out.
fn with_system(
    flag: &'static str,
    mut given: Vec<Anchor>,
    roots: TrustAnchors,
) -> Planned<TrustAnchors> {
    if given.is_empty() {
        return Ok(roots);
    }
    given.extend_from_slice(roots.anchors());
    from_files(flag, given)
}

fn from_file(flag: &'static str, path: &Path, notices: &mut Vec<String>) -> Planned<Vec<Anchor>> {
    let bytes = read(flag, path, notices)?;
    let certificates = pem::certificates(&bytes).map_err(|fault| refuse(flag, path, fault))?;
    Ok(certificates
        .into_iter()
        .map(|certificate| Anchor {
            der: certificate.der,
            origin: AnchorOrigin::File {
                path: path.to_owned(),
                line: certificate.line,
            },
        })
        .collect())
}

/// The system's roots; read only when they are used, for parsing them costs milliseconds.
pub(crate) fn system_roots() -> TrustAnchors {
    TrustAnchors::from_system(rustls_native_certs::load_native_certs().certs)
}

/// What the client presents.
#[derive(Debug)]
pub(crate) struct Identity {
    pub certificate: ClientCertificate,
    pub certified_key: Arc<CertifiedKey>,
}

/// The flags that name a client certificate and its key.
pub(crate) type IdentityFlags = (&'static str, &'static str);

/// Those of what the target is shown.
pub(crate) const OF_CHANNEL: IdentityFlags = ("--cert", "--key");

/// The client certificate with its key.
pub(crate) fn identity(
    files: &ClientFiles,
    flags: IdentityFlags,
    notices: &mut Vec<String>,
) -> Planned<Identity> {
    let path = &files.cert;
    let (certificate_flag, key_flag) = flags;
    let passphrase = files
        .key_pass
        .as_ref()
        .map(|source| secrets::read("key-pass", source, notices))
        .transpose()?;
    let bytes = read(certificate_flag, path, notices)?;
    let (chain, key, key_path) = if pem::is_pkcs12(&bytes) {
        let bundle = bundle(files, flags, &bytes, passphrase.as_ref())?;
        (bundle.chain, bundle.key, path)
    } else {
        let chain = chain(certificate_flag, path, &bytes)?;
        match &files.key {
            Some(file) => (
                chain,
                key(key_flag, file, passphrase.as_ref(), notices)?,
                file,
            ),
            None => (
                chain,
                key_beside(flags, path, &bytes, passphrase.as_ref())?,
                path,
            ),
        }
    };
    // Whoever gave one file for both knows it by that flag.
    let flag = files.key.as_ref().map_or(certificate_flag, |_| key_flag);
    let certified = pem::certified_key(chain.clone(), &key)
        .map_err(|fault| refuse(flag, key_path, fault))?
        .ok_or_else(|| Refusal::File {
            flag,
            path: key_path.clone(),
            fault: FileProblem::KeyMismatch {
                fits: fitting(&chain, &key),
                certificate: path.clone(),
            },
        })?;
    notices.extend(strangers(certificate_flag, path, &chain));
    Ok(Identity {
        certificate: ClientCertificate {
            chain,
            file: path.clone(),
        },
        certified_key: Arc::new(certified),
    })
}

/// The place of the certificate that the key belongs to, where that is not the first.
fn fitting(chain: &[CertificateDer<'static>], key: &PrivateKeyDer<'static>) -> Option<usize> {
    let others = chain.iter().enumerate().skip(1);
    others
        .filter(|(_, der)| matches!(pem::certified_key(vec![(*der).clone()], key), Ok(Some(_))))
        .map(|(index, _)| index)
        .next()
}

/// The certificates beside the client's own that did not issue it, for a notice: a server builds no path with them.
fn strangers(flag: &'static str, path: &Path, chain: &[CertificateDer<'static>]) -> Option<String> {
    let unlinked = walk::unlinked(chain);
    let leaf = Facts::read(chain.first()?).ok()?;
    let first = Facts::read(chain.get(*unlinked.first()?)?).ok()?;
    Some(format!(
        "{flag} {}: certificate {} ({}) did not sign the client certificate ({}, issued by {}) or any certificate between them; servers cannot use it",
        path.display(),
        unlinked.first()?,
        escape(&first.subject),
        escape(&leaf.subject),
        escape(&leaf.issuer)
    ))
}

fn bundle(
    files: &ClientFiles,
    (certificate_flag, key_flag): IdentityFlags,
    bytes: &[u8],
    passphrase: Option<&Secret>,
) -> Planned<pem::Bundle> {
    let path = &files.cert;
    if files.key.is_some() {
        return Err(usage(
            format!(
                "{certificate_flag} {} is a PKCS#12 bundle, which brings its own key",
                path.display()
            ),
            format!("leave {key_flag} out"),
        ));
    }
    pem::bundle(bytes, passphrase).map_err(|fault| refuse(certificate_flag, path, fault))
}

fn chain(flag: &'static str, path: &Path, bytes: &[u8]) -> Planned<Vec<CertificateDer<'static>>> {
    let certificates = pem::certificates(bytes).map_err(|fault| refuse(flag, path, fault))?;
    Ok(certificates
        .into_iter()
        .map(|certificate| certificate.der)
        .collect())
}

fn key(
    flag: &'static str,
    path: &Path,
    passphrase: Option<&Secret>,
    notices: &mut Vec<String>,
) -> Planned<PrivateKeyDer<'static>> {
    let bytes = read(flag, path, notices)?;
    pem::private_key(&bytes, passphrase).map_err(|fault| refuse(flag, path, fault))
}

/// The key in the file of the certificates, where no flag names another one.
fn key_beside(
    (certificate_flag, key_flag): IdentityFlags,
    path: &Path,
    bytes: &[u8],
    passphrase: Option<&Secret>,
) -> Planned<PrivateKeyDer<'static>> {
    pem::private_key(bytes, passphrase).map_err(|fault| match fault {
        FileFault::WrongKind {
            found: pem::FileKind::Certificate,
            ..
        } => usage(
            format!(
                "{certificate_flag} {} holds no private key, and {key_flag} names no other file",
                path.display()
            ),
            format!("add {key_flag} FILE with the private key of that certificate"),
        ),
        fault => refuse(certificate_flag, path, fault),
    })
}

/// A file's bytes; what is odd about them, but does no harm here, becomes a notice.
fn read(flag: &'static str, path: &Path, notices: &mut Vec<String>) -> Planned<Vec<u8>> {
    let bytes = files::read(flag, path)?;
    for notice in pem::notices(&bytes) {
        let (cause, fix) = notice.explain();
        let shown = path.display().to_string();
        let quoted = shlex::try_quote(&shown).unwrap_or_else(|_| shown.as_str().into());
        let said = format!("{flag} {shown}: {cause}; {}", fix.replace("FILE", &quoted));
        if !notices.contains(&said) {
            notices.push(said);
        }
    }
    Ok(bytes)
}

fn refuse(flag: &'static str, path: &Path, fault: FileFault) -> Refusal {
    Refusal::File {
        flag,
        path: path.to_owned(),
        fault: FileProblem::Content(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn base64_of_no_certificate_is_a_damaged_file() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        // A SEQUENCE of one INTEGER.
        let section = "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n";
        write!(file, "# ours\n{section}").unwrap();
        let files = [file.path().to_owned()];
        let refused = from_files_or_system(&files, &mut Vec::new()).unwrap_err();
        let Refusal::File {
            fault: FileProblem::Content(fault),
            ..
        } = refused
        else {
            panic!("{refused:?}");
        };
        let what = pem::Malformation::Body;
        assert_eq!(fault, FileFault::Malformed { line: 2, what });
    }
}
