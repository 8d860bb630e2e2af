//! `token.endpoint-unreachable`.

use crate::authenticate::http::Exchange;
use crate::authenticate::http::HttpOutcome;
use crate::verdict::Layer;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::connection;
use crate::verdict::diagnoses::token::told_by;
use crate::verdict::reading::fetch::Failed;
use crate::verdict::reading::moment::spent;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.endpoint-unreachable",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("endpoint_unreachable.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    if let Some(exchange) = failed.exchange()
        && matches!(exchange.outcome, HttpOutcome::Late)
    {
        return Some(late(&failed, exchange));
    }
    let finding = connection::finding(case, &failed);
    let mut facts = Vec::new();
    if let Some(finding) = &finding {
        facts.extend(finding.evidence.clone());
        facts.push(format!("as {} of a target", finding.id));
    }
    let (host, port) = failed.address()?;
    Some(Proof {
        side: finding.as_ref().and_then(|finding| finding.side),
        cause: match &finding {
            Some(finding) => format!("{} could not be made: {}", failed.request(), finding.cause),
            None => format!("{} could not be made: no connection", failed.request()),
        },
        evidence: facts,
        hint: match finding {
            Some(finding) if is_general(finding.id) => finding.hint,
            _ => format!(
                "check host and port of the URL, and whether this machine may reach {host} port {port} (firewall, --proxy); then ask the operator of {host}"
            ),
        },
    })
}

/// Whether the fix for a target is the fix for an endpoint too: it names no flag of the target's.
fn is_general(id: &str) -> bool {
    matches!(
        id,
        "net.name-not-found" | "net.name-temporary" | "net.refused" | "net.unreachable"
    ) || id.starts_with("proxy.")
}

fn late(failed: &Failed<'_>, exchange: &Exchange) -> Proof {
    let waited = spent(exchange.took);
    let mut facts: Vec<String> = failed.sent().into_iter().collect();
    if let Some(handshake) = &exchange.handshake {
        facts.push(format!(
            "the connection stood; {} bytes had been received",
            handshake.bytes_received
        ));
    }
    Proof {
        side: None,
        cause: format!("{} was not answered within {waited}", failed.request()),
        evidence: facts,
        hint: format!(
            "try again; if it stays so, ask the operator of {} what it waits for, and check that the URL is its token endpoint",
            exchange.host
        ),
    }
}
