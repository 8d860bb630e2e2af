//! Answers that do not come, or not in time.

use super::Fault;
use super::fault;
use super::script::Script;
use super::script::Step;
use super::script::head;
use super::script::written;

pub(super) const FAULTS: &[Fault] = &[
    fault("silent", "no answer, ever", |_| Script(vec![Step::Silence])),
    fault(
        "silent-after-head",
        "the head of a good answer, then nothing",
        |exchange| {
            let good = exchange.good();
            let head = head(&good, Some(good.body().len() as u64));
            Script(vec![Step::Send(head), Step::Silence])
        },
    ),
    fault("drip", "a good answer, ten bytes a second", |exchange| {
        Script(vec![Step::Drip(written(&exchange.good()))])
    }),
    fault(
        "drip-body",
        "a head at once, and a body of ten bytes a second",
        |exchange| {
            let good = exchange.good();
            let head = head(&good, Some(good.body().len() as u64));
            Script(vec![Step::Send(head), Step::Drip(good.into_body())])
        },
    ),
    fault("closed", "the connection is closed without a word", |_| {
        Script(Vec::new())
    }),
];
