//! `lab`: serves the embedded world until a signal, or lists its doors.

use std::future;
use std::future::Future as _;
use std::path::Path;
use std::pin::pin;
use std::task::Poll;

use crate::cli::lab::Lab as Arguments;
use crate::exit_status::ExitStatus;
use crate::lab;
use crate::report::Event;
use crate::report::Product;
use crate::report::lab::BASE_PORT;
use crate::report::lab::DIRECTORY;
use crate::report::lab::Shown;
use crate::session;
use crate::session::watched;

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> ExitStatus {
    match arguments.doors {
        true => list(arguments),
        false => serve(arguments),
    }
}

fn list(arguments: &Arguments) -> ExitStatus {
    let reporter = session::reporter(&arguments.output, false);
    let directory = arguments.dir.as_deref().unwrap_or(Path::new(DIRECTORY));
    let base_port = arguments.base_port.unwrap_or(BASE_PORT);
    reporter.emit(&Event::Produced(&Product::Lab(Shown {
        open: false,
        directory,
        doors: &lab::listed(directory, base_port),
    })));
    reporter.exit_status(ExitStatus::Success)
}

fn serve(arguments: &Arguments) -> ExitStatus {
    let reporter = session::reporter(&arguments.output, false);
    let options = lab::Options {
        directory: arguments.dir.clone(),
        base_port: arguments.base_port,
        now: session::now(),
    };
    let status = watched::block_on_whole(async {
        let lab = match lab::start(options).await {
            Ok(lab) => lab,
            Err(error) => {
                reporter.refuse(
                    &format!("the lab could not be opened: {error:#}"),
                    "choose another --dir or --base-port",
                );
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
                reporter.emit(&Event::Produced(&Product::Lab(Shown {
                    open: true,
                    directory: lab.directory(),
                    doors: lab.doors(),
                })));
                match reporter.has_failed() {
                    // Nobody has read where the doors are.
                    true => ExitStatus::Output,
                    false => ended.await,
                }
            }
        };
        lab.shutdown().await;
        match signal {
            // Ctrl-C is how a lab is meant to end.
            ExitStatus::Interrupted => ExitStatus::Success,
            other => other,
        }
    });
    reporter.exit_status(status)
}
