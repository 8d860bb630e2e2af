//! Whom to trust, and what to present: certificates and keys from files and from the system.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::crypto::ring::sign::any_supported_type;
use rustls::sign::CertifiedKey;

use crate::cli::tls::TlsFlags;
use crate::evidence::ClientCertificate;
use crate::evidence::FileProblem;
use crate::evidence::Refusal;
use crate::evidence::Trust;
use crate::plan::Planned;
use crate::plan::files;
use crate::plan::usage;
use crate::x509::Anchor;
use crate::x509::AnchorOrigin;
use crate::x509::TrustAnchors;
use crate::x509::pem;

/// The trust anchors: those of `--cacert` alone, unless the system's are asked for too.
pub fn anchors(flags: &TlsFlags) -> Planned<Trust> {
    let mut given = Vec::new();
    for path in &flags.cacert {
        given.extend(from_file(path)?);
    }
    let system = flags.cacert.is_empty() || flags.system_roots;
    let anchors = if system {
        let roots = system_roots();
        if roots.is_empty() && given.is_empty() && !flags.insecure {
            return Err(usage(
                "no trust anchors were found on this system",
                "name the CA's certificate with --cacert FILE",
            ));
        }
        with_system(given, roots)?
    } else {
        from_files(given)?
    };
    Ok(Trust {
        anchors: Arc::new(anchors),
        files: flags.cacert.clone(),
        system,
    })
}

fn from_files(given: Vec<Anchor>) -> Planned<TrustAnchors> {
    TrustAnchors::new(given).map_err(|unusable| {
        usage(
            format!("a trust anchor cannot be used: {unusable}"),
            "take that certificate out of the --cacert file",
        )
    })
}

/// Both together; unusable roots of the system are its own affair and left out.
fn with_system(mut given: Vec<Anchor>, roots: TrustAnchors) -> Planned<TrustAnchors> {
    if given.is_empty() {
        return Ok(roots);
    }
    given.extend_from_slice(roots.anchors());
    from_files(given)
}

fn from_file(path: &Path) -> Planned<Vec<Anchor>> {
    let bytes = files::read("--cacert", path)?;
    let certificates = pem::certificates(&bytes).map_err(|fault| Refusal::File {
        flag: "--cacert",
        path: path.to_owned(),
        fault: FileProblem::Content(fault),
    })?;
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
pub fn system_roots() -> TrustAnchors {
    TrustAnchors::from_system(rustls_native_certs::load_native_certs().certs)
}

/// The client certificate with its key, where one is given.
pub fn identity(flags: &TlsFlags) -> Planned<Option<(ClientCertificate, Arc<CertifiedKey>)>> {
    let Some(path) = &flags.cert else {
        return Ok(None);
    };
    let refuse = |flag, path: &PathBuf, fault| Refusal::File {
        flag,
        path: path.clone(),
        fault,
    };
    let bytes = files::read("--cert", path)?;
    let chain: Vec<_> = pem::certificates(&bytes)
        .map_err(|fault| refuse("--cert", path, FileProblem::Content(fault)))?
        .into_iter()
        .map(|certificate| certificate.der)
        .collect();
    let key_path = flags.key.as_ref().unwrap_or(path);
    let key_bytes = files::read("--key", key_path)?;
    let key = pem::private_key(&key_bytes)
        .map_err(|fault| refuse("--key", key_path, FileProblem::Content(fault)))?;
    let key = any_supported_type(&key).map_err(|error| {
        refuse(
            "--key",
            key_path,
            FileProblem::UnsupportedKey(error.to_string()),
        )
    })?;
    let certified = CertifiedKey::new(chain.clone(), key);
    if let Err(rustls::Error::InconsistentKeys(rustls::InconsistentKeys::KeyMismatch)) =
        certified.keys_match()
    {
        let certificate = path.clone();
        return Err(refuse(
            "--key",
            key_path,
            FileProblem::KeyMismatch { certificate },
        ));
    }
    let certificate = ClientCertificate {
        chain,
        file: path.clone(),
    };
    Ok(Some((certificate, Arc::new(certified))))
}
