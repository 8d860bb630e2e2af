//! Files of certificates, keys and revocation lists, and certificates that a server presents.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use grpcauth::internals::certificates;
use grpcauth::internals::hostile::Crls;
use grpcauth::internals::hostile::Facts;
use grpcauth::internals::hostile::Secret;
use grpcauth::internals::hostile::anchors::Anchor;
use grpcauth::internals::hostile::anchors::AnchorOrigin;
use grpcauth::internals::hostile::anchors::TrustAnchors;
use grpcauth::internals::hostile::pem;
use grpcauth::internals::hostile::verify;
use grpcauth::internals::hostile::walk;
use pkcs8::pkcs5::pbes2::Kdf;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::ServerName;
use time::OffsetDateTime;

use super::Target;

macro_rules! fixture {
    ($name:literal) => {
        &include_bytes!(concat!("../../../src/x509/fixtures/", $name))[..]
    };
}

fn decoded(base64: &[u8]) -> Vec<u8> {
    let lines: Vec<u8> = base64
        .iter()
        .copied()
        .filter(|octet| !octet.is_ascii_whitespace())
        .collect();
    STANDARD.decode(lines).unwrap()
}

pub fn certificate_files() -> Target {
    let seeds = [
        fixture!("rich.pem"),
        fixture!("shaleaf.pem"),
        fixture!("p12/mid.pem"),
        fixture!("v1.pem"),
    ];
    Target::new("PEM certificates", seeds, |input| {
        let key = format!("{:?}", pem::public_key(input));
        let notices = pem::notices(input).len();
        let read = certificates(input).map_err(|fault| format!("{fault:?} {key}"))?;
        let lines: Vec<usize> = read.iter().map(|certificate| certificate.line).collect();
        Ok(format!("{lines:?} {key} {notices}"))
    })
}

/// Of the encrypted ones only such as have no iteration count: a debug build takes minutes for some that are still allowed.
pub fn private_keys() -> Target {
    let passphrase = Secret::new("correct-horse");
    let seeds = [
        fixture!("pkcs8.key"),
        fixture!("pkcs1.key"),
        fixture!("sec1.key"),
        fixture!("ed25519.key"),
        fixture!("encrypted/traditional-aes-128-cbc.pem"),
    ];
    let chain: Vec<_> = certificates(fixture!("p12/leaf.pem"))
        .unwrap()
        .into_iter()
        .map(|it| it.der)
        .collect();
    Target::new("PEM private keys", seeds, move |input| {
        let key =
            pem::private_key(input, Some(&passphrase)).map_err(|fault| format!("{fault:?}"))?;
        let fits = pem::certified_key(chain.clone(), &key).is_ok_and(|pair| pair.is_some());
        let signs = pem::signer_without_certificate(&key).is_ok();
        Ok(format!("{fits} {signs}"))
    })
}

/// Encrypted PKCS#8 in DER, for a base64 that is damaged says nothing of it.
pub fn encrypted_private_keys() -> Target {
    let passphrase = Secret::new("correct-horse");
    let files = [
        fixture!("encrypted/pbes2-aes-256-cbc.pem"),
        fixture!("encrypted/pbes2-des3.pem"),
        fixture!("encrypted/pbes2-hmac-sha512.pem"),
        fixture!("encrypted/scrypt.pem"),
    ];
    let seeds = files.map(|pem| {
        let text: Vec<u8> = pem
            .split(|octet| *octet == b'\n')
            .filter(|line| !line.starts_with(b"-"))
            .flatten()
            .copied()
            .collect();
        decoded(&text)
    });
    Target::new("encrypted private keys", seeds, move |input| {
        if is_costly(input) {
            return Err("allowed, and too slow for a debug build".to_owned());
        }
        let pem = format!(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\n{}\n-----END ENCRYPTED PRIVATE KEY-----\n",
            STANDARD.encode(input)
        );
        let key = pem::private_key(pem.as_bytes(), Some(&passphrase))
            .map_err(|fault| format!("{fault:?}"))?;
        Ok(format!("{}", pem::signer_without_certificate(&key).is_ok()))
    })
    .one_in(4)
    .holding(32 << 20)
}

fn is_costly(der: &[u8]) -> bool {
    let Ok(info) = pkcs8::EncryptedPrivateKeyInfoRef::try_from(der) else {
        return false;
    };
    match info.encryption_algorithm.pbes2().map(|pbes2| &pbes2.kdf) {
        Some(Kdf::Pbkdf2(pbkdf2)) => (10_000..=20_000_000).contains(&pbkdf2.iteration_count),
        Some(Kdf::Scrypt(scrypt)) => {
            let work = scrypt
                .cost_parameter
                .saturating_mul(u64::from(scrypt.block_size));
            (1 << 16..=512 << 13).contains(&work) || work < 1 << 16 && scrypt.parallelization > 2
        }
        _ => false,
    }
}

/// Not the encrypted ones: a debug build takes seconds for some iteration counts that are still allowed.
pub fn bundles() -> Target {
    let passphrase = Secret::new("correct-horse");
    Target::new(
        "PKCS#12",
        [decoded(fixture!("p12/unencrypted.b64"))],
        move |input| {
            let is_one = pem::is_pkcs12(input);
            let bundle =
                pem::bundle(input, Some(&passphrase)).map_err(|fault| format!("{fault:?}"))?;
            Ok(format!("{is_one} {} certificates", bundle.chain.len()))
        },
    )
}

pub fn revocation_lists() -> Target {
    let key = rcgen::KeyPair::generate().unwrap();
    let issuer = rcgen::Issuer::new(rcgen::CertificateParams::default(), key);
    let revoked = |reason_code, serial: u64| rcgen::RevokedCertParams {
        serial_number: serial.into(),
        revocation_time: OffsetDateTime::UNIX_EPOCH,
        reason_code,
        invalidity_date: None,
    };
    let list = rcgen::CertificateRevocationListParams {
        this_update: OffsetDateTime::UNIX_EPOCH,
        next_update: OffsetDateTime::UNIX_EPOCH + time::Duration::DAY,
        crl_number: 1_u64.into(),
        issuing_distribution_point: None,
        revoked_certs: vec![
            revoked(Some(rcgen::RevocationReason::KeyCompromise), 7),
            revoked(None, u64::MAX),
        ],
        key_identifier_method: rcgen::KeyIdMethod::Sha256,
    };
    let list = list.signed_by(&issuer).unwrap();
    let seeds = [list.der().to_vec(), list.pem().unwrap().into_bytes()];
    let leaf: Vec<_> = certificates(fixture!("rich.pem"))
        .unwrap()
        .into_iter()
        .map(|it| it.der)
        .collect();
    Target::new("CRL", seeds, move |input| {
        let mut crls = Crls::default();
        let added = crls.add(PathBuf::from("list.crl"), input);
        added.map_err(|unusable| unusable.0)?;
        let clock = OffsetDateTime::UNIX_EPOCH;
        Ok(format!(
            "{:?} {:?} {:?}",
            crls.revoked(&leaf),
            crls.expired(&leaf, clock),
            crls.unused(&leaf)
        ))
    })
}

/// A certificate in DER, read, judged as a server's, and walked from.
pub fn certificate_facts() -> Target {
    let ders = |pem: &[u8]| certificates(pem).unwrap().into_iter().map(|it| it.der);
    let root = ders(fixture!("p521root.pem")).next().unwrap();
    let anchor = Anchor {
        der: root.clone(),
        origin: AnchorOrigin::System,
    };
    let anchors = TrustAnchors::new(vec![anchor]).unwrap();
    let files = [
        fixture!("rich.pem"),
        fixture!("p521leaf.pem"),
        fixture!("v1.pem"),
    ];
    let seeds = files.into_iter().flat_map(ders).map(|der| der.to_vec());
    let name = ServerName::try_from("server.test").unwrap();
    Target::new("certificate", seeds, move |input| {
        let chain = [CertificateDer::from(input), root.clone()];
        let clock = OffsetDateTime::UNIX_EPOCH;
        let judged = verify::judge(&chain, &anchors, clock, Some(&name), &[]);
        let walked = walk::walk(&chain, &anchors);
        let facts = Facts::read(input).map_err(|malformed| malformed.0)?;
        Ok(format!("{facts:?} {judged:?} {walked:?}"))
    })
}
