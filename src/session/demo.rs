//! `demo`: the main job, in [`SCENES`], on the lab inside this process.

pub(crate) mod scenes;

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
use crate::report::Detail;
use crate::report::Event;
use crate::report::Page;
use crate::report::Reporter;
use crate::report::Sink;
use crate::report::console::Console;
use crate::report::formats;
use crate::report::layout::Block;
use crate::report::output::Output;
use crate::report::redactor::Redactor;
use crate::report::style::ColorChoice;
use crate::session;
use crate::session::call;
use crate::session::demo::scenes::SCENES;
use crate::session::demo::scenes::Scene;
use crate::session::watched;

/// Runs the command.
pub(crate) fn run(arguments: &Demo) -> ExitStatus {
    watched::block_on(async {
        let options = lab::Options {
            directory: None,
            base_port: None,
            now: session::now(),
        };
        match lab::start(options).await {
            Ok(lab) => {
                let reporter = reporter(&lab, arguments.color);
                let status = play(&lab, &reporter).await;
                lab.shutdown().await;
                reporter.exit_status(status)
            }
            Err(error) => {
                session::pages(arguments.color).refuse(
                    &format!("the lab could not be opened: {error:#}"),
                    "the demo needs a writable temporary directory and loopback ports",
                );
                ExitStatus::Usage
            }
        }
    })
}

/// Everything on one stream, as if the lab's directory were the current one, so that files have the short
/// names that a user would type.
fn reporter(lab: &Lab, color: ColorChoice) -> Reporter {
    let (stdout, stderr) = session::styles(color);
    let stream = Box::new(WithoutDirectory(directory(lab)));
    let output = Output::new("standard output", stream, stdout);
    let sink = Sink::new(&formats::text::ROW, output, Detail::default());
    Reporter::new(vec![sink], Console::standard(stderr), Redactor::new(false))
}

/// The lab's directory, as it stands in front of a file's name.
fn directory(lab: &Lab) -> String {
    format!("{}/", lab.directory().display())
}

async fn play(lab: &Lab, reporter: &Reporter) -> ExitStatus {
    let show = |page: Page<'_>| reporter.emit(&Event::Page(&page));
    show(Page::Text(&introduction(lab)));
    let mut surprises = 0;
    for (index, scene) in SCENES.iter().enumerate() {
        show(Page::Scene {
            title: &format!("{}. {}", index + 1, scene.title),
            situation: scene.situation,
            line: &shell_line(&scene.command(lab, "")),
        });
        let earned = perform(scene, scene.command(lab, &directory(lab)), reporter).await;
        if earned.code() != scene.exit_code {
            surprises += 1;
        }
        show(Page::SceneEnd {
            exit_code: earned.code(),
            diagnosis: scene.diagnosis,
        });
    }
    if surprises > 0 {
        let why = format!(
            "{surprises} of {} outcomes were not as they should be",
            SCENES.len()
        );
        reporter.show(&Block::error(None, why));
        return ExitStatus::Bug;
    }
    show(Page::Text(
        "\nTry it on your own server: grpcauth call HOST:PORT package.Service/Method --cacert ca.pem --token env:TOKEN\n\
         Keep this world open for other clients, with a door for each fault: grpcauth lab\n",
    ));
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

/// Runs a scene's command line as `main` would, in this runtime.
async fn perform(scene: &Scene, words: Vec<String>, reporter: &Reporter) -> ExitStatus {
    let line = std::iter::once("grpcauth".to_owned()).chain(words);
    let Ok(Cli {
        command: Command::Call(mut arguments),
    }) = Cli::try_parse_from(line)
    else {
        unreachable!("{} is a call", scene.title);
    };
    // What the user keeps for real servers has no say here.
    arguments.server.profile.standalone = true;
    let planned = plan::call::plan(&arguments, session::now());
    let expectation = plan::call::expectation(&arguments);
    let (mut evidence, plan) = planned;
    call::stages(&mut evidence, plan.as_ref(), &expectation, reporter).await
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
