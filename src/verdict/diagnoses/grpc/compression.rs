//! `grpc.compression`.

use crate::invoke::WireFault;
use crate::peer_text::PeerText;
use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::grpc::fault;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "grpc.compression",
    layer: Layer::Grpc,
    certainty: Certainty::Proven,
    page: include_str!("compression.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    refused_request(case).or_else(|| unreadable_answer(case))
}

fn unreadable_answer(case: &Case<'_>) -> Option<Proof> {
    let cause = fault(case, |fault| match fault {
        WireFault::UnknownEncoding { encoding: None } => {
            Some("the server sent a compressed message without naming its encoding".to_owned())
        }
        WireFault::UnknownEncoding {
            encoding: Some(encoding),
        } => Some(format!(
            "the server compressed a message with `{}`, which was not offered",
            PeerText::from(encoding.as_str()).quoted(60)
        )),
        WireFault::CorruptCompression => {
            Some("the server sent a message in gzip that does not inflate".to_owned())
        }
        _ => None,
    })?;
    Some(Proof {
        side: Some(Side::Server),
        cause,
        evidence: vec!["offered in grpc-accept-encoding: identity, gzip".to_owned()],
        hint: "server-side problem: the server, or a proxy in front of it, must answer in an encoding that the request lists".to_owned(),
    })
}

fn refused_request(case: &Case<'_>) -> Option<Proof> {
    let reply = case.reply_of_server()?;
    if reply.status.code != StatusCode::UNIMPLEMENTED {
        return None;
    }
    let message = reply.status.message.for_judging().to_lowercase();
    let is_about = message.contains("grpc-encoding")
        || message.contains("decompressor")
        || (message.contains("compress") && message.contains("gzip"));
    is_about.then(|| Proof {
        side: None,
        cause: "the server cannot read a request compressed with gzip".to_owned(),
        evidence: reply
            .quoted()
            .into_iter()
            .chain(reply.header_line("grpc-accept-encoding"))
            .collect(),
        hint: "leave --compress out; or have the server's operator install gzip (Go: import google.golang.org/grpc/encoding/gzip)".to_owned(),
    })
}
