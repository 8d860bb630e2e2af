use crate::connect::proxy::Refusal;
use crate::peer_text::PeerText;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::proxy;
use crate::verdict::diagnoses::proxy::socks;

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
    let sent = connection.proxy_credentials;
    let (lines, is_spoken) = match refusal {
        Refusal::Status {
            status: 407,
            reason,
            challenges,
            origin,
        } => {
            let answered = proxy::answer(407, reason);
            let mut lines = vec![line(connection, &answered)];
            lines.extend(
                challenges
                    .iter()
                    .map(|challenge| format!("proxy-authenticate: {challenge}")),
            );
            lines.extend(origin.iter().map(ToString::to_string));
            (lines, speaks_basic(challenges))
        }
        Refusal::SocksLogin => (
            vec!["the proxy rejected user and password (RFC 1929)".to_owned()],
            true,
        ),
        Refusal::SocksMethod { method } => {
            let offered = match sent {
                true => "no authentication, user and password",
                false => "no authentication",
            };
            let wanted = socks::method(*method);
            let lines = vec![
                format!("offered: {offered}"),
                format!("the proxy chose: {wanted}"),
            ];
            (lines, !sent)
        }
        _ => return None,
    };
    Some(Proof {
        side: Some(Side::Client),
        cause: match (sent, refusal) {
            (true, Refusal::SocksMethod { .. }) => {
                format!("the proxy {name} accepts neither a user and password nor a client without")
            }
            (true, _) => format!("the proxy {name} rejects the user and password that it was given"),
            (false, _) => format!("the proxy {name} requires a user and password, and was given none"),
        },
        evidence: lines,
        hint: match (is_spoken, sent, refusal) {
            (false, _, Refusal::SocksMethod { .. }) => "the proxy requires another method, GSSAPI for one, and only user and password are supported: put a local proxy between that supports it, or name the target in NO_PROXY".to_owned(),
            (false, ..) => "the proxy does not accept Basic, the only scheme that is supported: put a local proxy between that supports its scheme (cntlm, px), or name the target in NO_PROXY".to_owned(),
            (true, false, _) => "give them: --proxy-user NAME --proxy-password env:NAME".to_owned(),
            (true, true, _) => "check --proxy-user and --proxy-password, or the URL in HTTPS_PROXY".to_owned(),
        },
    })
}

fn line(connection: &ConnectionCase<'_>, answered: &str) -> String {
    let asked = proxy::origin(connection);
    format!("the proxy answered CONNECT {asked}: {answered}")
}

fn speaks_basic(challenges: &[PeerText]) -> bool {
    let is_basic = |challenge: &PeerText| {
        let challenge = challenge.for_judging().to_ascii_lowercase();
        challenge.starts_with("basic")
    };
    challenges.is_empty() || challenges.iter().any(is_basic)
}
