//! `credential.withheld`.

use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::caller;

pub const ROW: Diagnosis = Diagnosis {
    id: "credential.withheld",
    layer: Layer::Credential,
    kind: Kind::Warning,
    meaning: "With --insecure the connection went on although the server's certificate was refused; the credential stayed here, for whoever answers there could keep it. The call went without it.",
    established: "The certificate's verdict on this connection, under --insecure, to a server that is not on this machine.",
    mend: &[
        (
            "client",
            "Name the CA with --cacert FILE, or the name in the certificate with --servername NAME, and leave --insecure out. --allow-unverified-credentials sends the credential to whoever answers.",
        ),
        ("server", "Serve a certificate that the clients can verify."),
    ],
    prove: |evidence| {
        if !evidence.caller.withheld {
            return None;
        }
        let what = match evidence.caller.credentials.first() {
            Some(credential) => {
                format!("{} from {}", caller::noun(credential), credential.source)
            }
            None => "credential among the metadata".to_owned(),
        };
        Some(Proof {
            side: Some(Side::Client),
            cause: format!("the {what} was not sent: the server's certificate is not verified"),
            evidence: vec!["--insecure goes on without verification, and without the credential".to_owned()],
            hint: "name the CA with --cacert FILE in place of --insecure; --allow-unverified-credentials sends the credential to whoever answers".to_owned(),
        })
    },
    needs: nothing,
};
