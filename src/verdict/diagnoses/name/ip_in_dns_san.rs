//! `name.ip-in-dns-san`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::name;
use crate::verdict::diagnoses::name::Misfit;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;

pub const ROW: Diagnosis = Diagnosis {
    id: "name.ip-in-dns-san",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The certificate has the address, but written as a DNS name, where no address is looked for \
        (RFC 9525 §6.4). gRPC in Python and C++ takes it all the same.",
    established: "The asked name is an address, and a DNS entry of the subject alternative names reads the \
        same, but no IP entry does.",
    mend: &[
        (
            "server",
            "Issue it again with `subjectAltName=IP:127.0.0.1` in place of `DNS:127.0.0.1`.",
        ),
        (
            "Go",
            "`IPAddresses: []net.IP{net.ParseIP(\"127.0.0.1\")}`, not `DNSNames`.",
        ),
        ("cert-manager", "`spec.ipAddresses`, not `spec.dnsNames`."),
        (
            "client",
            "Dial by a real DNS name of the certificate, or say it with `--servername NAME`.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (leaf, Misfit::IpInDnsName) = name::misfit(evidence)? else {
        return None;
    };
    let asked = certificates::asked_name(evidence);
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server's certificate has {asked} as a DNS name, where an address does not count"
        ),
        evidence: name::clash(evidence, leaf),
        hint: format!(
            "ask whoever runs the server to have it issued again with `subjectAltName=IP:{asked}`"
        ),
    })
}
