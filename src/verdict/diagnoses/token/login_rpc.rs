//! `token.login-rpc`.

use crate::authenticate::token_fault::RpcFault;
use crate::authenticate::token_fault::TokenFault;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::status::Status;
use crate::status::StatusCode;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::told_by;
use crate::verdict::reading::fetch::Failed;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.login-rpc",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("login_rpc.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let TokenFault::Rpc(fault) = failed.fault else {
        return None;
    };
    let login = &failed.unobtained.source;
    let called = called(&failed);
    Some(match &**fault {
        RpcFault::NotCallable { why } => Proof {
            side: Some(Side::Client),
            cause: format!("the login {login} could not be made: {why}"),
            evidence: called,
            hint: "check --login-rpc and --login-data; `grpcauth describe TARGET METHOD --template` shows what the method takes".to_owned(),
        },
        RpcFault::Plaintext => Proof {
            side: Some(Side::Client),
            cause: format!(
                "the login {login} is plaintext: everybody on the way could read the password"
            ),
            evidence: vec!["nothing was sent".to_owned()],
            hint: "use TLS, or say --allow-plaintext-credentials".to_owned(),
        },
        RpcFault::Refused(answer) => refused(login, answer, called),
        RpcFault::NoConnection | RpcFault::NotInAnswer { .. } => return None,
    })
}

fn refused(login: &str, answer: &Answer, mut facts: Vec<String>) -> Proof {
    let Ended::Status { status, .. } = &answer.outcome else {
        return Proof {
            side: None,
            cause: format!("the login {login} ended without a status"),
            evidence: facts,
            hint: "try again; if it stays so, ask the operator of the server".to_owned(),
        };
    };
    if status.code == StatusCode::OK {
        facts.push("the status is OK, and no message came".to_owned());
    }
    Proof {
        side: side(status),
        cause: format!(
            "the login {login} was refused: {} \"{}\"",
            status.code.name(),
            status.message.quoted(300)
        ),
        evidence: facts,
        hint: match status.code {
            StatusCode::UNAUTHENTICATED | StatusCode::PERMISSION_DENIED => {
                "check the user's name and password; if they are right, the method itself may want a credential, which a login must not"
            }
            StatusCode::INVALID_ARGUMENT => {
                "check name and password, and --login-data against what the method takes"
            }
            StatusCode::UNIMPLEMENTED => "check --login-rpc: the server has no such method",
            _ => "do as the status says; the server's log has the reason",
        }
        .to_owned(),
    }
}

fn side(status: &Status) -> Option<Side> {
    match status.code {
        StatusCode::UNAUTHENTICATED
        | StatusCode::PERMISSION_DENIED
        | StatusCode::INVALID_ARGUMENT
        | StatusCode::UNIMPLEMENTED => Some(Side::Client),
        StatusCode::UNAVAILABLE | StatusCode::INTERNAL => Some(Side::AuthorizationServer),
        _ => None,
    }
}

/// What was called, and how far the connection came.
fn called(failed: &Failed<'_>) -> Vec<String> {
    let Some(call) = failed.record.calls.last() else {
        return Vec::new();
    };
    vec![format!(
        "{} was called at {}, without a credential; the connection reached: {}",
        call.method,
        call.target,
        call.handshake.reached.word()
    )]
}
