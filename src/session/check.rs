//! `check`: suites, one after another: schema, cells, calls, verdicts.

mod calling;
mod cells;
mod lane;
mod lines;
mod naming;
mod record;
mod running;
mod schema;

use std::cell::RefCell;

use tokio::time::Instant;

use crate::cli::check::Check;
use crate::exit_status::ExitStatus;
use crate::plan;
use crate::plan::check::CheckPlan;
use crate::plan::suite::Loaded;
use crate::report::Event;
use crate::report::Product;
use crate::report::Reporter;
use crate::report::check::Checked;
use crate::report::check::LISTED;
use crate::session;
use crate::session::check::record::Record;
use crate::session::check::running::Running;
use crate::session::check::schema::TargetSchema;
use crate::session::watched;
use crate::suite::expand;
use crate::suite::expand::Cell;
use crate::suite::expand::Expansion;
use crate::suite::expand::KeptBack;
use crate::suite::filter::Filtered;
use crate::suite::judging::Verdict;
use crate::suite::model::Effect;
use crate::suite::result;
use crate::suite::result::SuiteResult;
use crate::suite::source::Complaint;

/// Runs the command.
pub(crate) fn run(arguments: &Check) -> ExitStatus {
    let reporter = session::reporter(&arguments.output, false);
    let plan = match plan::check::plan(arguments, session::now()) {
        Ok(plan) => plan,
        Err(complaints) => {
            finish(arguments, &[], &complaints, ExitStatus::Usage, &reporter);
            return reporter.exit_status(ExitStatus::Usage);
        }
    };
    let records: Vec<RefCell<Record>> = plan
        .suites
        .iter()
        .map(|loaded| RefCell::new(Record::new(loaded, arguments)))
        .collect();
    let status = watched::block_on_whole(async {
        let (interruption, complaints) = tokio::select! {
            complaints = all(&plan, arguments, &records, &reporter) => (None, complaints),
            signal = watched::interrupted() => (Some(signal), Vec::new()),
        };
        let results: Vec<SuiteResult> = plan
            .suites
            .iter()
            .zip(&records)
            .map(|(loaded, record)| record.borrow_mut().finish(loaded, plan.clock, interruption))
            .collect();
        let mut earned: Vec<ExitStatus> = results
            .iter()
            .map(|result| match arguments.list {
                true => result.listed(),
                false => result.exit_status(arguments.strict),
            })
            .collect();
        earned.extend(interruption);
        if !complaints.is_empty() {
            earned.push(ExitStatus::Usage);
        }
        let status = result::strongest(earned);
        finish(arguments, &results, &complaints, status, &reporter);
        status
    });
    reporter.exit_status(status)
}

fn finish(
    arguments: &Check,
    suites: &[SuiteResult],
    complaints: &[Complaint],
    exit: ExitStatus,
    reporter: &Reporter,
) {
    let checked = Checked {
        suites,
        complaints,
        is_list: arguments.list,
        exit,
    };
    reporter.emit(&Event::Produced(&Product::Checked(checked)));
}

/// Runs every suite, and gives what is wrong with them.
async fn all(
    plan: &CheckPlan<'_>,
    arguments: &Check,
    records: &[RefCell<Record>],
    reporter: &Reporter,
) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut ready = Vec::with_capacity(plan.suites.len());
    // A mistake in any suite is told before anything is called.
    for (loaded, record) in plan.suites.iter().zip(records) {
        match prepare(plan, loaded, arguments, record, reporter).await {
            Ok(prepared) => ready.push(prepared),
            Err(complaint) => {
                complaints.push(complaint);
                ready.push(None);
            }
        }
    }
    if arguments.list || !complaints.is_empty() {
        let why = match complaints.is_empty() {
            true => LISTED,
            false => "not called: a suite has a mistake",
        };
        for record in records {
            record.borrow_mut().stop(why);
        }
        return complaints;
    }
    for ((loaded, record), prepared) in plan.suites.iter().zip(records).zip(&ready) {
        if let Some(prepared) = prepared {
            let started = Instant::now();
            Running::new(plan, loaded, arguments, prepared, record, reporter)
                .run()
                .await;
            record.borrow_mut().took(started.elapsed());
        }
    }
    complaints
}

/// What a suite runs with.
struct Prepared {
    schemas: Vec<TargetSchema>,
    expansion: Expansion,
    /// By target and identity.
    reaches: Vec<Vec<plan::check::Reach>>,
}

/// Finds the cells. `None`: there are none to be found, and the record says why.
async fn prepare(
    plan: &CheckPlan<'_>,
    loaded: &Loaded,
    arguments: &Check,
    record: &RefCell<Record>,
    reporter: &Reporter,
) -> Result<Option<Prepared>, Complaint> {
    let suite = &loaded.suite;
    let mut reaches = Vec::new();
    if !arguments.list {
        for target in 0..suite.targets.len() {
            let mut of_target = Vec::new();
            for identity in 0..suite.identities.len() {
                let reach = plan.reach(loaded, target, identity);
                of_target.push(reach.map_err(|refusal| loaded.complain(identity, &refusal))?);
            }
            reaches.push(of_target);
        }
    }
    let mut schemas = Vec::with_capacity(suite.targets.len());
    for target in 0..suite.targets.len() {
        let found = schema::of_target(plan, loaded, target, arguments.wait_for, reporter).await?;
        match found {
            Ok(schema) => schemas.push(schema),
            Err(line) => {
                record.borrow_mut().line(line);
                return Ok(None);
            }
        }
    }
    let listed: Vec<_> = schemas
        .iter()
        .map(|schema| schema.methods.clone())
        .collect();
    let at = |fault| loaded.source.complaint(&fault);
    let mut expansion = expand::expand(suite, &listed).map_err(at)?;
    for (number, cell) in expansion.cells.iter_mut().enumerate() {
        if let Some(reason) = kept_back(loaded, &schemas, arguments, number, cell) {
            cell.kept_back = Some(reason);
        }
    }
    schema::check_requests(loaded, &schemas, &expansion)?;
    record.borrow_mut().expand(loaded, &schemas, &expansion);
    Ok(Some(Prepared {
        schemas,
        expansion,
        reaches,
    }))
}

fn kept_back(
    loaded: &Loaded,
    schemas: &[TargetSchema],
    arguments: &Check,
    number: usize,
    cell: &Cell,
) -> Option<KeptBack> {
    let suite = &loaded.suite;
    let filtered = Filtered {
        identity: &suite.identities[cell.identity].name,
        method: &schemas[cell.target].methods.methods()[cell.method].name,
        row: cell.row.map(|row| suite.rows[row].name.as_str()),
        target: &suite.targets[cell.target].name,
    };
    let changes = cell.effect == Effect::Write && !cell.expects_denial();
    if arguments
        .filter
        .as_ref()
        .is_some_and(|filter| !filter.admits(filtered))
    {
        Some(KeptBack::Filter)
    } else if arguments.shard.is_some_and(|shard| !shard.has(number)) {
        Some(KeptBack::Shard)
    } else if cell.kept_back.is_some() {
        cell.kept_back
    } else if arguments.safe && changes {
        Some(KeptBack::Safe)
    } else {
        None
    }
}

/// Whether a verdict is one that `--fail-fast` counts.
fn is_failure(verdict: Verdict) -> bool {
    verdict == Verdict::Fail
}
