//! `lab`: serves the embedded world until a signal.

use crate::cli::lab::Lab as Arguments;
use crate::exit_status::ExitStatus;
use crate::lab;
use crate::lab::Lab;
use crate::report::lab::print_table;
use crate::report::schema::VERSION;
use crate::report::schema::v1::LabDocument;
use crate::report::schema::v1::lab::DoorDocument;
use crate::session;

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitStatus {
    let mut output = session::output(arguments.output.color);
    let options = lab::Options {
        directory: arguments.dir.clone(),
        base_port: arguments.base_port,
        now: session::now(),
    };
    let as_json = arguments.output.format == "json";
    let status = session::block_on_whole(async {
        let lab = match lab::start(options).await {
            Ok(lab) => lab,
            Err(error) => {
                output.tell(&format!("error: the lab could not be opened: {error:#}"));
                output.tell("hint: choose another --dir or --base-port");
                return ExitStatus::Usage;
            }
        };
        print_table(&document(&lab), as_json, &mut output);
        // Until a signal; then everything is taken down in order.
        let ended = session::interrupted().await;
        lab.shutdown().await;
        match ended {
            // Ctrl-C is how a lab is meant to end.
            ExitStatus::Interrupted => ExitStatus::Success,
            other => other,
        }
    });
    output.exit_status(status)
}

fn document(lab: &Lab) -> LabDocument {
    LabDocument {
        schema: VERSION.to_owned(),
        command: "lab".to_owned(),
        directory: lab.directory().display().to_string(),
        doors: lab
            .doors()
            .iter()
            .map(|door| DoorDocument {
                id: door.id.to_owned(),
                address: door.address.clone(),
                summary: door.summary.to_owned(),
                demonstrates: door.demonstrates.map(str::to_owned),
                example: door.example.clone(),
            })
            .collect(),
    }
}
