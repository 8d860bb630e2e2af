//! Rows of the matrix, and cases.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Map;
use serde_json::Value;

use crate::status::StatusCode;
use crate::suite::assertion::Assertion;
use crate::suite::document::CaseTable;
use crate::suite::document::EffectWord;
use crate::suite::document::Row as RowTable;
use crate::suite::document::StatusWord;
use crate::suite::document::SuiteDocument;
use crate::suite::document::expectation::Expect;
use crate::suite::document::located::Located;
use crate::suite::document::located::Several;
use crate::suite::model::Effect;
use crate::suite::model::Expects;
use crate::suite::model::Methods;
use crate::suite::model::Row;
use crate::suite::model::Who;
use crate::suite::objects::Mentioned;
use crate::suite::resolve::Names;
use crate::suite::resolve::Unique;
use crate::suite::resolve::codes;
use crate::suite::resolve::some_patterns;
use crate::suite::source::Fault;
use crate::suite::source::Place;
use crate::text::escape;

/// `*`: whoever a row does not name.
const REST: &str = "*";

/// Rows and cases, in the order of the file.
pub(super) fn resolve(document: &SuiteDocument, names: &Names<'_>) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::with_capacity(document.matrix.len() + document.case.len());
    for row in &document.matrix {
        rows.push(of_matrix(row, names)?);
    }
    for case in &document.case {
        rows.push(of_case(case, names)?);
    }
    rows.sort_by_key(|row| row.at.start);
    let mut names = Unique::default();
    for row in &mut rows {
        row.name = names.name(std::mem::take(&mut row.name));
    }
    Ok(rows)
}

fn of_matrix(row: &Located<RowTable>, names: &Names<'_>) -> Result<Row, Fault> {
    let texts: Vec<&str> = row.methods.iter().map(|pattern| pattern.as_str()).collect();
    let common = Common {
        at: &row.at,
        name: row.name.clone().unwrap_or_else(|| texts.join(", ")),
        target: row.target.as_ref(),
        request: row.request.as_ref(),
        effect: row.effect,
        within: row.within.map(|time| time.0),
        denied_also: row.denied_also.as_ref(),
        never_contains: row.never_contains.as_ref(),
    };
    let methods = Methods::Matching(some_patterns(&row.methods)?);
    let expect = expects(row, names)?;
    common.row(methods, expect, Vec::new(), names)
}

fn of_case(case: &Located<CaseTable>, names: &Names<'_>) -> Result<Row, Fault> {
    let identity = names.identity(&case.identity)?;
    let described = || format!("{} as {}", case.method.value, case.identity.value);
    let common = Common {
        at: &case.at,
        name: case.name.clone().unwrap_or_else(described),
        target: case.target.as_ref(),
        request: case.request.as_ref(),
        effect: case.effect,
        within: case.within.map(|time| time.0),
        denied_also: case.denied_also.as_ref(),
        never_contains: case.never_contains.as_ref(),
    };
    let expect = vec![Expects {
        who: Who::Identity(identity),
        at: case.expect.at.clone(),
        expectation: case.expect.value.0.clone(),
    }];
    let mut assertions: Vec<_> = case.assert.iter().collect();
    assertions.sort_by_key(|(key, _)| key.at.start);
    let assertions: Result<Vec<Assertion>, Fault> = assertions
        .into_iter()
        .map(|(key, wanted)| Assertion::parse(key, wanted))
        .collect();
    common.row(
        Methods::One(case.method.clone()),
        expect,
        assertions?,
        names,
    )
}

/// What rows and cases have in common.
struct Common<'a> {
    at: &'a Place,
    name: String,
    target: Option<&'a Located<String>>,
    request: Option<&'a Located<Map<String, Value>>>,
    effect: Option<EffectWord>,
    within: Option<Duration>,
    denied_also: Option<&'a Located<Several<StatusWord>>>,
    never_contains: Option<&'a Located<Several<String>>>,
}

impl Common<'_> {
    fn row(
        self,
        methods: Methods,
        expect: Vec<Expects>,
        assertions: Vec<Assertion>,
        names: &Names<'_>,
    ) -> Result<Row, Fault> {
        let target = names.target(self.target, self.at)?;
        let mut denied_also: Vec<StatusCode> = names.targets[target].denied_also.clone();
        denied_also.extend(codes(self.denied_also));
        let request = self.request.map(|request| Located {
            at: request.at.clone(),
            value: without_dates(&request.value),
        });
        let mentioned = request
            .as_ref()
            .map(|request| Mentioned::in_request(request))
            .unwrap_or_default();
        if let Some(request) = &request {
            owned(&mentioned, &request.at, names)?;
        }
        let never_contains = self.never_contains.map(|texts| (&texts.at, &texts.value.0));
        for (at, text) in never_contains.iter().flat_map(|(at, texts)| {
            let at = *at;
            texts.iter().map(move |text| (at, text))
        }) {
            if text.is_empty() {
                return Err(Fault::new(
                    at,
                    "an empty text is in everything",
                    "write a marker",
                ));
            }
            owned(&Mentioned::in_text(text), at, names)?;
        }
        Ok(Row {
            name: self.name,
            at: self.at.clone(),
            target,
            methods,
            request,
            mentioned,
            effect: self.effect.map(|effect| match effect {
                EffectWord::Read => Effect::Read,
                EffectWord::Write => Effect::Write,
            }),
            expect,
            within: self.within,
            denied_also,
            never_contains: never_contains
                .map(|(_, texts)| texts.clone())
                .unwrap_or_default(),
            assertions,
        })
    }
}

/// Somebody must own what is named; another's, two at least.
fn owned(mentioned: &Mentioned, at: &Place, names: &Names<'_>) -> Result<(), Fault> {
    let owners = |name: &str| {
        let identities = names.identities.iter();
        identities
            .filter(|identity| identity.owns.contains_key(name))
            .count()
    };
    let all: BTreeSet<&str> = names
        .identities
        .iter()
        .flat_map(|identity| identity.owns.keys().map(String::as_str))
        .collect();
    let known: Vec<&str> = all.into_iter().collect();
    let required = mentioned.own.iter().map(|name| (name, 1));
    for (name, count) in required.chain(mentioned.other.iter().map(|name| (name, 2))) {
        let found = owners(name);
        if found == 0 {
            let what = format!("no identity owns `{}`", escape(name));
            return Err(Fault::unknown(at, what, name, &known));
        }
        if found < count {
            return Err(Fault::new(
                at,
                format!(
                    "one identity alone owns `{}`: there is no other one's",
                    escape(name)
                ),
                "give another identity one with owns",
            ));
        }
    }
    Ok(())
}

fn expects(row: &Located<RowTable>, names: &Names<'_>) -> Result<Vec<Expects>, Fault> {
    if row.expect.is_empty() {
        return Err(Fault::new(
            &row.at,
            "the row expects nothing",
            "name an identity, such as expect = { anonymous = \"denied\" }",
        ));
    }
    let mut expects = Vec::with_capacity(row.expect.len());
    let written: &BTreeMap<Located<String>, Located<Expect>> = &row.expect;
    for (name, expectation) in written {
        let who = match name.as_str() {
            REST => Who::Rest,
            _ => Who::Identity(names.identity(name)?),
        };
        if let Who::Identity(identity) = who
            && names.identities[identity].expect.is_some()
        {
            return Err(Fault::new(
                &name.at,
                format!(
                    "`{}` has an `expect` of its own, which holds everywhere",
                    escape(name)
                ),
                "remove it from the row, or remove the identity's expect",
            ));
        }
        expects.push(Expects {
            who,
            at: name.at.clone(),
            expectation: expectation.value.0.clone(),
        });
    }
    expects.sort_by_key(|expects| expects.at.start);
    Ok(expects)
}

/// Dates of TOML as texts, as JSON has them.
fn without_dates(request: &Map<String, Value>) -> Map<String, Value> {
    let fields = request.iter();
    fields
        .map(|(key, value)| (key.clone(), without_date(value)))
        .collect()
}

fn without_date(value: &Value) -> Value {
    match value {
        Value::Object(fields) => match fields.get("$__toml_private_datetime") {
            Some(date) if fields.len() == 1 => date.clone(),
            _ => without_dates(fields).into(),
        },
        Value::Array(values) => values.iter().map(without_date).collect(),
        plain => plain.clone(),
    }
}
