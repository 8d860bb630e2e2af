//! The ambient credential, which is used where no flag gives any: of the environment, else of the file.

use crate::authenticate::call_credentials::bearer;
use crate::connect::endpoint::Location;
use crate::identity::written::Given;
use crate::identity::written::Written;
use crate::identity::written::WrittenCredential;
use crate::plan::Planned;
use crate::plan::credentials::CredentialContext;
use crate::plan::environment::variable;
use crate::plan::hosts::Hosts;
use crate::plan::usage;
use crate::secret::SecretSource;

const TOKEN: &str = "GRPCAUTH_TOKEN";
const TOKEN_HOSTS: &str = "GRPCAUTH_TOKEN_HOSTS";

/// The credential, and whose it is.
#[derive(Debug)]
pub(super) struct AmbientCredential {
    pub blocks: Vec<WrittenCredential>,
    /// In a notice's words.
    pub whose: String,
    /// It is a profile's, and bound to its hosts.
    pub of_profile: bool,
}

/// What is used by this command, whose flags are given; a variable with a token before the profile.
pub(super) fn find(
    context: &CredentialContext<'_>,
    notices: &mut Vec<String>,
) -> Planned<Option<AmbientCredential>> {
    let specified = context.specified;
    let spec = &specified.caller;
    let mut own = spec.credentials.clone();
    let location = context.channel.map(|channel| &channel.endpoint.location);
    if let Some(location) = location
        && !specified.standalone
        && leave_room(spec.kind.as_deref(), &spec.parameters)
        && is_token_given(location, &variable, notices)?
    {
        own.retain(|block| block.kind.name == bearer::KIND.name);
        let mut block = own.pop().unwrap_or(WrittenCredential {
            kind: &bearer::KIND,
            parameters: Vec::new(),
        });
        let source = SecretSource::Environment(TOKEN.to_owned());
        block.set("token", Written::Secret(source));
        return Ok(Some(AmbientCredential {
            blocks: vec![block],
            whose: format!("the variable {TOKEN}"),
            of_profile: false,
        }));
    }
    let profile = specified.profile;
    Ok((!own.is_empty()).then(|| AmbientCredential {
        blocks: own,
        whose: match profile {
            Some(profile) => format!("the profile `{}`", profile.name),
            None => "the file".to_owned(),
        },
        of_profile: profile.is_some(),
    }))
}

/// Whether the flags leave room for a token: they name no other kind, and give none themselves.
fn leave_room(named: Option<&str>, flags: &[Given]) -> bool {
    let shapes = |name: &str| name != "token" && bearer::KIND.parameter(name).is_some();
    named.is_none_or(|kind| kind == bearer::KIND.name) && flags.iter().all(|(name, _)| shapes(name))
}

/// Whether `GRPCAUTH_TOKEN` holds a token for this host: a variable goes to every command, so it must say
/// where its token may.
fn is_token_given(
    location: &Location,
    environment: &dyn Fn(&str) -> Planned<Option<String>>,
    notices: &mut Vec<String>,
) -> Planned<bool> {
    if environment(TOKEN)?.is_none() {
        return Ok(false);
    }
    let Some(hosts) = environment(TOKEN_HOSTS)? else {
        notices.push(format!(
            "{TOKEN} is not sent: {TOKEN_HOSTS} does not say to which hosts it may go"
        ));
        return Ok(false);
    };
    let hosts: Hosts = hosts.parse().map_err(|why| {
        usage(
            format!("{TOKEN_HOSTS}: {why}"),
            "write hosts with commas between them: api.example.com:443,*.svc.example.com",
        )
    })?;
    let admitted = hosts.admit(location);
    if !admitted {
        notices.push(format!(
            "{TOKEN} is not sent: this host is not among those of {TOKEN_HOSTS} ({hosts})"
        ));
    }
    Ok(admitted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::caller::CallerSpec;
    use crate::identity::channel::ChannelSpec;
    use crate::plan::profile::Specified;

    #[test]
    fn a_spec_without_a_profile_has_credentials_too() {
        let caller = CallerSpec {
            credentials: vec![WrittenCredential {
                kind: &bearer::KIND,
                parameters: vec![("token", Written::Secret(SecretSource::Prompt))],
            }],
            ..CallerSpec::default()
        };
        let clock = time::OffsetDateTime::UNIX_EPOCH;
        let specified = Specified::new((ChannelSpec::default(), caller), None, true, clock);
        let context = CredentialContext {
            specified: &specified,
            channel: None,
            descriptors: None,
        };
        let found = find(&context, &mut Vec::new()).unwrap().unwrap();
        assert_eq!((found.blocks.len(), found.of_profile), (1, false));
    }

    #[test]
    fn flags_leave_room_for_a_token_or_not() {
        let scheme = ("scheme", Written::Text("Token".into()));
        let user = ("user", Written::Text("me".into()));
        let token = ("token", Written::Secret(SecretSource::Prompt));
        for (named, flags, room) in [
            (None, vec![], true),
            (Some("bearer"), vec![], true),
            (None, vec![scheme.clone()], true),
            (Some("none"), vec![], false),
            (Some("basic"), vec![], false),
            (None, vec![user], false),
            (None, vec![scheme, token], false),
        ] {
            assert_eq!(leave_room(named, &flags), room, "{named:?} {flags:?}");
        }
    }

    #[test]
    fn a_token_of_the_environment_goes_to_its_hosts_alone() {
        let location = Location::Tcp {
            host: "api.example.com".into(),
            port: 443,
            overrides: Vec::new(),
        };
        for (token, hosts, given, noticed) in [
            (false, None, false, false),
            (false, Some("api.example.com"), false, false),
            (true, None, false, true),
            (true, Some("api.example.com"), true, false),
            (true, Some("a.test, *.example.com:443"), true, false),
            (true, Some("*.example.com:8443"), false, true),
            (true, Some("example.com"), false, true),
        ] {
            let environment = |name: &str| {
                Ok(match name {
                    TOKEN => token.then(|| "t0ken".to_owned()),
                    _ => hosts.map(str::to_owned),
                })
            };
            let mut notices = Vec::new();
            let is = is_token_given(&location, &environment, &mut notices).unwrap();
            assert_eq!((is, !notices.is_empty()), (given, noticed), "{hosts:?}");
            assert!(!notices.join("").contains("t0ken"));
        }
        let wrong = |name: &str| Ok(Some(format!("{name}*")));
        assert!(is_token_given(&location, &wrong, &mut Vec::new()).is_err());
    }
}
