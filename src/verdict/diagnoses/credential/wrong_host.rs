//! `credential.wrong-host`.

use crate::evidence::Refusal;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub const ROW: Diagnosis = Diagnosis {
    id: "credential.wrong-host",
    layer: Layer::Credential,
    kind: Kind::Specific,
    meaning: "A profile's credential was to go to a host that the profile is not bound to. Whoever runs that host could have used it elsewhere. It was refused here, before the first byte; the server was not dialled.",
    established: "From the command line and the profile alone: the host and port of TARGET are held against the profile's `hosts`, or against its `target` where it has none. Names are compared label by label, `*.` in front stands for one label; --authority, --servername and --resolve change nothing in it.",
    mend: &[(
        "client",
        "If the host may have the credential, add it to `hosts` in the profile. If not, give another credential by flag, name another profile with -P, or say --auth none.",
    )],
    prove: |evidence| {
        let Refusal::WrongHost {
            what,
            profile,
            place,
            target,
            hosts,
        } = evidence.refusal.as_ref()?
        else {
            return None;
        };
        let hosts = match hosts.as_slice() {
            [] => "no host".to_owned(),
            hosts => hosts.join(", "),
        };
        let instead = match what.contains("certificate") {
            true => "give another with --cert FILE",
            false => "give the credential by flag, or say --auth none",
        };
        Some(Proof {
            side: Some(Side::Client),
            cause: format!(
                "refusing to send {what} of the profile `{profile}` to {target}: the profile is bound to {hosts}"
            ),
            evidence: vec![
                format!("the profile is at {place}"),
                "nothing was sent".to_owned(),
            ],
            hint: format!(
                "if that host may have it, add \"{target}\" to its `hosts`; if not, {instead}"
            ),
        })
    },
    needs: nothing,
};
