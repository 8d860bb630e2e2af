//! `check`, planned: suites are read, and who calls what, and how it is reached.

use std::path::Path;

use time::OffsetDateTime;

use crate::cli::check::CallPolicy;
use crate::cli::check::Check;
use crate::cli::descriptors::DescriptorFlags;
use crate::evidence::AskedConnection;
use crate::identity::caller::CallerSpec;
use crate::identity::caller::RetryAuth;
use crate::identity::channel::ChannelSpec;
use crate::plan::Planned;
use crate::plan::caller::CallerPlan;
use crate::plan::channel::ChannelPlan;
use crate::plan::descriptors;
use crate::plan::descriptors::Descriptors;
use crate::plan::profile::Specified;
use crate::plan::server;
use crate::plan::suite;
use crate::plan::suite::Loaded;
use crate::suite::document::CallPolicyWord;
use crate::suite::source::Complaint;

/// What a run of suites is planned with.
#[derive(Debug)]
pub(crate) struct CheckPlan<'a> {
    pub suites: Vec<Loaded>,
    /// Put over what suites say.
    channel: ChannelSpec,
    descriptors: &'a DescriptorFlags,
    allow_unverified: bool,
    pub clock: OffsetDateTime,
}

/// An identity's way to a target.
#[derive(Debug)]
pub(crate) struct Reach {
    pub channel: ChannelPlan,
    pub caller: CallerPlan,
    pub asked: AskedConnection,
    /// The same for identities that share a connection.
    pub shared_as: String,
}

/// Reads the suites. All complaints are told, not only the first suite's.
pub(crate) fn plan(
    arguments: &Check,
    clock: OffsetDateTime,
) -> Result<CheckPlan<'_>, Vec<Complaint>> {
    let loaded: Vec<Result<Loaded, Complaint>> = match arguments.anonymous {
        true => {
            let coverage = match arguments.call {
                CallPolicy::Safe => CallPolicyWord::Safe,
                CallPolicy::All => CallPolicyWord::All,
            };
            let targets = arguments.words.iter();
            targets
                .map(|target| suite::of_target(target, coverage, &arguments.public))
                .collect()
        }
        false => {
            let files = arguments.words.iter().map(Path::new);
            files
                .map(|file| suite::load(file, &arguments.var))
                .collect()
        }
    };
    let mut suites = Vec::with_capacity(loaded.len());
    let mut complaints = Vec::new();
    for loaded in loaded {
        match loaded {
            Ok(suite) => suites.push(suite),
            Err(complaint) => complaints.push(complaint),
        }
    }
    match complaints.is_empty() {
        false => Err(complaints),
        true => Ok(CheckPlan {
            suites,
            channel: arguments.target.channel(None, &arguments.tls),
            descriptors: &arguments.descriptors,
            allow_unverified: arguments.tls.allow_unverified_credentials,
            clock,
        }),
    }
}

impl CheckPlan<'_> {
    /// How an identity reaches a target, with its secrets read.
    pub(crate) fn reach(&self, loaded: &Loaded, target: usize, identity: usize) -> Planned<Reach> {
        let profile = loaded.profile(target, identity);
        let specs = (self.channel.clone(), CallerSpec::default());
        let specified = Specified::new(specs, Some(&profile), true, self.clock);
        let mut asked = AskedConnection::default();
        let mut channel = server::channel(&specified, &mut asked)?;
        let caller = server::caller(&specified, &mut channel, None)?;
        let loopback_only = channel.endpoint.only_loopback;
        Ok(Reach {
            shared_as: format!("{:?} {loopback_only}", specified.channel.tls),
            caller: CallerPlan {
                allow_unverified: self.allow_unverified,
                // A retry must not hide a refusal.
                retry: RetryAuth::Never,
                ..caller
            },
            channel,
            asked,
        })
    }

    /// Where a target's methods are described.
    pub(crate) fn descriptors(&self, loaded: &Loaded, target: usize) -> Planned<Descriptors> {
        let profile = loaded.profile(target, 0);
        descriptors::plan(&descriptors::or_of(self.descriptors, Some(&profile)), &[])
    }
}
