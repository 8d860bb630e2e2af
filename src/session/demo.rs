//! `demo`: the main job, in [`SCENES`], on the lab inside this process.

pub mod scenes;

use std::io;
use std::io::Write;

use clap::Parser as _;

use crate::cli::Cli;
use crate::cli::Command;
use crate::cli::demo::Demo;
use crate::exit_status::ExitStatus;
use crate::lab;
use crate::lab::Lab;
use crate::plan;
use crate::report::Context;
use crate::report::Detail;
use crate::report::Reporter;
use crate::report::formats;
use crate::report::output::Output;
use crate::report::redactor::Redactor;
use crate::session;
use crate::session::call;
use crate::session::demo::scenes::SCENES;
use crate::session::demo::scenes::Scene;
use crate::session::watched;

/// Runs the command.
pub fn run(arguments: &Demo) -> ExitStatus {
    let mut output = session::output(arguments.color);
    let status = watched::block_on(async {
        let options = lab::Options {
            directory: None,
            base_port: None,
            now: session::now(),
        };
        match lab::start(options).await {
            Ok(lab) => {
                let status = play(&lab, arguments, &mut output).await;
                lab.shutdown().await;
                status
            }
            Err(error) => {
                output.tell(&format!("error: the lab could not be opened: {error:#}"));
                output
                    .tell("hint: the demo needs a writable temporary directory and loopback ports");
                ExitStatus::Usage
            }
        }
    });
    output.exit_status(status)
}

/// Plays as if the lab's directory were the current one, so that files have the short names that a user would type.
async fn play(lab: &Lab, arguments: &Demo, output: &mut Output) -> ExitStatus {
    output.print(&introduction(lab));
    let directory = format!("{}/", lab.directory().display());
    let mut surprises = 0;
    for (index, scene) in SCENES.iter().enumerate() {
        let style = output.stdout_style;
        let title = style.strong(&format!("{}. {}", index + 1, scene.title));
        output.print(&format!("\n{title}\n{}\n\n", scene.situation));
        output.print(&format!(
            "{}\n",
            style.hint(&format!("$ {}", shell_line(&scene.command(lab, ""))))
        ));
        output.flush();
        let words = scene.command(lab, &directory);
        let earned = perform(scene, words, &directory, arguments).await;
        if earned.code() != scene.exit_code {
            surprises += 1;
        }
        let mut ending = format!("exit code {}", earned.code());
        if let Some(id) = scene.diagnosis {
            ending.push_str(&format!("; `grpcauth explain {id}` says more"));
        }
        output.print(&format!("{}\n", style.faint(&ending)));
    }
    if surprises > 0 {
        output.tell(&format!(
            "error: {surprises} of {} outcomes were not as they should be",
            SCENES.len()
        ));
        return ExitStatus::Bug;
    }
    output.print("\nTry it on your own server: grpcauth call HOST:PORT package.Service/Method --cacert ca.pem --token env:TOKEN\n");
    output.print(
        "Keep this world open for other clients, with a door for each fault: grpcauth lab\n",
    );
    ExitStatus::Success
}

fn introduction(lab: &Lab) -> String {
    format!(
        "A secured gRPC world runs inside this process, on loopback: TLS, tokens, roles, a gateway.\n\
         Calls to it follow: the situation, the command line as you would type it, and what it prints.\n\
         They run in {}, where the lab keeps its certificates and tokens until the demo ends.\n",
        lab.directory().display()
    )
}

/// Runs a scene's command line as `main` would, in this runtime, with everything on one stream.
async fn perform(scene: &Scene, words: Vec<String>, directory: &str, demo: &Demo) -> ExitStatus {
    let line = std::iter::once("grpcauth".to_owned()).chain(words);
    let Ok(Cli {
        command: Command::Call(mut arguments),
    }) = Cli::try_parse_from(line)
    else {
        unreachable!("{} is a call", scene.title);
    };
    // What the user keeps for real servers has no say here.
    arguments.profile.standalone = true;
    let style = session::output(demo.color).stdout_style;
    let stream = || Box::new(WithoutDirectory(directory.to_owned()));
    let context = Context {
        output: Output::new(stream(), stream(), style, style),
        redactor: Redactor::new(false),
        detail: Detail::default(),
    };
    let reporter = Reporter::new(formats::ALL[0], context);
    let planned = plan::call::plan(&arguments, session::now());
    let expectation = plan::call::expectation(&arguments);
    let (mut evidence, plan) = planned;
    call::stages(&mut evidence, plan.as_ref(), &expectation, &reporter).await
}

/// Standard output, without the directory in front of the files' names. Takes whole lines.
struct WithoutDirectory(String);

impl Write for WithoutDirectory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes).replace(&self.0, "");
        io::stdout().write_all(text.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}

/// The words as a shell would take them.
fn shell_line(words: &[String]) -> String {
    let line =
        shlex::try_join(words.iter().map(String::as_str)).unwrap_or_else(|_| words.join(" "));
    format!("grpcauth {line}")
}
