//! `token.invalid-grant`.

use crate::authenticate::http::Purpose;
use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::token::failed_with;
use crate::verdict::diagnoses::token::told_by;

pub const ROW: Diagnosis = Diagnosis {
    id: "token.invalid-grant",
    layer: Layer::Credential,
    kind: Kind::Specific,
    meaning: "The authorization server knows the client, and does not accept what it came with: the refresh token is spent, expired, withdrawn or another client's; the user's name or password is wrong.",
    established: "The error code invalid_grant (RFC 6749 §5.2); the grant that was used stands beside it. The code covers both sides' mistakes, so none is blamed. A refresh token that rotates can be used once: a server that sees it twice withdraws the whole login (RFC 9700 §4.14.2).",
    mend: &[
        (
            "client",
            "refresh_token: log in anew and give the new refresh token; give each machine a login of its own. password: check --user and --password, and whether the account wants a second factor.",
        ),
        (
            "authorization server",
            "Its log has the reason: session not active, token reused, account locked. Keycloak says invalid_grant with HTTP 401 to a wrong password.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let failed = told_by(evidence, ROW.id)?;
    let refreshed = failed
        .exchange()
        .is_some_and(|exchange| exchange.purpose == Purpose::Refresh);
    let host = failed.host();
    Some(Proof {
        side: None,
        cause: failed_with(&failed),
        evidence: failed.facts(),
        hint: match (refreshed, failed.record.request.grant) {
            (true, _) => format!(
                "log in anew and give the new refresh token (--refresh-token SRC): this one is spent, expired, withdrawn or of another client; the log of {host} says which"
            ),
            (false, Some("password")) => format!(
                "check --user and --password; if they are right, ask whoever runs {host} whether the account is locked or wants a second factor"
            ),
            (false, _) => format!(
                "what the grant starts from is not accepted any more: get it anew; the log of {host} says why"
            ),
        },
    })
}
