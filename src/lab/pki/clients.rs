//! The lab's client certificates: two good ones, and those that servers refuse.

use rcgen::Error;
use rcgen::ExtendedKeyUsagePurpose;
use rcgen::KeyPair;

use super::Identity;
use super::Leaf;
use super::Pki;
use super::issue;

/// Every client's.
pub(super) fn all(pki: &Pki) -> Result<Vec<Identity>, Error> {
    let current = issue::quarter(pki.now);
    let viewer = |file, validity| Leaf::client(file, "viewer", validity);
    let chained = |leaf: Leaf| leaf.below(&pki.intermediate);
    Ok(vec![
        chained(viewer("client-viewer", current))?,
        chained(Leaf::client("client-admin", "admin", current))?,
        chained(viewer("client-expired", issue::past(pki.now)))?,
        chained(viewer("client-not-yet-valid", issue::future(pki.now)))?,
        chained(viewer("client-for-servers", current).with(|params| {
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        }))?,
        viewer("client-without-intermediate", current).issued_by(&pki.intermediate)?,
        viewer("client-other-ca", current).issued_by(&pki.other_root)?,
        viewer("client-ed25519", current)
            .for_key(
                KeyPair::generate_for(&rcgen::PKCS_ED25519)?,
                &pki.intermediate,
            )
            .map(|identity| {
                let chain = [identity.chain[0].clone(), pki.intermediate.der().clone()];
                identity.presenting(chain.to_vec())
            })?,
    ])
}
