//! The `lab` document: every door.

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use crate::lab::OpenDoor;
use crate::lab::oauth_clients::CLIENTS;
use crate::lab::oauth_clients::Client;
use crate::lab::oauth_clients::Proof;
use crate::lab::users::USERS;
use crate::report::lab::Shown;
use crate::report::schema::VERSION;

/// The embedded lab, open or only listed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct LabDocument {
    pub schema: String,
    pub command: String,
    /// Whether the doors are being served; with `--doors` they are only listed.
    pub open: bool,
    /// Where its certificates, keys and tokens are.
    pub directory: String,
    /// Who can log in, by `--user` or at `/login`.
    pub users: Vec<UserDocument>,
    /// The OAuth clients that the token endpoint knows.
    pub clients: Vec<ClientDocument>,
    pub doors: Vec<DoorDocument>,
}

/// One of the lab's users. Its password is no secret: the lab is for trying.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct UserDocument {
    pub name: String,
    pub password: String,
}

/// One of the lab's OAuth clients. Its secret is no secret either.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ClientDocument {
    pub client_id: String,
    /// How it may authenticate at the token endpoint, as the registry of RFC 7591 has it.
    pub authentication_methods: Vec<String>,
    pub client_secret: Option<String>,
    /// The file with its secret or its private key.
    pub file: Option<String>,
    /// What it is granted at most.
    pub scopes: Vec<String>,
    /// The grants that it may use, by the last word of their `grant_type`.
    pub grants: Vec<String>,
}

/// One door.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DoorDocument {
    pub id: String,
    pub address: String,
    pub summary: String,
    /// The diagnosis that it demonstrates.
    pub demonstrates: Option<String>,
    /// What a client must bring.
    pub needs: String,
    /// The files in the lab's directory that it takes.
    pub files: Vec<String>,
    /// A command line that shows it.
    pub example: String,
    /// Command lines that go wrong here by what the client does.
    pub more: Vec<ExampleDocument>,
}

/// A command line.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ExampleDocument {
    /// The diagnosis that it comes to.
    pub demonstrates: String,
    pub example: String,
}

impl LabDocument {
    pub(crate) fn new(lab: &Shown<'_>) -> Self {
        Self {
            schema: VERSION.to_owned(),
            command: "lab".to_owned(),
            open: lab.open,
            directory: lab.directory.display().to_string(),
            users: USERS
                .iter()
                .map(|user| UserDocument {
                    name: user.name.to_owned(),
                    password: user.password.to_owned(),
                })
                .collect(),
            clients: CLIENTS
                .iter()
                .map(|client| ClientDocument::new(client, lab.directory))
                .collect(),
            doors: lab.doors.iter().map(DoorDocument::new).collect(),
        }
    }
}

impl ClientDocument {
    fn new(client: &Client, directory: &Path) -> Self {
        let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self {
            client_id: client.id.to_owned(),
            authentication_methods: texts(client.proof.methods()),
            client_secret: match client.proof {
                Proof::Secret(secret) => Some(secret.to_owned()),
                Proof::PrivateKey | Proof::Certificate(_) | Proof::Nothing => None,
            },
            file: client
                .file
                .map(|file| directory.join(file).display().to_string()),
            scopes: texts(client.scopes),
            grants: texts(client.grants),
        }
    }
}

impl DoorDocument {
    fn new(door: &OpenDoor) -> Self {
        Self {
            id: door.id.to_owned(),
            address: door.address.clone(),
            summary: door.summary.to_owned(),
            demonstrates: door.demonstrates.map(str::to_owned),
            needs: door.needs.to_owned(),
            files: door
                .files
                .iter()
                .map(|file| file.display().to_string())
                .collect(),
            example: door.example.clone(),
            more: door
                .more
                .iter()
                .map(|example| ExampleDocument {
                    demonstrates: example.demonstrates.to_owned(),
                    example: example.line.clone(),
                })
                .collect(),
        }
    }
}
