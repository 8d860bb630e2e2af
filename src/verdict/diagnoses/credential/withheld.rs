//! `credential.withheld`.

use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::caller;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.withheld",
    layer: Layer::Credential,
    certainty: Certainty::Warning,
    page: include_str!("withheld.md"),
    prove: Prove::Run(|case| {
        if !case.call.withheld {
            return None;
        }
        let what = match case.caller.credentials.first() {
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
    }),
    ..Diagnosis::BLANK
};
