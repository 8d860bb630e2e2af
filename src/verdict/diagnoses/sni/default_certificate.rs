//! `sni.default-certificate`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::verdict::reading::known_certificates;
use crate::verdict::reading::names;

pub(in crate::verdict::diagnoses) const ROW: Diagnosis = Diagnosis {
    id: "sni.default-certificate",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("default_certificate.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let is_refused = connection.no_path().is_some() || connection.misfit().is_some();
    let leaf = connection.leaf().filter(|_| is_refused)?;
    let known = known_certificates::default(leaf)?;
    let asked = names::asked_name(connection);
    let mut lines = vec![
        format!("name asked for: {asked}"),
        certificates::presented_names(leaf),
        certificates::presented(connection, 0),
    ];
    if connection.no_path().is_some() {
        lines.push(certificates::trusted(connection));
    }
    Some(Proof {
        side: known.side,
        cause: format!("the server presented {}", known.what),
        evidence: lines,
        hint: known.fix.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::handshakes::*;
    use crate::verdict::diagnoses::tests::*;
    use crate::x509::test_pki::*;

    #[test]
    fn a_default_of_a_product_is_named_with_its_own_fix() {
        for (cn, names, fix) in [
            (
                "Kubernetes Ingress Controller Fake Certificate",
                &["ingress.local"][..],
                "secretName",
            ),
            (
                "TRAEFIK DEFAULT CERT",
                &["a.traefik.default"],
                "certResolver",
            ),
            ("kube-apiserver", &["kubernetes.default.svc"], "kubeconfig"),
            (
                "minikube",
                &["control-plane.minikube.internal"],
                "~/.minikube/ca.crt",
            ),
            ("Plesk", &[], "Hosting Settings"),
            ("www.snakeoil.dom", &[], "sample certificate"),
        ] {
            let alone = self_signed(names, |params| params.distinguished_name = common_name(cn));
            let root = Authority::root("root", plain);
            let evidence = presented(&[&alone], &[&root.der], HOST);
            assert_eq!(proven(&evidence), ["sni.default-certificate"], "{cn}");
            let found = finding(&evidence, "sni.default-certificate");
            assert!(found.hint.contains(fix), "{}", found.hint);
            assert!(!found.hint.contains("--servername"), "{}", found.hint);
            // A caller who trusts it and means it.
            let named = self_signed(&[HOST, "kubernetes.default.svc"], |params| {
                params.distinguished_name = common_name(cn);
            });
            let trusted = presented(&[&named], &[&named], HOST);
            assert_eq!(proven(&trusted), Vec::<&str>::new(), "{cn}");
        }
        let root = Authority::root("cert-manager.local", plain);
        let leaf = root.leaf(&[HOST], plain);
        let evidence = presented(&[&leaf], &[&Authority::root("root", plain).der], HOST);
        assert_eq!(proven(&evidence), ["sni.default-certificate"]);
    }

    #[test]
    fn a_name_that_only_looks_like_a_default_is_none() {
        let root = Authority::root("root", plain);
        for cn in [
            "nginx",
            "kubernetes",
            "traefik.example.com",
            "plesk.example.com",
        ] {
            let leaf = root.leaf(&["other.test"], |params| {
                params.distinguished_name = common_name(cn);
            });
            let evidence = presented(&[&leaf], &[&root.der], HOST);
            assert_eq!(proven(&evidence), ["name.mismatch"], "{cn}");
        }
    }
}
