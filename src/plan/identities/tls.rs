//! `tls` of an identity or a profile: whom to trust, what to present.

use std::path::PathBuf;

use crate::connect::tls::versions::TlsVersion;
use crate::identity::channel::ClientFiles;
use crate::identity::channel::TlsSpec;
use crate::plan::Planned;
use crate::plan::document::Entry;
use crate::plan::document::Table;
use crate::plan::identities::auth;
use crate::text::choice::Choice as _;
use crate::x509::Pin;

pub(crate) fn read(table: Table<'_>) -> Planned<TlsSpec> {
    table.only("`tls`", TlsSpec::KEYS)?;
    let switch = |key| table.read(key, Entry::switch);
    let version = |key| table.read(key, |entry| entry.read(tls_version));
    let (min_version, max_version) = (version("min_version")?, version("max_version")?);
    if let (Some(lowest), Some(highest)) = (min_version, max_version)
        && lowest > highest
    {
        return Err(table.refuse(
            "`min_version` is above `max_version`, which leaves no version to offer",
            "swap the two",
        ));
    }
    Ok(TlsSpec {
        ca: files(table, "ca")?,
        system_roots: switch("system_roots")?,
        crl: files(table, "crl")?,
        client: client(table)?,
        server_name: table.read("server_name", Entry::text)?.map(str::to_owned),
        server_spiffe_id: table.read("server_spiffe_id", Entry::parse)?,
        pins: pins(table)?,
        insecure: switch("insecure")?,
        min_version,
        max_version,
    })
}

/// `cert`, `key` and `key_pass` of a table.
pub(crate) fn client(table: Table<'_>) -> Planned<Option<ClientFiles>> {
    let Some(cert) = table.get("cert") else {
        return match table.get("key").or(table.get("key_pass")) {
            None => Ok(None),
            Some(entry) => Err(entry.refuse(
                "it belongs to a client certificate, and there is none",
                "name the certificate with cert = \"FILE\"",
            )),
        };
    };
    Ok(Some(ClientFiles {
        cert: cert.path()?,
        key: table.read("key", Entry::path)?,
        key_pass: table.read("key_pass", auth::secret)?,
    }))
}

/// The files that a key names: one, or a list.
pub(crate) fn files(table: Table<'_>, key: &str) -> Planned<Vec<PathBuf>> {
    let beside = |entry: Entry<'_>| {
        let files = entry.texts()?.into_iter();
        Ok(files.map(|file| entry.document.beside(file)).collect())
    };
    Ok(table.read(key, beside)?.unwrap_or_default())
}

fn pins(table: Table<'_>) -> Planned<Vec<Pin>> {
    let Some(entry) = table.get("pins") else {
        return Ok(Vec::new());
    };
    let parse = |text: &str| {
        text.parse::<Pin>()
            .map_err(|error| entry.refuse(error, "correct that pin"))
    };
    entry.texts()?.into_iter().map(parse).collect()
}

fn tls_version(text: &str) -> Result<TlsVersion, String> {
    TlsVersion::by_word(text).ok_or_else(|| "it takes \"1.2\" or \"1.3\"".to_owned())
}
