//! `lab`: serves the embedded world until a signal, or lists its doors.

use std::future;
use std::future::Future as _;
use std::path::Path;
use std::pin::pin;
use std::task::Poll;

use crate::cli::lab::Lab as Arguments;
use crate::exit_status::ExitStatus;
use crate::lab;
use crate::lab::Lab;
use crate::lab::OpenDoor;
use crate::lab::oauth_clients::CLIENTS;
use crate::lab::oauth_clients::Client;
use crate::lab::oauth_clients::Proof;
use crate::lab::users::USERS;
use crate::report::lab::BASE_PORT;
use crate::report::lab::DIRECTORY;
use crate::report::lab::print_table;
use crate::report::schema::VERSION;
use crate::report::schema::v1::LabDocument;
use crate::report::schema::v1::lab::ClientDocument;
use crate::report::schema::v1::lab::DoorDocument;
use crate::report::schema::v1::lab::ExampleDocument;
use crate::report::schema::v1::lab::UserDocument;
use crate::session;
use crate::session::watched;

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitStatus {
    match arguments.doors {
        true => list(arguments),
        false => serve(arguments),
    }
}

fn list(arguments: &Arguments) -> ExitStatus {
    let mut output = session::output(arguments.output.color);
    let directory = arguments.dir.as_deref().unwrap_or(Path::new(DIRECTORY));
    let base_port = arguments.base_port.unwrap_or(BASE_PORT);
    let document = LabDocument {
        open: false,
        ..document(directory, &lab::listed(directory, base_port))
    };
    print_table(&document, arguments.output.format != "text", &mut output);
    output.exit_status(ExitStatus::Success)
}

fn serve(arguments: &Arguments) -> ExitStatus {
    let mut output = session::output(arguments.output.color);
    let options = lab::Options {
        directory: arguments.dir.clone(),
        base_port: arguments.base_port,
        now: session::now(),
    };
    let as_json = arguments.output.format != "text";
    let status = watched::block_on_whole(async {
        let lab = match lab::start(options).await {
            Ok(lab) => lab,
            Err(error) => {
                output.tell(&format!("error: the lab could not be opened: {error:#}"));
                output.tell("hint: choose another --dir or --base-port");
                return ExitStatus::Usage;
            }
        };
        // The handlers are in place before anybody reads that the lab is open.
        let mut ended = pin!(watched::interrupted());
        let early = future::poll_fn(|cx| match ended.as_mut().poll(cx) {
            Poll::Ready(signal) => Poll::Ready(Some(signal)),
            Poll::Pending => Poll::Ready(None),
        });
        let signal = match early.await {
            Some(signal) => signal,
            None => {
                print_table(&opened(&lab), as_json, &mut output);
                ended.await
            }
        };
        lab.shutdown().await;
        match signal {
            // Ctrl-C is how a lab is meant to end.
            ExitStatus::Interrupted => ExitStatus::Success,
            other => other,
        }
    });
    output.exit_status(status)
}

fn opened(lab: &Lab) -> LabDocument {
    document(lab.directory(), lab.doors())
}

fn document(directory: &Path, doors: &[OpenDoor]) -> LabDocument {
    LabDocument {
        schema: VERSION.to_owned(),
        command: "lab".to_owned(),
        open: true,
        directory: directory.display().to_string(),
        users: USERS
            .iter()
            .map(|user| UserDocument {
                name: user.name.to_owned(),
                password: user.password.to_owned(),
            })
            .collect(),
        clients: CLIENTS
            .iter()
            .map(|client| describe(directory, client))
            .collect(),
        doors: doors.iter().map(door).collect(),
    }
}

fn door(door: &OpenDoor) -> DoorDocument {
    DoorDocument {
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

fn describe(directory: &Path, client: &Client) -> ClientDocument {
    let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    ClientDocument {
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
