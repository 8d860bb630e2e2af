//! Keys that are fetched before a token is held against them.

use crate::authenticate::jwks;
use crate::authenticate::jwks::KeysAt;
use crate::authenticate::jwks::NoKeys;
use crate::evidence::Aim;
use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Evidence;
use crate::evidence::Refusal;
use crate::exit_status::ExitStatus;
use crate::jwt::Keys;
use crate::plan::token::KeySource;
use crate::plan::token::LookPlan;
use crate::plan::token::fetching::FetchPlan;
use crate::report::Reporter;
use crate::session::watched;

/// The keys to hold the token against, if any.
///
/// # Errors
/// They could not be had: the evidence, and the exit status.
pub fn keys(
    plan: &mut LookPlan,
    reporter: &Reporter,
) -> Result<Option<Keys>, (Box<Evidence>, ExitStatus)> {
    let fetching = match &plan.keys {
        None => return Ok(None),
        Some(KeySource::Given(keys)) => return Ok(Some(keys.clone())),
        Some(KeySource::Fetched(fetching)) => fetching,
    };
    if let Some(secret) = &fetching.secret {
        reporter.learn(secret);
    }
    let mut fetched = None;
    let status = watched::block_on(async {
        fetched = Some(jwks::fetch(&fetching.settings, &fetching.at).await);
        ExitStatus::Success
    });
    let Some(fetched) = fetched else {
        // A signal came first.
        let refusal = usage("the keys were not fetched", "try again");
        return Err((refused(fetching, refusal), status));
    };
    let read = fetched.map(|text| fetching.read(&text));
    match read {
        Ok(Ok((keys, notices))) => {
            plan.notices.extend(notices);
            Ok(Some(keys))
        }
        Ok(Err(refusal)) => Err((refused(fetching, refusal), ExitStatus::Usage)),
        Err(NoKeys::Unobtained(why)) => {
            let refusal = usage(
                &format!("the keys could not be had from {why}"),
                "give the JWK Set as a file with --jwks FILE, or look at the URL",
            );
            Err((refused(fetching, refusal), ExitStatus::NoStatus))
        }
        Err(NoKeys::NoConnection(handshake)) => {
            let mut evidence = evidence(fetching);
            evidence.connection_mut().handshake = Some(*handshake);
            Err((evidence, ExitStatus::NoStatus))
        }
    }
}

fn usage(what: &str, hint: &str) -> Refusal {
    Refusal::Usage {
        what: what.to_owned(),
        hint: hint.to_owned(),
    }
}

fn refused(fetching: &FetchPlan, refusal: Refusal) -> Box<Evidence> {
    let mut evidence = evidence(fetching);
    evidence.refusal = Some(refusal);
    evidence
}

/// What the fetching of keys was to find out: a handshake like any other.
fn evidence(fetching: &FetchPlan) -> Box<Evidence> {
    let (KeysAt::Url(url) | KeysAt::Issuer { url, .. }) = &fetching.at;
    let asked = Asked {
        aim: Aim::Handshake,
        ..Asked::default()
    };
    let to = AskedConnection {
        target: url.authority().to_owned(),
        host: url.host().to_owned(),
        port: url.port(),
        authority: url.authority().to_owned(),
        plaintext: !url.is_https(),
        loopback: url.is_loopback(),
        connect_timeout: fetching.settings.time_limit,
        ..AskedConnection::default()
    };
    let mut evidence = Evidence::new(fetching.settings.clock, asked, to);
    evidence.connection_mut().trust = Some(fetching.trust.clone());
    Box::new(evidence)
}
