//! From a file of profiles to the one that is meant; every one is read, so that a mistake in any is found.

use http::header::HeaderName;
use http::header::HeaderValue;

use crate::cli::values;
use crate::identity::caller::CallerSpec;
use crate::identity::caller::MetadataSpec;
use crate::identity::channel::ChannelSpec;
use crate::identity::channel::ProxySpec;
use crate::identity::channel::TlsSpec;
use crate::metadata;
use crate::plan::Planned;
use crate::plan::document::Entry;
use crate::plan::document::Table;
use crate::plan::document::meant;
use crate::plan::hosts::Hosts;
use crate::plan::hosts::Pattern;
use crate::plan::identities::Identities;
use crate::plan::identities::Identity;
use crate::plan::identities::auth;
use crate::plan::identities::tls;
use crate::plan::profile::Profile;
use crate::plan::profile::SchemaFiles;
use crate::plan::usage;
use crate::target::Target;
use crate::text::choice::Choice;
use crate::text::did_you_mean;

const KEYS: &[&str] = &["version", "defaults", "profile", "identity"];

const PROFILE_KEYS: &[&str] = &[
    "target",
    "hosts",
    "identity",
    "auth",
    "tls",
    "token_tls",
    "plaintext",
    "authority",
    "proxy",
    "max_time",
    "retry_auth",
    "token_cache",
    "metadata",
];

/// The profile of this name, or the document's default.
pub(super) fn profile(document: Table<'_>, asked: Option<&str>) -> Planned<Option<Profile>> {
    document.only("a file of profiles", KEYS)?;
    version(document)?;
    let identities = Identities::of(document, &[])?;
    let tables = document.read("profile", Entry::table)?;
    let mut profiles = Vec::new();
    for entry in tables.into_iter().flat_map(Table::entries) {
        profiles.push(one(entry, identities)?);
    }
    let names: Vec<&str> = profiles
        .iter()
        .map(|profile| profile.name.as_str())
        .collect();
    let default = default(document, &names)?;
    let Some(name) = asked.or(default) else {
        return Ok(None);
    };
    if let Some(found) = profiles.iter().find(|profile| profile.name == name) {
        return Ok(Some(found.clone()));
    }
    let file = document.document.path().display();
    Err(usage(
        format!(
            "no profile is named `{}` in {file}",
            crate::text::escape(name)
        ),
        match (did_you_mean(name, names.iter().copied()), names.as_slice()) {
            (_, []) => "it has no [profile.NAME] at all".to_owned(),
            (None, names) => format!("it has {}", names.join(", ")),
            (Some(near), names) => format!("did you mean `{near}`? It has {}", names.join(", ")),
        },
    ))
}

fn version(document: Table<'_>) -> Planned<()> {
    match document.get("version") {
        Some(entry) if entry.json()? != 1 => Err(entry.refuse(
            "this release knows version 1 alone",
            "write version = 1, or use a newer grpcauth",
        )),
        _ => Ok(()),
    }
}

/// `[defaults] profile`, which must be there.
fn default<'a>(document: Table<'a>, names: &[&str]) -> Planned<Option<&'a str>> {
    let Some(entry) = document.get("defaults") else {
        return Ok(None);
    };
    let table = entry.table()?;
    table.only("[defaults]", &["profile"])?;
    let Some(entry) = table.get("profile") else {
        return Ok(None);
    };
    let name = entry.text()?;
    if names.contains(&name) {
        return Ok(Some(name));
    }
    let shown = crate::text::escape(name);
    Err(entry.refuse(format!("no profile is named `{shown}`"), meant(name, names)))
}

fn one<'a>(entry: Entry<'a>, identities: Identities<'a>) -> Planned<Profile> {
    let table = entry.table()?;
    table.only("a profile", PROFILE_KEYS)?;
    let base = match table.get("identity") {
        None => Identity::default(),
        Some(entry) => identities.named_by(entry)?,
    };
    let switch = |key| table.read(key, Entry::switch);
    let text = |key| table.read(key, Entry::text);
    let plaintext = switch("plaintext")? == Some(true);
    if plaintext && let Some(tls) = table.get("tls") {
        return Err(tls.refuse(
            "the profile is plaintext, which has no TLS",
            "leave one of the two out",
        ));
    }
    let target = table.read("target", target)?;
    let hosts = hosts(table, target.as_ref(), plaintext)?;
    let identity = base.with(table)?;
    let has_credential = !identity.auth.is_empty() || identity.tls.client.is_some();
    let token_tls = table.read("token_tls", token_tls)?;
    let channel = ChannelSpec {
        target: target.map(|target| target.text),
        plaintext,
        authority: text("authority")?.map(str::to_owned),
        proxy: table.read("proxy", proxy)?.unwrap_or_default(),
        max_time: table.read("max_time", |entry| entry.read(values::duration))?,
        tls: identity.tls,
        ..ChannelSpec::default()
    };
    let profile = Profile {
        name: entry.key.to_owned(),
        place: table.place(),
        hosts,
        channel,
        caller: CallerSpec {
            credentials: identity.auth,
            token_tls: token_tls.unwrap_or_default(),
            retry: table.read("retry_auth", choice)?,
            token_cache: table.read("token_cache", choice)?,
            metadata: MetadataSpec {
                defaults: table.read("metadata", plain_metadata)?.unwrap_or_default(),
                ..MetadataSpec::default()
            },
            ..CallerSpec::default()
        },
        schema: SchemaFiles::default(),
    };
    if has_credential && profile.hosts.is_empty() {
        return Err(table.refuse(
            "a profile with a credential, and nothing says where it may go",
            "add target = \"host:port\", or hosts = [\"host\", \"*.domain\"]",
        ));
    }
    Ok(profile)
}

/// A target; a socket's path is beside the file.
fn target(entry: Entry<'_>) -> Planned<Target> {
    entry.read(|text| {
        let text = beside(entry, text);
        Target::parse(&text).map_err(|error| error.to_string())
    })
}

fn beside(entry: Entry<'_>, text: &str) -> String {
    match text.strip_prefix("unix:") {
        Some(path) if !path.is_empty() && !path.starts_with('/') => {
            format!("unix:{}", entry.document.beside(path).display())
        }
        _ => text.to_owned(),
    }
}

/// `hosts`, or the target alone.
fn hosts(table: Table<'_>, target: Option<&Target>, plaintext: bool) -> Planned<Hosts> {
    let Some(entry) = table.get("hosts") else {
        let of_target = target.map(|target| Hosts::of_target(target, plaintext));
        return Ok(of_target.unwrap_or_default());
    };
    let pattern = |text: &str| {
        beside(entry, text)
            .parse::<Pattern>()
            .map_err(|why| entry.refuse(why, "write host, host:port, *.domain or unix:PATH"))
    };
    entry.texts()?.into_iter().map(pattern).collect()
}

fn token_tls(entry: Entry<'_>) -> Planned<TlsSpec> {
    let table = entry.table()?;
    table.only("`token_tls`", &["ca", "cert", "key"])?;
    Ok(TlsSpec {
        ca: tls::files(table, "ca")?,
        client: tls::client(table)?,
        ..TlsSpec::default()
    })
}

/// A URL, or a table with who asks as well.
fn proxy(entry: Entry<'_>) -> Planned<ProxySpec> {
    if entry.is_text() {
        return Ok(ProxySpec {
            url: Some(entry.text()?.to_owned()),
            ..ProxySpec::default()
        });
    }
    let table = entry.table()?;
    table.only("`proxy`", &["url", "user", "password"])?;
    let text = |key| table.read(key, Entry::text);
    let Some(url) = text("url")? else {
        return Err(entry.refuse("a proxy without its url", "add url = \"http://host:port\""));
    };
    let password = table.read("password", auth::secret)?;
    let user = text("user")?.map(str::to_owned);
    if password.is_some() && user.is_none() {
        return Err(entry.refuse("a password without its user", "add user = \"…\""));
    }
    Ok(ProxySpec {
        url: Some(url.to_owned()),
        user,
        password,
    })
}

/// One of the words that the flag of the same name takes.
fn choice<T: Choice>(entry: Entry<'_>) -> Planned<T> {
    let word = entry.text()?;
    T::by_word(word).ok_or_else(|| {
        let names: Vec<&str> = T::WORDS.iter().map(|(word, ..)| *word).collect();
        let shown = crate::text::escape(word);
        entry.refuse(format!("it does not take `{shown}`"), meant(word, &names))
    })
}

/// Metadata that are no credential: those have a kind, and a reference to where they are.
fn plain_metadata(entry: Entry<'_>) -> Planned<Vec<(HeaderName, HeaderValue)>> {
    let one = |entry: Entry<'_>| {
        let key = metadata::parse_key(entry.key)
            .map_err(|error| entry.refuse(error, "correct the key"))?;
        if metadata::is_secret(&key) {
            return Err(entry.refuse(
                "this key carries a credential",
                "write it as auth = { kind = \"bearer\", token = \"env:NAME\" }, or of kind api-key",
            ));
        }
        let value = metadata::parse_value(&key, entry.text()?)
            .map_err(|error| entry.refuse(error, "correct the value"))?;
        Ok((key, value))
    };
    entry.table()?.entries().map(one).collect()
}

#[cfg(test)]
mod tests;
