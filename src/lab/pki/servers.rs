//! The servers' certificates that have something wrong with them: one function each, named as the door.

use std::sync::Arc;

use rcgen::BasicConstraints;
use rcgen::CertificateParams;
use rcgen::CustomExtension;
use rcgen::DistinguishedName;
use rcgen::DnType;
use rcgen::Error;
use rcgen::ExtendedKeyUsagePurpose;
use rcgen::GeneralSubtree;
use rcgen::IsCa;
use rcgen::KeyUsagePurpose;
use rcgen::NameConstraints;
use rcgen::SanType;
use rustls::pki_types::CertificateDer;
use time::Duration;

use super::Authority;
use super::Identity;
use super::Leaf;
use super::Pki;
use super::der;
use super::issue;

pub(crate) mod keys;

/// What a door shows.
type Made = Result<Arc<Identity>, Error>;

/// Below the lab's intermediate, changed.
fn leaf(pki: &Pki, file: &'static str, tweak: impl FnOnce(&mut CertificateParams)) -> Made {
    let leaf = pki.leaf(file).with(tweak);
    Ok(Arc::new(leaf.below(&pki.intermediate)?))
}

/// Below the lab's intermediate, for other names.
fn named(pki: &Pki, file: &'static str, names: &[&'static str]) -> Made {
    let leaf = pki.leaf_for(file, names);
    Ok(Arc::new(leaf.below(&pki.intermediate)?))
}

/// Below an intermediate of its own.
fn under(pki: &Pki, file: &'static str, tweak: impl FnOnce(&mut CertificateParams)) -> Made {
    let years = issue::years(pki.now);
    let authority = issue::intermediate("a CA of this door", years, &pki.root, tweak)?;
    Ok(Arc::new(pki.leaf(file).below(&authority)?))
}

/// A good leaf in a chain that is put together otherwise; `chain` gets the leaf.
fn chained(
    pki: &Pki,
    file: &'static str,
    chain: impl FnOnce(CertificateDer<'static>) -> Vec<CertificateDer<'static>>,
) -> Made {
    let identity = pki.leaf(file).issued_by(&pki.intermediate)?;
    let leaf = identity.chain[0].clone();
    Ok(Arc::new(identity.presenting(chain(leaf))))
}

fn date(params: &mut CertificateParams, (from, until): issue::Validity) {
    params.not_before = from;
    params.not_after = until;
}

pub(crate) fn expired(pki: &Pki) -> Made {
    leaf(pki, "server-expired", |params| {
        date(params, issue::past(pki.now))
    })
}

pub(crate) fn not_yet_valid(pki: &Pki) -> Made {
    leaf(pki, "server-not-yet-valid", |params| {
        date(params, issue::future(pki.now));
    })
}

pub(crate) fn expires_soon(pki: &Pki) -> Made {
    leaf(pki, "server-expires-soon", |params| {
        params.not_after = pki.now + Duration::days(5);
    })
}

pub(crate) fn expired_intermediate(pki: &Pki) -> Made {
    under(pki, "server-expired-intermediate", |params| {
        date(params, issue::past(pki.now));
    })
}

pub(crate) fn not_yet_valid_intermediate(pki: &Pki) -> Made {
    under(pki, "server-not-yet-valid-intermediate", |params| {
        date(params, issue::future(pki.now));
    })
}

pub(crate) fn expired_root(pki: &Pki) -> Made {
    let leaf = pki.leaf("server-expired-root");
    Ok(Arc::new(leaf.issued_by(&pki.expired_root)?))
}

pub(crate) fn not_yet_valid_root(pki: &Pki) -> Made {
    let leaf = pki.leaf("server-not-yet-valid-root");
    Ok(Arc::new(leaf.issued_by(&pki.future_root)?))
}

pub(crate) fn other_ca(pki: &Pki) -> Made {
    let leaf = pki.leaf("server-other-ca");
    Ok(Arc::new(leaf.issued_by(&pki.other_root)?))
}

/// The same with its root sent along.
pub(crate) fn unknown_root(pki: &Pki) -> Made {
    let leaf = pki.leaf("server-unknown-root");
    Ok(Arc::new(leaf.below(&pki.other_root)?))
}

pub(crate) fn self_signed(pki: &Pki) -> Made {
    Ok(Arc::new(pki.leaf("server-self-signed").self_signed()?))
}

/// From a root with the name of the lab's, and another key.
pub(crate) fn ca_rekeyed(pki: &Pki) -> Made {
    let namesake = issue::root(super::ROOT, issue::years(pki.now))?;
    Ok(Arc::new(
        pki.leaf("server-ca-rekeyed").issued_by(&namesake)?,
    ))
}

pub(crate) fn incomplete(pki: &Pki) -> Made {
    chained(pki, "server-chain-incomplete", |leaf| vec![leaf])
}

pub(crate) fn leaf_not_first(pki: &Pki) -> Made {
    chained(pki, "server-leaf-not-first", |leaf| {
        vec![pki.intermediate.der().clone(), leaf]
    })
}

pub(crate) fn order(pki: &Pki) -> Made {
    let years = issue::years(pki.now);
    let upper = issue::intermediate("the upper CA", years, &pki.root, issue::as_made)?;
    let lower = issue::intermediate("the lower CA", years, &upper, issue::as_made)?;
    let identity = pki.leaf("server-chain-order").issued_by(&lower)?;
    let chain = [
        identity.chain[0].clone(),
        upper.der().clone(),
        lower.der().clone(),
    ];
    Ok(Arc::new(identity.presenting(chain.to_vec())))
}

pub(crate) fn unrelated(pki: &Pki) -> Made {
    chained(pki, "server-chain-unrelated", |leaf| {
        vec![
            leaf,
            pki.intermediate.der().clone(),
            pki.other_root.der().clone(),
        ]
    })
}

pub(crate) fn bad_signature(pki: &Pki) -> Made {
    chained(pki, "server-bad-signature", |leaf| {
        vec![der::damaged(&leaf), pki.intermediate.der().clone()]
    })
}

/// More than 64 KiB of certificates.
pub(crate) fn too_large(pki: &Pki) -> Made {
    chained(pki, "server-chain-too-large", |leaf| {
        let others = 80 * 1024 / pki.intermediate.der().len();
        let mut chain = vec![leaf];
        chain.resize(1 + others, pki.intermediate.der().clone());
        chain
    })
}

/// The names of another server; the address is one for documentation (RFC 5737).
pub(crate) fn wrong_name(pki: &Pki) -> Made {
    named(pki, "server-wrong-name", &["other.test", "192.0.2.7"])
}

/// As an ingress shows it that has none for the host.
pub(crate) fn default_of_ingress(pki: &Pki) -> Made {
    leaf(pki, "server-default-certificate", |params| {
        params.subject_alt_names = vec![issue::dns_name("ingress.local")];
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(
            DnType::CommonName,
            "Kubernetes Ingress Controller Fake Certificate",
        );
    })
}

pub(crate) fn cn_only(pki: &Pki) -> Made {
    leaf(pki, "server-cn-only", |params| {
        params.subject_alt_names.clear()
    })
}

pub(crate) fn wildcard(pki: &Pki) -> Made {
    named(pki, "server-wildcard", &["*.lab.test"])
}

pub(crate) fn names_only(pki: &Pki) -> Made {
    named(pki, "server-names-only", &["localhost", "lab.test"])
}

pub(crate) fn address_as_name(pki: &Pki) -> Made {
    leaf(pki, "server-address-as-name", |params| {
        params.subject_alt_names = vec![issue::dns_name("127.0.0.1")];
    })
}

pub(crate) fn spiffe(pki: &Pki) -> Made {
    leaf(pki, "server-spiffe", |params| {
        let id = "spiffe://lab.test/vault";
        params.subject_alt_names = vec![SanType::URI(id.try_into().expect("it is ASCII"))];
    })
}

pub(crate) fn not_a_ca(pki: &Pki) -> Made {
    under(pki, "server-not-a-ca", |params| {
        params.is_ca = IsCa::ExplicitNoCa
    })
}

pub(crate) fn no_cert_sign(pki: &Pki) -> Made {
    under(pki, "server-no-cert-sign", |params| {
        params.key_usages = vec![KeyUsagePurpose::CrlSign];
    })
}

pub(crate) fn path_length(pki: &Pki) -> Made {
    let years = issue::years(pki.now);
    let none_below = |params: &mut CertificateParams| {
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    };
    let upper = issue::intermediate("a CA with none below it", years, &pki.root, none_below)?;
    let lower = issue::intermediate("the CA below it", years, &upper, issue::as_made)?;
    with_upper(pki.leaf("server-path-length"), &lower, &upper)
}

fn with_upper(leaf: Leaf, lower: &Authority, upper: &Authority) -> Made {
    let mut identity = leaf.below(lower)?;
    identity.chain.push(upper.der().clone());
    Ok(Arc::new(identity))
}

pub(crate) fn name_constraint(pki: &Pki) -> Made {
    under(pki, "server-name-constraint", |params| {
        params.name_constraints = Some(NameConstraints {
            permitted_subtrees: vec![GeneralSubtree::DnsName("example.com".to_owned())],
            excluded_subtrees: Vec::new(),
        });
    })
}

pub(crate) fn leaf_is_ca(pki: &Pki) -> Made {
    leaf(pki, "server-leaf-is-ca", |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    })
}

pub(crate) fn purpose(pki: &Pki) -> Made {
    leaf(pki, "server-purpose", |params| {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    })
}

pub(crate) fn key_usage(pki: &Pki) -> Made {
    leaf(pki, "server-key-usage", |params| {
        params.key_usages = vec![KeyUsagePurpose::KeyEncipherment];
    })
}

/// The extension is one of an arc for examples (RFC 5612).
pub(crate) fn critical_extension(pki: &Pki) -> Made {
    leaf(pki, "server-critical-extension", |params| {
        let arc = [1, 3, 6, 1, 4, 1, 32473, 1];
        let mut extension = CustomExtension::from_oid_content(&arc, vec![5, 0]);
        extension.set_criticality(true);
        params.custom_extensions.push(extension);
    })
}

pub(crate) fn unreadable(pki: &Pki) -> Made {
    chained(pki, "server-unreadable", |_| {
        vec![b"\x30\x03lab".to_vec().into()]
    })
}

/// Of X.509 version 2: the field says 1 in place of 2, and comes before the serial number.
pub(crate) fn old_version(pki: &Pki) -> Made {
    let identity = pki
        .leaf("server-old-version")
        .issued_by(&pki.intermediate)?;
    let [version_3, version_2] = [2, 1].map(|version| [0xa0, 3, 2, 1, version]);
    let old = der::replaced(&identity.chain[0], version_3, version_2);
    let chain = [
        der::signed_again(&old, pki.intermediate.key())?,
        pki.intermediate.der().clone(),
    ];
    Ok(Arc::new(identity.presenting(chain.to_vec())))
}
