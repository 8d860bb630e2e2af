//! `tls` of an identity or a profile: whom to trust, what to present.

use std::path::PathBuf;

use crate::cli::tls::TlsFlags;
use crate::connect::tls::versions::TlsVersion;
use crate::plan::Planned;
use crate::plan::document::Entry;
use crate::plan::document::Table;
use crate::plan::identities::auth;
use crate::secret::SecretSource;
use crate::text::choice::Choice as _;
use crate::x509::Pin;
use crate::x509::SpiffeId;

const KEYS: &[&str] = &[
    "ca",
    "system_roots",
    "crl",
    "cert",
    "key",
    "key_pass",
    "server_name",
    "server_spiffe_id",
    "pins",
    "insecure",
    "min_version",
    "max_version",
];

/// A `tls` table; what it does not say is `None`, or an empty list.
#[derive(Clone, Debug, Default)]
pub struct TlsTable {
    pub ca: Vec<PathBuf>,
    pub system_roots: Option<bool>,
    pub crl: Vec<PathBuf>,
    pub client: Option<ClientFiles>,
    pub server_name: Option<String>,
    pub server_spiffe_id: Option<SpiffeId>,
    pub pins: Vec<Pin>,
    pub insecure: Option<bool>,
    pub min_version: Option<TlsVersion>,
    pub max_version: Option<TlsVersion>,
}

/// A client certificate, and what belongs to it.
#[derive(Clone, Debug)]
pub struct ClientFiles {
    pub cert: PathBuf,
    pub key: Option<PathBuf>,
    pub key_pass: Option<SecretSource>,
}

pub fn read(table: Table<'_>) -> Planned<TlsTable> {
    table.only("`tls`", KEYS)?;
    let switch = |key| table.get(key).map(Entry::switch).transpose();
    let version = |key| {
        let entry = table.get(key);
        entry.map(|entry| entry.read(tls_version)).transpose()
    };
    let (min_version, max_version) = (version("min_version")?, version("max_version")?);
    if let (Some(lowest), Some(highest)) = (min_version, max_version)
        && lowest > highest
    {
        return Err(table.refuse(
            "`min_version` is above `max_version`, which leaves no version to offer",
            "swap the two",
        ));
    }
    Ok(TlsTable {
        ca: files(table, "ca")?,
        system_roots: switch("system_roots")?,
        crl: files(table, "crl")?,
        client: client(table)?,
        server_name: text(table, "server_name")?,
        server_spiffe_id: table
            .get("server_spiffe_id")
            .map(Entry::parse)
            .transpose()?,
        pins: pins(table)?,
        insecure: switch("insecure")?,
        min_version,
        max_version,
    })
}

/// `cert`, `key` and `key_pass` of a table.
pub fn client(table: Table<'_>) -> Planned<Option<ClientFiles>> {
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
        key: table.get("key").map(Entry::path).transpose()?,
        key_pass: table.get("key_pass").map(auth::secret).transpose()?,
    }))
}

/// The files that a key names: one, or a list.
pub fn files(table: Table<'_>, key: &str) -> Planned<Vec<PathBuf>> {
    let Some(entry) = table.get(key) else {
        return Ok(Vec::new());
    };
    let files = entry.texts()?.into_iter();
    Ok(files.map(|file| entry.document.beside(file)).collect())
}

fn text(table: Table<'_>, key: &str) -> Planned<Option<String>> {
    let text = table.get(key).map(Entry::text).transpose()?;
    Ok(text.map(str::to_owned))
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

impl TlsTable {
    /// This, and where it says nothing, `base`.
    #[must_use]
    pub fn over(self, base: &Self) -> Self {
        let or = |own: Vec<PathBuf>, base: &Vec<PathBuf>| match own.is_empty() {
            true => base.clone(),
            false => own,
        };
        Self {
            ca: or(self.ca, &base.ca),
            system_roots: self.system_roots.or(base.system_roots),
            crl: or(self.crl, &base.crl),
            client: self.client.or_else(|| base.client.clone()),
            server_name: self.server_name.or_else(|| base.server_name.clone()),
            server_spiffe_id: self
                .server_spiffe_id
                .or_else(|| base.server_spiffe_id.clone()),
            pins: match self.pins.is_empty() {
                true => base.pins.clone(),
                false => self.pins,
            },
            insecure: self.insecure.or(base.insecure),
            min_version: self.min_version.or(base.min_version),
            max_version: self.max_version.or(base.max_version),
        }
    }

    /// Fills in what the flags do not say. A certificate, its key and its passphrase belong together.
    pub fn fill(&self, flags: &mut TlsFlags) {
        if flags.cacert.is_empty() {
            flags.cacert.clone_from(&self.ca);
        }
        if flags.crl.is_empty() {
            flags.crl.clone_from(&self.crl);
        }
        flags.system_roots |= self.system_roots == Some(true);
        if let (None, Some(client)) = (&flags.cert, &self.client) {
            flags.cert = Some(client.cert.clone());
            flags.key.clone_from(&client.key);
            flags.key_pass.clone_from(&client.key_pass);
        }
        if flags.servername.is_none() {
            flags.servername.clone_from(&self.server_name);
        }
        if flags.server_spiffe_id.is_none() {
            flags.server_spiffe_id.clone_from(&self.server_spiffe_id);
        }
        if flags.pin.is_empty() {
            flags.pin.clone_from(&self.pins);
        }
        flags.insecure |= self.insecure == Some(true);
        flags.tls_min = flags.tls_min.or(self.min_version);
        flags.tls_max = flags.tls_max.or(self.max_version);
    }
}
