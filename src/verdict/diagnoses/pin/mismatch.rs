//! `pin.mismatch`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::Pin;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "pin.mismatch",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("mismatch.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let leaf = connection.tls()?.chain.first()?;
    if !connection.misses_its_pins() {
        return None;
    }
    let pins = &connection.asked.pins;
    let mut lines: Vec<String> = pins
        .iter()
        .map(|pin| format!("pinned: {}", described(pin)))
        .collect();
    let presented = Pin::of_key(leaf)
        .into_iter()
        .chain([Pin::of_certificate(leaf)]);
    lines.extend(presented.map(|pin| format!("presented: {}", described(&pin))));
    lines.push(certificates::presented(connection, 0));
    Some(Proof {
        side: None,
        cause: match pins.as_slice() {
            [Pin::Certificate(_)] => {
                "the server's certificate is not the one that is pinned".to_owned()
            }
            [_] => "the key of the server's certificate is not the one that is pinned".to_owned(),
            _ => "the server's certificate fits none of the pins".to_owned(),
        },
        evidence: lines,
        hint: format!(
            "ask the operator of {} whether it has a new key or certificate, and pin that one if so; if not, somebody else answers in its place",
            connection.asked.host
        ),
    })
}

fn described(pin: &Pin) -> String {
    match pin {
        Pin::Spki(_) => format!("key {pin}"),
        Pin::Certificate(_) => format!("certificate {pin}"),
    }
}
