//! `token.refresh-refused`.

use crate::authenticate::http::Purpose;
use crate::verdict::Layer;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::fetch;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.refresh-refused",
    layer: Layer::Credential,
    certainty: Certainty::Warning,
    page: include_str!("refresh_refused.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (record, refused) = case
        .caller
        .fetches()
        .find_map(|record| Some((record, record.refresh_refused.as_ref()?)))?;
    let asked = record
        .exchanges
        .iter()
        .find(|exchange| exchange.purpose == Purpose::Refresh);
    let place = asked.map_or("the endpoint", |exchange| exchange.url.as_str());
    let status = asked
        .and_then(|exchange| exchange.head())
        .map_or_else(String::new, |head| format!(" (HTTP {})", head.status));
    Some(Proof {
        side: None,
        cause: format!(
            "the refresh token that was kept is not accepted by {place}: {}{status}; the token was asked for anew",
            refused.word().quoted(60)
        ),
        evidence: fetch::said(refused),
        hint: "if this comes with every run, look for who else uses this login".to_owned(),
    })
}
