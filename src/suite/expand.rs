//! From a suite, and what its servers list, to cells: one call each, in the order of the file.

mod listed;
mod unlisted;

use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Map;
use serde_json::Value;

use crate::describe::listing::ListedMethod;
use crate::status::StatusCode;
use crate::suite::document::located::Located;
use crate::suite::model::ANONYMOUS;
use crate::suite::model::Effect;
use crate::suite::model::Methods;
use crate::suite::model::Suite;
use crate::suite::source::Fault;
use crate::suite::source::Place;
use crate::text::escape;
use crate::verdict::Expectation;
use crate::verdict::expectation::Expected;

/// What a target lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct TargetMethods {
    /// Sorted by name; without reflection, which has a line of its own.
    methods: Vec<ListedMethod>,
    /// Whether the target is on this machine.
    pub on_loopback: bool,
}

impl TargetMethods {
    pub(crate) fn new(mut methods: Vec<ListedMethod>, on_loopback: bool) -> Self {
        methods.retain(|method| !method.name.starts_with("grpc.reflection."));
        methods.sort_by(|one, other| one.name.cmp(&other.name));
        Self {
            methods,
            on_loopback,
        }
    }

    pub(crate) fn methods(&self) -> &[ListedMethod] {
        &self.methods
    }

    fn names(&self) -> Vec<&str> {
        self.methods
            .iter()
            .map(|method| method.name.as_str())
            .collect()
    }

    /// The method of this name, which may be an unambiguous end of it.
    fn find(&self, name: &Located<String>) -> Result<usize, Fault> {
        let written = name.trim_start_matches('/');
        if let Some(index) = self.methods.iter().position(|own| own.name == written) {
            return Ok(index);
        }
        let ends = |own: &&ListedMethod| {
            own.name
                .strip_suffix(written)
                .is_some_and(|before| before.ends_with(['.', '/']))
        };
        let fitting: Vec<&ListedMethod> = self.methods.iter().filter(ends).collect();
        let what = format!("no method `{}` in the schema", escape(name));
        match fitting.as_slice() {
            [only] => self.find(&Located {
                at: name.at.clone(),
                value: only.name.clone(),
            }),
            [] => Err(Fault::unknown(&name.at, what, written, &self.names())),
            several => {
                let names: Vec<&str> = several.iter().map(|own| own.name.as_str()).collect();
                let what = format!("`{}` is ambiguous", escape(name));
                Err(Fault::new(
                    &name.at,
                    what,
                    format!("write one of {}", names.join(", ")),
                ))
            }
        }
    }
}

/// One call, and what is expected of it.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// `METHOD as IDENTITY`, unique in the suite.
    pub name: String,
    /// The row or case in [`Suite::rows`]; `None`: nobody wrote the cell.
    pub row: Option<usize>,
    /// What says what is expected of it.
    pub at: Place,
    pub target: usize,
    pub identity: usize,
    /// Among the target's methods.
    pub method: usize,
    /// Whose object it asks for, in a row about others' objects.
    pub object_of: Option<usize>,
    pub expected: Expectation,
    pub effect: Effect,
    pub stage: Stage,
    /// `None`: an empty message.
    pub request: Option<Arc<Map<String, Value>>>,
    /// In a row about objects: the same for the caller's own, which must be allowed.
    pub own_request: Option<Arc<Map<String, Value>>>,
    pub denied_also: Arc<[StatusCode]>,
    /// What must not be in an answer.
    pub never_contains: Arc<[String]>,
    pub within: Option<Duration>,
    /// Anonymous may reach the method.
    pub is_public: bool,
    /// Whether being allowed it shows that a credential works: not where anonymous is, too.
    pub shows_life: bool,
    /// Why it is not called.
    pub kept_back: Option<KeptBack>,
}

impl Cell {
    /// Whether nothing but a denial is expected.
    pub(crate) fn expects_denial(&self) -> bool {
        self.expected.is_of_denial(&self.denied_also)
    }

    /// Whether being allowed is among what is expected, whatever else is.
    pub(crate) fn expects_allowed(&self) -> bool {
        self.expected.names(Expected::Allowed)
            || self.expected.names(Expected::Status(StatusCode::OK))
    }
}

/// When a cell is called: the safe ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    AnonymousDenial,
    Denial,
    Read,
    Write,
}

impl Stage {
    /// In the order in which they come.
    pub(crate) const ALL: [Self; 4] =
        [Self::AnonymousDenial, Self::Denial, Self::Read, Self::Write];
}

/// Why policy keeps a cell from being called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeptBack {
    /// `[coverage] call = "safe"`
    Coverage,
    /// `--safe`
    Safe,
    /// `--filter`
    Filter,
    /// `--shard`
    Shard,
}

impl KeptBack {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Coverage => {
                "not called: the target is not on loopback and the method is not marked NO_SIDE_EFFECTS (call = \"all\" calls it)"
            }
            Self::Safe => "not called: --safe",
            Self::Filter => "not selected by --filter",
            Self::Shard => "in another shard",
        }
    }
}

/// The cells of a suite.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expansion {
    /// In the order of the file; what nobody wrote last.
    pub cells: Vec<Cell>,
    /// The calls that show that an identity's credential works, by target and identity.
    pub signs: Vec<Sign>,
    /// What no row or case matches, by target.
    pub unmatched: Vec<Unmatched>,
}

/// A method that no row or case matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unmatched {
    pub target: usize,
    pub method: usize,
}

/// A call that an identity must be allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sign {
    pub target: usize,
    pub identity: usize,
    pub by: By,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// `control`
    Control { method: usize, at: Place },
    /// The first read cell that is expected to be allowed.
    Cell(usize),
}

/// Makes the cells. `targets` are those of the suite, in its order.
pub(crate) fn expand(suite: &Suite, targets: &[TargetMethods]) -> Result<Expansion, Fault> {
    let mut making = Making {
        suite,
        targets,
        cells: Vec::new(),
        named: HashSet::new(),
        matched: HashSet::new(),
        taken: HashMap::new(),
    };
    making.check_patterns()?;
    for (index, row) in suite.rows.iter().enumerate() {
        making.row(index, row)?;
    }
    let mut unmatched = Vec::new();
    for (target, listed) in targets.iter().enumerate() {
        let methods = 0..listed.methods.len();
        let open = methods.filter(|method| !making.matched.contains(&(target, *method)));
        unmatched.extend(
            open.filter(|method| !making.is_left_out(target, *method))
                .map(|method| Unmatched { target, method }),
        );
        making.unlisted(target);
    }
    let cells = making.cells.iter();
    let open: HashSet<(usize, usize)> = cells
        .filter(|cell| cell.identity == ANONYMOUS && cell.expects_allowed())
        .map(|cell| (cell.target, cell.method))
        .collect();
    for cell in &mut making.cells {
        cell.shows_life = !cell.is_public && !open.contains(&(cell.target, cell.method));
    }
    let signs = making.signs()?;
    Ok(Expansion {
        cells: making.cells,
        signs,
        unmatched,
    })
}

struct Making<'a> {
    suite: &'a Suite,
    targets: &'a [TargetMethods],
    cells: Vec<Cell>,
    /// Target, method and identity that a row or case names.
    named: HashSet<(usize, usize, usize)>,
    /// Target and method that a row or case matches.
    matched: HashSet<(usize, usize)>,
    /// How often a cell's name was given.
    taken: HashMap<String, usize>,
}

impl Making<'_> {
    /// A pattern that matches nothing hides a hole; those of `public` and `ignore` may.
    fn check_patterns(&self) -> Result<(), Fault> {
        let rows = self.suite.rows.iter().filter_map(|row| match &row.methods {
            Methods::Matching(patterns) => Some((row.target, patterns)),
            Methods::One(_) => None,
        });
        let probes = self
            .suite
            .probes
            .iter()
            .map(|probe| (probe.target, &probe.methods));
        for (target, patterns) in rows.chain(probes) {
            let names = self.targets[target].names();
            for pattern in patterns {
                if !names.iter().any(|name| pattern.fits(name)) {
                    return Err(pattern.fits_nothing(&names));
                }
            }
        }
        Ok(())
    }

    fn is_public(&self, method: &str) -> bool {
        let coverage = self.suite.coverage.iter();
        coverage
            .flat_map(|coverage| &coverage.public)
            .any(|pattern| pattern.fits(method))
    }

    /// Whether nobody has to match a method.
    fn is_left_out(&self, target: usize, method: usize) -> bool {
        let name = &self.targets[target].methods[method].name;
        let ignored = self
            .suite
            .coverage
            .iter()
            .flat_map(|coverage| &coverage.ignore);
        self.is_public(name) || ignored.into_iter().any(|pattern| pattern.fits(name))
    }

    /// A name that no cell before had.
    fn name(&mut self, target: usize, method: usize, identity: usize, of: Option<usize>) -> String {
        let names = &self.suite.identities;
        let method = &self.targets[target].methods[method].name;
        let mut name = format!("{method} as {}", names[identity].name);
        if let Some(of) = of {
            name.push_str(&format!(", {}'s", names[of].name));
        }
        if self.targets.len() > 1 {
            name.push_str(&format!(" at {}", self.suite.targets[target].name));
        }
        let times = self.taken.entry(name.clone()).or_insert(0);
        *times += 1;
        match *times {
            1 => name,
            times => format!("{name} #{times}"),
        }
    }

    /// The call that shows life, of each identity on each target where it has cells.
    fn signs(&self) -> Result<Vec<Sign>, Fault> {
        let mut first: HashMap<(usize, usize), usize> = HashMap::new();
        let mut present = HashSet::new();
        for (index, cell) in self.cells.iter().enumerate() {
            let of = (cell.target, cell.identity);
            present.insert(of);
            let shows = cell.effect == Effect::Read
                && cell.expects_allowed()
                && cell.shows_life
                && cell.kept_back.is_none();
            if shows {
                first.entry(of).or_insert(index);
            }
        }
        let mut signs = Vec::new();
        for target in 0..self.targets.len() {
            for (identity, own) in self.suite.identities.iter().enumerate() {
                let needs = own.sends.any() && own.expect.is_none();
                if identity == ANONYMOUS || !needs {
                    continue;
                }
                let by = match &own.control {
                    Some(control) => Some(By::Control {
                        method: self.control(target, control)?,
                        at: control.at.clone(),
                    }),
                    None => first.get(&(target, identity)).copied().map(By::Cell),
                };
                if let Some(by) = by.filter(|_| present.contains(&(target, identity))) {
                    signs.push(Sign {
                        target,
                        identity,
                        by,
                    });
                }
            }
        }
        Ok(signs)
    }

    fn control(&self, target: usize, control: &Located<String>) -> Result<usize, Fault> {
        self.targets[target].find(control)
    }
}

/// The stage of a cell.
fn stage(cell: &Cell) -> Stage {
    match (cell.expects_denial(), cell.identity, cell.effect) {
        (true, ANONYMOUS, _) => Stage::AnonymousDenial,
        (true, _, _) => Stage::Denial,
        (false, _, Effect::Read) => Stage::Read,
        (false, _, Effect::Write) => Stage::Write,
    }
}

/// What a method does where the suite says nothing.
fn effect_of(method: &ListedMethod) -> Effect {
    match method.no_side_effects {
        true => Effect::Read,
        false => Effect::Write,
    }
}

#[cfg(test)]
mod tests;
