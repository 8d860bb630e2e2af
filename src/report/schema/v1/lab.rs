//! The `lab` document: every door.

use schemars::JsonSchema;
use serde::Serialize;

/// The embedded lab, open or only listed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LabDocument {
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
pub struct UserDocument {
    pub name: String,
    pub password: String,
}

/// One of the lab's OAuth clients. Its secret is no secret either.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ClientDocument {
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
pub struct DoorDocument {
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
pub struct ExampleDocument {
    /// The diagnosis that it comes to.
    pub demonstrates: String,
    pub example: String,
}
