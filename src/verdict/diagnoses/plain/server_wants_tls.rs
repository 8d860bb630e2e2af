//! `plain.server-wants-tls`.

use crate::verdict::FollowUp;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::opening::Opening;
use crate::verdict::reading::opening::Shown;

pub const ROW: Diagnosis = Diagnosis {
    id: "plain.server-wants-tls",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("server_wants_tls.md"),
    prove: Prove::Connection(prove),
    needs,
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let first_bytes = unanswered_plaintext(connection)?;
    let shown = match Opening::of(first_bytes) {
        Opening::TlsAlert => {
            format!(
                "it answers plaintext with a TLS alert: {}",
                Shown(first_bytes)
            )
        }
        Opening::Tls => format!("it answers plaintext with TLS: {}", Shown(first_bytes)),
        opening @ (Opening::Silence | Opening::Http1)
            if connection.follow_ups.answers_tls == Some(true) =>
        {
            let to_plaintext = match opening {
                Opening::Silence => "not a byte came back to plaintext".to_owned(),
                _ => format!("to plaintext it says {}", Shown(first_bytes)),
            };
            format!("{to_plaintext}; a TLS hello on the same port is answered with TLS")
        }
        _ => return None,
    };
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "port {} speaks TLS, and it was dialled in plaintext",
            connection.asked.port
        ),
        evidence: vec![shown],
        hint: match connection.asked.target.starts_with("http://") {
            true => "write https:// in place of http://; add --cacert FILE if the server's CA is your own".to_owned(),
            false => "leave --plaintext away; add --cacert FILE if the server's CA is your own".to_owned(),
        },
    })
}

/// The first bytes of a peer that was dialled in plaintext and did not speak HTTP/2.
fn unanswered_plaintext<'a>(connection: &'a ConnectionCase<'_>) -> Option<&'a [u8]> {
    let handshake = connection.handshake.as_ref()?;
    let connected = handshake.address.is_some();
    let unanswered = handshake.plaintext && connected && handshake.http2.settings.is_none();
    unanswered.then_some(&handshake.first_bytes)
}

fn needs(connection: &ConnectionCase<'_>) -> Option<FollowUp> {
    let open = matches!(
        Opening::of(unanswered_plaintext(connection)?),
        Opening::Silence | Opening::Http1
    );
    (open && connection.follow_ups.answers_tls.is_none()).then_some(FollowUp::TlsHello)
}
