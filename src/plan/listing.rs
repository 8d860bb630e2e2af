//! `list` and `describe`, planned.

use time::OffsetDateTime;

use crate::cli::describe::Describe;
use crate::cli::list::List;
use crate::cli::server::ServerFlags;
use crate::describe::listing::Question;
use crate::describe::method::MethodName;
use crate::describe::symbol::SymbolName;
use crate::evidence::Aim;
use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Evidence;
use crate::plan::Planned;
use crate::plan::caller::CallerPlan;
use crate::plan::channel::ChannelPlan;
use crate::plan::descriptors;
use crate::plan::descriptors::Descriptors;
use crate::plan::profile;
use crate::plan::profile::Profile;
use crate::plan::server;
use crate::plan::usage;

/// Everything that listing and describing need.
#[derive(Debug)]
pub(crate) struct ListingPlan {
    pub question: Question,
    pub descriptors: Descriptors,
    /// `None`: files say all, and nothing is connected to.
    pub connecting: Option<Connecting>,
}

/// What it takes to ask a server.
#[derive(Debug)]
pub(crate) struct Connecting {
    pub channel: ChannelPlan,
    pub caller: CallerPlan,
    pub probes: bool,
}

/// What both commands have: TARGET and the word after it, and the flags.
struct Shared<'a> {
    words: (Option<&'a str>, Option<&'a str>),
    flags: &'a ServerFlags,
}

/// Plans `list`. What is refused becomes the evidence of a run that sent nothing.
pub(crate) fn list(arguments: &List, clock: OffsetDateTime) -> (Evidence, Option<ListingPlan>) {
    let words = (arguments.target.as_deref(), arguments.service.as_deref());
    let shared = Shared {
        words,
        flags: &arguments.server,
    };
    let question = |service: Option<&str>| {
        let service = service.map(|text| {
            MethodName::of_service(text).map_err(|_| not_a("service", text, "package.Service"))
        });
        Ok(Question::List {
            service: service.transpose()?,
        })
    };
    plan(&shared, Aim::List, question, clock)
}

/// Plans `describe`.
pub(crate) fn describe(
    arguments: &Describe,
    clock: OffsetDateTime,
) -> (Evidence, Option<ListingPlan>) {
    let words = (arguments.target.as_deref(), arguments.symbol.as_deref());
    let shared = Shared {
        words,
        flags: &arguments.server,
    };
    let question = |symbol: Option<&str>| {
        let parse = |text| {
            SymbolName::parse(text)
                .map_err(|_| not_a("symbol", text, "package.Name or package.Service/Method"))
        };
        let symbol = symbol.map(parse).transpose()?;
        if arguments.template && symbol.is_none() {
            return Err(usage(
                "--template needs a symbol to fill in",
                "name a message or a method, such as package.Service/Method",
            ));
        }
        Ok(Question::Describe {
            symbol,
            template: arguments.template,
        })
    };
    plan(&shared, Aim::Describe, question, clock)
}

fn not_a(what: &str, text: &str, form: &str) -> crate::evidence::Refusal {
    usage(
        format!("`{text}` is no {what}"),
        format!("write {form}, or an unambiguous end of it"),
    )
}

/// TARGET and the word after it. Where files say all, one word alone is not the target: nothing would
/// be asked of it; nor where the profile has one.
fn words<'a>(
    shared: &Shared<'a>,
    profile: Option<&'a Profile>,
) -> (Option<&'a str>, Option<&'a str>) {
    match shared.words {
        (Some(only), None)
            if descriptors::files_say_all(&shared.flags.descriptors)
                && !looks_like_target(only) =>
        {
            (None, Some(only))
        }
        words => profile::or_target(profile, words, looks_like_target),
    }
}

/// What no name in a descriptor has: a colon, a bracket; and `localhost`.
fn looks_like_target(word: &str) -> bool {
    word.contains([':', '[']) || word == "localhost"
}

fn plan(
    shared: &Shared<'_>,
    aim: Aim,
    question: impl FnOnce(Option<&str>) -> Planned<Question>,
    clock: OffsetDateTime,
) -> (Evidence, Option<ListingPlan>) {
    let mut asked = Asked {
        aim,
        method: shared.words.1.map(str::to_owned),
        ..Asked::default()
    };
    let mut to = AskedConnection {
        target: shared.words.0.unwrap_or_default().to_owned(),
        ..AskedConnection::default()
    };
    let planned = stages(shared, question, clock, &mut asked, &mut to);
    server::begin(planned, (asked, to), clock, |plan| {
        plan.connecting.as_ref().map(|own| &own.channel)
    })
}

fn stages(
    shared: &Shared<'_>,
    question: impl FnOnce(Option<&str>) -> Planned<Question>,
    clock: OffsetDateTime,
    asked: &mut Asked,
    to: &mut AskedConnection,
) -> Planned<ListingPlan> {
    let profile = profile::choose(&shared.flags.profile)?;
    let profile = profile.as_ref();
    let (target, symbol) = words(shared, profile);
    to.target = target.unwrap_or_default().to_owned();
    asked.method = symbol.map(str::to_owned);
    let question = question(symbol)?;
    let flags = descriptors::or_of(&shared.flags.descriptors, profile);
    let connecting = if descriptors::files_say_all(&flags) {
        None
    } else {
        Some(connecting(shared, profile, target, clock, asked, to)?)
    };
    // Asking is what these commands are for: a cache would answer in the server's place.
    let mut descriptors = descriptors::plan(&flags, &[])?;
    descriptors.cache = None;
    Ok(ListingPlan {
        question,
        descriptors,
        connecting,
    })
}

fn connecting(
    shared: &Shared<'_>,
    profile: Option<&Profile>,
    target: Option<&str>,
    clock: OffsetDateTime,
    asked: &mut Asked,
    to: &mut AskedConnection,
) -> Planned<Connecting> {
    let Some(target) = target else {
        return Err(usage(
            "a target is required",
            "name one, a profile that has one (-P NAME), or descriptors with --protoset FILE or --proto FILE",
        ));
    };
    let flags = shared.flags;
    let specs = flags.specs(Some(target));
    let specified = server::specify(specs, false, profile, flags.profile.stands_alone(), clock)?;
    asked.max_time = specified.channel.max_time;
    let mut channel = server::channel(&specified, to)?;
    let caller = CallerPlan {
        allow_unverified: flags.tls.allow_unverified_credentials,
        ..server::caller(&specified, &mut channel, None)?
    };
    Ok(Connecting {
        channel,
        caller,
        probes: !flags.target.no_probe,
    })
}
