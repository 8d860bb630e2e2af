//! `file.descriptor-set`.

use std::path::Path;

use crate::describe::NotDescribed;
use crate::evidence::Description;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

/// A source rather than a set, by its name.
fn is_source(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "proto")
}

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "file.descriptor-set",
    layer: Layer::Input,
    certainty: Certainty::Proven,
    page: include_str!("descriptor_set.md"),
    prove: Prove::Run(|case| {
        let Description::Failed(NotDescribed::BadFile { path, what }) = &case.call.description
        else {
            return None;
        };
        Some(Proof {
            side: Some(Side::Client),
            cause: if is_source(path) {
                format!("--proto {}: {what}", path.display())
            } else {
                format!("--protoset {}: {what}", path.display())
            },
            evidence: Vec::new(),
            hint: if is_source(path) {
                "fix the source; imports are looked up below each --import-path DIR".to_owned()
            } else {
                "write it anew: protoc -I DIR --include_imports --descriptor_set_out=api.protoset FILE.proto, or buf build -o api.binpb".to_owned()
            },
        })
    }),
    ..Diagnosis::BLANK
};
