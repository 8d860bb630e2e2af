//! `grpc.compression`.

use crate::evidence::Evidence;
use crate::invoke::WireFault;
use crate::status::StatusCode;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::grpc::fault;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::Reply;

pub const ROW: Diagnosis = Diagnosis {
    id: "grpc.compression",
    layer: Layer::Grpc,
    certainty: Certainty::Proven,
    page: include_str!("compression.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    refused_request(evidence).or_else(|| unreadable_answer(evidence))
}

fn unreadable_answer(evidence: &Evidence) -> Option<Proof> {
    let cause = fault(evidence, |fault| match fault {
        WireFault::UnknownEncoding { encoding: None } => {
            Some("the server sent a compressed message without naming its encoding".to_owned())
        }
        WireFault::UnknownEncoding {
            encoding: Some(encoding),
        } => Some(format!(
            "the server compressed a message with `{encoding}`, which was not offered"
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
        hint: "not yours to mend: the server, or a proxy in front of it, must answer in an encoding that the request lists".to_owned(),
    })
}

fn refused_request(evidence: &Evidence) -> Option<Proof> {
    let reply = Reply::from_server(evidence)?;
    if reply.status.code != StatusCode::UNIMPLEMENTED {
        return None;
    }
    let message = reply.status.message.to_lowercase();
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
