//! `http2.reset`.

use crate::invoke::Interruption;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::http2;
use crate::verdict::diagnoses::http2::codes;
use crate::verdict::diagnoses::http2::codes::Scope;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "http2.reset",
    layer: Layer::Http2,
    certainty: Certainty::Proven,
    page: include_str!("reset.md"),
    prove: Prove::Run(prove),
    yields_to: &["credential.too-large"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let ended = http2::interruption(case)?;
    let Interruption::Reset {
        code,
        by_peer: true,
    } = ended.cause
    else {
        return None;
    };
    let mut facts = vec![format!("RST_STREAM with {}", codes::name(code))];
    facts.extend(http2::about_code(case, code));
    facts.push(http2::progress(ended.after));
    Some(Proof {
        side: Some(Side::Server),
        cause: match code {
            codes::HTTP_1_1_REQUIRED => format!(
                "{} is served over HTTP/1.1 only: the server reset the call with {}",
                case.called(),
                codes::name(code)
            ),
            _ => format!(
                "the server reset the call with {} and gave no status",
                codes::name(code)
            ),
        },
        evidence: facts,
        hint: http2::remedy(case, code, Scope::Stream),
    })
}
