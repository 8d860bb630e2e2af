//! `time.expires-soon`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::verdict::reading::moment::rfc3339;
use crate::x509::Facts;
use crate::x509::lint::Lint;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "time.expires-soon",
    layer: Layer::Tls,
    certainty: Certainty::Warning,
    page: include_str!("expires_soon.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let mut soon: Vec<Ending> = connection
        .lints()
        .iter()
        .filter_map(|lint| Ending::of(connection, lint))
        .collect();
    soon.sort_by_key(|ending| ending.days);
    let first = soon.first()?;
    Some(Proof {
        side: Some(first.side),
        cause: format!("{} expires in {}", first.what, days(first.days)),
        evidence: soon
            .iter()
            .map(|ending| format!("{}; {}", ending.which, ending.until))
            .collect(),
        hint: match first.side {
            Side::Client => "get the CA's renewed certificate for your --cacert file".to_owned(),
            _ => format!(
                "ask the operator of {} to renew it before that (--warn-days {} is the limit here)",
                connection.asked.host, connection.asked.warn_days
            ),
        },
    })
}

fn days(days: i64) -> String {
    match days {
        0 => "less than a day".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// A certificate that ends soon.
struct Ending {
    days: i64,
    what: String,
    which: String,
    until: String,
    side: Side,
}

impl Ending {
    fn of(connection: &ConnectionCase<'_>, lint: &Lint) -> Option<Self> {
        let until = |facts: &Facts| format!("not after {}", rfc3339(facts.not_after));
        match lint {
            Lint::ExpiresSoon { index, days } => Some(Self {
                days: *days,
                what: certificates::short(*index),
                which: certificates::presented(connection, *index),
                until: until(connection.chain().get(*index)?.as_ref().ok()?),
                side: Side::Server,
            }),
            Lint::RootExpiresSoon { anchor, days } => {
                let der = &connection.anchors().anchors().get(*anchor)?.der;
                let facts = Facts::read(der).ok()?;
                Some(Self {
                    days: *days,
                    what: format!("the trusted root {}", certificates::named(&facts.subject)),
                    which: certificates::anchor(connection, *anchor),
                    until: until(&facts),
                    side: Side::Client,
                })
            }
            _ => None,
        }
    }
}
