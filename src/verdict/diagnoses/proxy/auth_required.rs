use crate::connect::proxy::Refusal;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::proxy;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "proxy.auth-required",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("auth_required.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (name, refusal) = proxy::refusal(connection)?;
    let Refusal::Status {
        status: 407,
        reason,
        challenges,
        origin,
    } = refusal
    else {
        return None;
    };
    let sent = connection.proxy_credentials;
    let mut lines = vec![format!(
        "the proxy answered CONNECT {}: {}",
        proxy::origin(connection),
        proxy::answer(407, reason)
    )];
    lines.extend(
        challenges
            .iter()
            .map(|challenge| format!("proxy-authenticate: {}", challenge)),
    );
    lines.extend(origin.iter().map(ToString::to_string));
    let speaks_basic = challenges.is_empty()
        || challenges.iter().any(|challenge| {
            challenge
                .for_judging()
                .to_ascii_lowercase()
                .starts_with("basic")
        });
    Some(Proof {
        side: Some(Side::Client),
        cause: match sent {
            true => format!("the proxy {name} does not take the user and password that it was given"),
            false => format!("the proxy {name} wants a user and password, and was given none"),
        },
        evidence: lines,
        hint: match (speaks_basic, sent) {
            (false, _) => "the proxy does not take Basic, which is all that is spoken here: put a local proxy between that speaks its scheme (cntlm, px), or name the target in NO_PROXY".to_owned(),
            (true, false) => "give them: --proxy-user NAME --proxy-password env:NAME".to_owned(),
            (true, true) => "check --proxy-user and --proxy-password, or the URL in HTTPS_PROXY".to_owned(),
        },
    })
}
