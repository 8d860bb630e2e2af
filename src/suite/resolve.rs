//! From a document to a [`Suite`]: names are looked up, and what cannot be meant is refused.

mod identities;
mod lines;
mod rows;
mod targets;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::status::StatusCode;
use crate::suite::document::CallPolicyWord;
use crate::suite::document::CoverageTable;
use crate::suite::document::Retry;
use crate::suite::document::StatusWord;
use crate::suite::document::SuiteDocument;
use crate::suite::document::located::Located;
use crate::suite::document::located::Several;
use crate::suite::model::Coverage;
use crate::suite::model::Identity;
use crate::suite::model::RetryPolicy;
use crate::suite::model::Suite;
use crate::suite::model::Target;
use crate::suite::pattern::Pattern;
use crate::suite::source::Fault;
use crate::suite::source::Place;
use crate::text::escape;
use crate::verdict::Expectation;
use crate::verdict::expectation::Expected;

const VERSION: u32 = 1;

/// The pause before a call is made again, where nothing is said.
const BACKOFF: std::time::Duration = std::time::Duration::from_millis(200);

/// Resolves a document; `name`: what the suite is called where it does not say so.
pub(crate) fn suite(mut document: SuiteDocument, name: &str) -> Result<Suite, Fault> {
    if document.version.value != VERSION {
        return Err(Fault::new(
            &document.version.at,
            format!("version {} is unknown", document.version.value),
            "write version = 1, or use a newer grpcauth",
        ));
    }
    let identities = identities::resolve(&document.identity)?;
    let targets = targets::resolve(&mut document, &identities)?;
    let names = Names {
        targets: &targets,
        identities: &identities,
    };
    let rows = rows::resolve(&document, &names)?;
    let waivers = lines::waivers(&document.waiver, &names)?;
    let probes = lines::probes(&document.probe, &names)?;
    let retry = document.defaults.retry.as_ref().map(retry).transpose()?;
    Ok(Suite {
        name: document.name.unwrap_or_else(|| name.to_owned()),
        rows,
        deadline: document.defaults.deadline.map(|time| time.0),
        retry,
        coverage: document.coverage.as_ref().map(coverage).transpose()?,
        waivers,
        probes,
        targets,
        identities,
    })
}

impl Suite {
    /// Without a file: no method of a target may be reached without a credential, but for those that are `public`.
    pub(crate) fn of_target(
        address: &str,
        call: CallPolicyWord,
        public: &[String],
    ) -> Result<Self, Fault> {
        let nowhere = |value| Located { at: 0..0, value };
        let target = targets::of_address(address)?;
        let public: Vec<_> = public.iter().map(|text| nowhere(text.clone())).collect();
        let unlisted = Located {
            at: 0..0,
            value: Expectation::of(vec![Expected::Denied]),
        };
        Ok(Self {
            name: address.to_owned(),
            targets: vec![target],
            identities: identities::resolve(&BTreeMap::new())?,
            rows: Vec::new(),
            deadline: None,
            retry: None,
            coverage: Some(Coverage {
                all_methods: None,
                unlisted,
                call,
                public: patterns(&public)?,
                ignore: Vec::new(),
            }),
            waivers: Vec::new(),
            probes: Vec::new(),
        })
    }
}

/// What names refer to.
struct Names<'a> {
    targets: &'a [Target],
    identities: &'a [Identity],
}

impl Names<'_> {
    fn identity(&self, name: &Located<String>) -> Result<usize, Fault> {
        identity(self.identities, name)
    }

    /// The target that is named; the only one where none is.
    fn target(&self, name: Option<&Located<String>>, of: &Place) -> Result<usize, Fault> {
        let known: Vec<&str> = self
            .targets
            .iter()
            .map(|target| target.name.as_str())
            .collect();
        match name {
            None if self.targets.len() == 1 => Ok(0),
            None => Err(Fault::new(
                of,
                "the suite has several targets, and this names none",
                format!("add target = \"NAME\": {}", known.join(", ")),
            )),
            Some(name) => known
                .iter()
                .position(|known| *known == name.value)
                .ok_or_else(|| {
                    let what = format!("there is no [target.{}]", escape(name));
                    Fault::unknown(&name.at, what, name, &known)
                }),
        }
    }
}

fn identity(identities: &[Identity], name: &Located<String>) -> Result<usize, Fault> {
    let position = identities
        .iter()
        .position(|identity| identity.name == name.value);
    position.ok_or_else(|| {
        let known: Vec<&str> = identities.iter().map(|own| own.name.as_str()).collect();
        let what = format!("there is no identity `{}`", escape(name));
        Fault::unknown(&name.at, what, name, &known)
    })
}

fn codes(words: Option<&Located<Several<StatusWord>>>) -> Vec<StatusCode> {
    let words = words.into_iter().flat_map(|words| &words.value.0);
    words.map(|word| word.0).collect()
}

fn patterns(written: &[Located<String>]) -> Result<Vec<Pattern>, Fault> {
    written.iter().map(Pattern::parse).collect()
}

/// The patterns of what must have some.
fn some_patterns(written: &Located<Vec<Located<String>>>) -> Result<Vec<Pattern>, Fault> {
    match written.is_empty() {
        true => Err(Fault::new(
            &written.at,
            "no methods",
            "name some, such as [\"package.Service/*\"]",
        )),
        false => patterns(written),
    }
}

fn coverage(table: &Located<CoverageTable>) -> Result<Coverage, Fault> {
    let denied = || Located {
        at: table.at.clone(),
        value: Expectation::of(vec![Expected::Denied]),
    };
    let unlisted = table.unlisted.as_ref().map(|written| Located {
        at: written.at.clone(),
        value: written.value.0.clone(),
    });
    Ok(Coverage {
        all_methods: table.methods.as_ref().map(|methods| methods.at.clone()),
        unlisted: unlisted.unwrap_or_else(denied),
        call: table.call,
        public: patterns(&table.public)?,
        ignore: patterns(&table.ignore)?,
    })
}

/// What a call settles is never asked again.
fn retry(written: &Retry) -> Result<RetryPolicy, Fault> {
    let on = codes(Some(&written.on));
    let settles =
        |code: &&StatusCode| **code == StatusCode::OK || code.is_denial() || code.is_of_business();
    if let Some(code) = on.iter().find(settles) {
        return Err(Fault::new(
            &written.on.at,
            format!("{code} is a verdict, and a verdict is never retried"),
            "name statuses that say nothing, such as UNAVAILABLE",
        ));
    }
    if written.times.value > 10 {
        return Err(Fault::new(
            &written.times.at,
            "at most 10 times",
            "write a smaller number",
        ));
    }
    Ok(RetryPolicy {
        on,
        times: written.times.value,
        backoff: written.backoff.map_or(BACKOFF, |time| time.0),
    })
}

/// Names, each made unique: ` #2` is put after one that was there before.
#[derive(Default)]
struct Unique {
    taken: BTreeSet<String>,
    times: BTreeMap<String, usize>,
}

impl Unique {
    fn name(&mut self, name: String) -> String {
        let mut unique = name.clone();
        while !self.taken.insert(unique.clone()) {
            let times = self.times.entry(name.clone()).or_insert(1);
            *times += 1;
            unique = format!("{name} #{times}");
        }
        unique
    }
}

#[cfg(test)]
mod tests;
