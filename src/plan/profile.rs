//! Profiles: targets with the credentials that are bound to them, from one file of the user's.
//!
//! A flag beats what a profile says, and a profile beats what is built in. The file is the user's own: one
//! in the working directory is never read by itself, for it may come with somebody's repository, and name
//! programs to run and hosts to send secrets to.

mod place;
mod reading;
mod specified;
mod words;

use std::path::Path;
use std::path::PathBuf;

use crate::cli::profile::ProfileFlags;
use crate::connect::endpoint::Location;
use crate::evidence::Refusal;
use crate::identity::caller::CallerSpec;
use crate::identity::channel::ChannelSpec;
use crate::identity::written::Written;
use crate::plan::Planned;
use crate::plan::document::Document;
use crate::plan::environment;
use crate::plan::files;
use crate::plan::hosts::Hosts;
use crate::plan::suite;
use crate::plan::usage;
use crate::secret::SecretSource;
use crate::trusted_path;

pub(crate) use specified::Specified;
pub(crate) use words::of_call;
pub(crate) use words::or_target;

/// One profile, as its file has it.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    pub name: String,
    /// `FILE:LINE`.
    pub place: String,
    /// Where its credentials may go.
    pub hosts: Hosts,
    pub channel: ChannelSpec,
    pub caller: CallerSpec,
    /// Files that describe the target's methods.
    pub schema: SchemaFiles,
}

/// Descriptors in files; none: the server is asked.
#[derive(Clone, Debug, Default)]
pub struct SchemaFiles {
    pub protosets: Vec<PathBuf>,
    pub protos: Vec<PathBuf>,
    pub import_paths: Vec<PathBuf>,
}

/// The profile that is asked for, or that is the default. `None`: no profile is meant.
pub fn choose(flags: &ProfileFlags) -> Planned<Option<Profile>> {
    if flags.standalone {
        return Ok(None);
    }
    if let Some(file) = &flags.suite {
        return suite::profile_of(file, flags).map(Some);
    }
    let asked = place::Asked::of(flags, &environment::variable)?;
    let Some(path) = asked.path() else {
        return Ok(None);
    };
    let bytes = files::read(asked.named_by, path)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        usage(
            format!("{} is not text (UTF-8)", path.display()),
            "profiles are written in TOML",
        )
    })?;
    let document = Document::new(path, text);
    let tables = document.parse()?;
    let profile = reading::profile(document.table(&tables), asked.profile.as_deref())?;
    if let Some(profile) = &profile {
        profile.guard_programs(path)?;
    }
    Ok(profile)
}

impl Profile {
    /// A file that names programs to run is written by its owner alone.
    pub(crate) fn guard_programs(&self, path: &Path) -> Planned<()> {
        if !self.runs_programs() {
            return Ok(());
        }
        trusted_path::check_unwritable(path).map_err(|open| {
            usage(
                format!("{} names a program to run, and {open}", self.place),
                format!(
                    "anyone who can write to it can make it run any program: chmod go-w {}",
                    open.path.display()
                ),
            )
        })
    }

    /// Whether a program is run for one of its credentials or secrets.
    fn runs_programs(&self) -> bool {
        let is_command =
            |source: Option<&SecretSource>| matches!(source, Some(SecretSource::Command(_)));
        let given = |written: &Written| match written {
            Written::Words(_) => true,
            Written::Secret(source) => is_command(Some(source)),
            _ => false,
        };
        let credentials = self.caller.credentials.iter();
        let mut parameters = credentials
            .flat_map(|credential| &credential.parameters)
            .chain(&self.caller.parameters);
        let clients = [&self.channel.tls, &self.caller.token_tls];
        let mut clients = clients.iter().filter_map(|tls| tls.client.as_ref());
        parameters.any(|(_, written)| given(written))
            || clients.any(|client| is_command(client.key_pass.as_ref()))
            || is_command(self.channel.proxy.password.as_ref())
    }

    /// What of this profile goes to the target is refused where its hosts do not have it.
    pub fn admit(&self, what: String, target: &str, location: &Location) -> Planned<()> {
        if self.hosts.admit(location) {
            return Ok(());
        }
        Err(Refusal::WrongHost {
            what,
            profile: self.name.clone(),
            place: self.place.clone(),
            target: target.to_owned(),
            hosts: self.hosts.texts(),
        })
    }
}
