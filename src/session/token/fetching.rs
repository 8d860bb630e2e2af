//! Keys that are fetched before a token is verified with them.

use crate::authenticate::jwks;
use crate::authenticate::jwks::KeysAt;
use crate::authenticate::jwks::NoKeys;
use crate::connect::HandshakeReport;
use crate::evidence::AskedConnection;
use crate::evidence::ConnectionEvidence;
use crate::evidence::Refusal;
use crate::exit_status::ExitStatus;
use crate::jwt::Keys;
use crate::plan::token::KeySource;
use crate::plan::token::LookPlan;
use crate::plan::token::fetching::FetchPlan;
use crate::session::token;
use crate::session::watched;
use crate::verdict;
use crate::verdict::Verdict;

/// The keys to hold the token against, if any.
///
/// # Errors
/// They could not be obtained: the verdict, and the exit status.
pub(super) fn keys(plan: &mut LookPlan) -> Result<Option<Keys>, Box<(Verdict, ExitStatus)>> {
    let fetching = match &plan.keys {
        None => return Ok(None),
        Some(KeySource::Given(keys)) => return Ok(Some(keys.clone())),
        Some(KeySource::Fetched(fetching)) => fetching,
    };
    let mut fetched = None;
    let status = watched::block_on(async {
        fetched = Some(jwks::fetch(&fetching.settings, &fetching.at).await);
        ExitStatus::Success
    });
    let Some(fetched) = fetched else {
        // A signal came first.
        let refusal = usage("the keys were not fetched", "try again");
        return Err(refused(refusal, status));
    };
    let read = fetched.map(|text| fetching.read(&text));
    match read {
        Ok(Ok((keys, notices))) => {
            plan.notices.extend(notices);
            Ok(Some(keys))
        }
        Ok(Err(refusal)) => Err(refused(refusal, ExitStatus::Usage)),
        Err(NoKeys::Unobtained(why)) => {
            let refusal = usage(
                &format!("the keys could not be obtained from {why}"),
                "give the JWK Set as a file with --jwks FILE, or look at the URL",
            );
            Err(refused(refusal, ExitStatus::NoStatus))
        }
        Err(NoKeys::NoConnection(handshake)) => {
            let verdict = verdict::judge_connection(&connection(fetching, *handshake));
            Err(Box::new((verdict, ExitStatus::NoStatus)))
        }
    }
}

fn usage(what: &str, hint: &str) -> Refusal {
    Refusal::Usage {
        what: what.to_owned(),
        hint: hint.to_owned(),
    }
}

fn refused(refusal: Refusal, status: ExitStatus) -> Box<(Verdict, ExitStatus)> {
    Box::new((token::verdict_on(refusal), status))
}

/// What is known of the connection that the keys were to come over.
fn connection(fetching: &FetchPlan, handshake: HandshakeReport) -> ConnectionEvidence {
    let (KeysAt::Url(url) | KeysAt::Issuer { url, .. }) = &fetching.at;
    let asked = AskedConnection {
        target: url.authority().to_owned(),
        host: url.host().to_owned(),
        port: url.port(),
        authority: url.authority().to_owned(),
        plaintext: !url.is_https(),
        connect_timeout: fetching.settings.time_limit,
        ..AskedConnection::default()
    };
    ConnectionEvidence {
        trust: Some(fetching.trust.clone()),
        handshake: Some(handshake),
        ..ConnectionEvidence::new(fetching.settings.clock, asked)
    }
}
