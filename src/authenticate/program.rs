//! Runs a program for what it prints: without a shell, within bounds, and without leaving it behind.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::ExitStatus;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::Pid;
use rustix::process::Signal;
use rustix::process::kill_process_group;
use serde_json::json;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Child;
use tokio::process::ChildStdin;
use tokio::process::Command;
use tokio::time::timeout;

use crate::runtime;
use crate::text::moment::spent;

/// The most that is read of its standard output, in bytes.
const OUTPUT_LIMIT: u64 = 1 << 20;
/// How long it may take: a person may have to touch a key.
pub(crate) const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A program to run.
#[derive(Clone, Debug)]
pub(crate) struct Invocation<'a> {
    /// The program and its arguments, as they are: there is no shell to expand them.
    pub words: &'a [String],
    /// What it reads; `None`: nothing. A Docker helper reads the host, a git helper `KEY=VALUE` lines.
    pub input: Option<Vec<u8>>,
    /// Set beside the environment that it inherits, such as [`environment`].
    pub environment: Vec<(&'static str, OsString)>,
    /// How long it may take: [`TIME_LIMIT`], if nobody says otherwise.
    pub time_limit: Duration,
}

/// Why a program gave nothing. The texts name the program, never its arguments: they may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramFailed {
    pub program: String,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// There are no words.
    Nothing,
    NotFound,
    /// The file is there; what its first line names is not.
    NoInterpreter,
    NotExecutable,
    /// The system's words for why it could not be started or heard.
    Failed(String),
    /// It ended with this status, which is not 0.
    Status(i32),
    /// It was ended by this signal.
    Signal(i32),
    /// It took longer than this, and was killed.
    TimedOut(Duration),
    /// It printed more than this many bytes, and was killed.
    TooMuch(u64),
}

impl Why {
    /// Whether the program was started at all.
    pub fn has_run(&self) -> bool {
        !matches!(
            self,
            Self::Nothing
                | Self::NotFound
                | Self::NoInterpreter
                | Self::NotExecutable
                | Self::Failed(_)
        )
    }
}

impl std::error::Error for ProgramFailed {}

impl fmt::Display for ProgramFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let program = &self.program;
        match &self.why {
            Why::Nothing => f.write_str("there is no program to run"),
            Why::NotFound if program.contains('/') => write!(f, "there is no {program}"),
            Why::NotFound => write!(f, "{program} is not on PATH"),
            Why::NoInterpreter => write!(
                f,
                "{program} cannot be run: the interpreter that its first line names is not there"
            ),
            Why::NotExecutable => write!(
                f,
                "{program} cannot be run: it is not executable, or no program"
            ),
            Why::Failed(why) => write!(f, "{program} could not be run: {why}"),
            Why::Status(status) => write!(
                f,
                "{program} failed with status {status}; what it wrote to standard error, if anything, is above"
            ),
            Why::Signal(signal) => write!(f, "{program} was ended by signal {signal}"),
            Why::TimedOut(limit) => write!(
                f,
                "{program} was not done after {}, and was ended",
                spent(*limit)
            ),
            Why::TooMuch(limit) => write!(
                f,
                "{program} printed more than {} MiB, and was ended: that is not a token",
                limit >> 20
            ),
        }
    }
}

/// What credential programs are told: for which target and audience, and, to those that follow
/// Kubernetes' contract, that they have no terminal to ask on.
pub(crate) fn environment(target: &str, audience: Option<&str>) -> Vec<(&'static str, OsString)> {
    let exec_info = json!({
        "apiVersion": "client.authentication.k8s.io/v1",
        "kind": "ExecCredential",
        "spec": { "interactive": false },
    });
    let mut variables = vec![
        ("GRPCAUTH_TARGET", target.into()),
        ("KUBERNETES_EXEC_INFO", exec_info.to_string().into()),
    ];
    variables.extend(audience.map(|audience| ("GRPCAUTH_AUDIENCE", audience.into())));
    variables
}

/// Runs a program and gives what it printed. Its errors go to ours. It is killed, and what it started
/// with it, when it takes too long or prints more than 1 MiB, and also when the caller loses interest in the future.
///
/// # Errors
/// When it cannot be run, or does not end with status 0 within these bounds.
pub(crate) async fn run(invocation: Invocation<'_>) -> Result<Vec<u8>, ProgramFailed> {
    let program = invocation.words.first().cloned().unwrap_or_default();
    match within_bounds(invocation, !has_terminal()).await {
        Ok(output) => Ok(output),
        Err(why) => Err(ProgramFailed { program, why }),
    }
}

/// [`run`], waited for on a thread of its own: for the plan, which has no runtime yet, and for what runs inside one.
pub(crate) fn run_blocking(invocation: Invocation<'_>) -> Result<Vec<u8>, ProgramFailed> {
    let waited = std::thread::scope(|scope| {
        let work = || Ok(runtime::current_thread()?.block_on(run(invocation.clone())));
        let running = std::thread::Builder::new().spawn_scoped(scope, work)?;
        running
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    waited.unwrap_or_else(|error: io::Error| {
        Err(ProgramFailed {
            program: invocation.words.first().cloned().unwrap_or_default(),
            why: failed(error),
        })
    })
}

/// `apart`: in a process group of its own.
async fn within_bounds(invocation: Invocation<'_>, apart: bool) -> Result<Vec<u8>, Why> {
    let input = invocation.input.unwrap_or_default();
    let limit = invocation.time_limit;
    let mut command = command(invocation.words, invocation.environment, input.is_empty())?;
    if apart {
        command.process_group(0);
    }
    let mut child = command
        .spawn()
        .map_err(|error| not_started(&invocation.words[0], &error))?;
    let group = Group::of(&child, apart);
    let stdin = child.stdin.take();
    let stdout = child.stdout.take().expect("it is piped");
    let conversation = async {
        // Both at once: it may print before it has read everything.
        let (output, ()) = tokio::try_join!(read(stdout), write(stdin, input))?;
        let status = child.wait().await.map_err(failed)?;
        Ok::<_, Why>((output, status))
    };
    let outcome = match timeout(limit, conversation).await {
        Ok(Ok((output, status))) => {
            group.release();
            return judge(status).map(|()| output);
        }
        Ok(Err(why)) => why,
        Err(_) => Why::TimedOut(limit),
    };
    drop(group);
    // Killed and waited for. It may have ended this moment, which is no error of its own.
    let _ = child.kill().await;
    Err(outcome)
}

/// A program and all that it started, killed together when this is dropped.
struct Group(Option<Pid>);

impl Group {
    /// The group that `child` leads, if it stands apart.
    fn of(child: &Child, apart: bool) -> Self {
        let leader = child.id().and_then(|id| i32::try_from(id).ok());
        Self(leader.filter(|_| apart).and_then(Pid::from_raw))
    }

    /// The program has ended by itself: its number may be another's by now.
    fn release(mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(leader) = self.0 {
            // It may have ended this moment.
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}

/// Whether there is a terminal that a program can ask a person on. It then stays in our group: a terminal stops those
/// who read from it in another, and its Ctrl-C reaches all of ours.
fn has_terminal() -> bool {
    std::fs::File::open("/dev/tty").is_ok()
}

fn command(
    words: &[String],
    environment: Vec<(&'static str, OsString)>,
    silent: bool,
) -> Result<Command, Why> {
    let (program, arguments) = words.split_first().ok_or(Why::Nothing)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .envs(environment)
        .stdin(if silent {
            Stdio::null()
        } else {
            Stdio::piped()
        })
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .kill_on_drop(true);
    Ok(command)
}

fn not_started(program: &str, error: &io::Error) -> Why {
    /// ENOEXEC, the same number everywhere: a text without `#!`, or a program for another machine.
    const NO_PROGRAM: i32 = 8;
    match error.kind() {
        io::ErrorKind::NotFound if program.contains('/') && Path::new(program).exists() => {
            Why::NoInterpreter
        }
        io::ErrorKind::NotFound => Why::NotFound,
        io::ErrorKind::PermissionDenied => Why::NotExecutable,
        _ if error.raw_os_error() == Some(NO_PROGRAM) => Why::NotExecutable,
        _ => Why::Failed(error.to_string()),
    }
}

async fn read(output: impl AsyncRead + Unpin) -> Result<Vec<u8>, Why> {
    let mut bytes = Vec::new();
    let mut bounded = output.take(OUTPUT_LIMIT + 1);
    bounded.read_to_end(&mut bytes).await.map_err(failed)?;
    if bytes.len() as u64 > OUTPUT_LIMIT {
        return Err(Why::TooMuch(OUTPUT_LIMIT));
    }
    Ok(bytes)
}

/// A program that does not care to read its input is heard all the same.
async fn write(stdin: Option<ChildStdin>, input: Vec<u8>) -> Result<(), Why> {
    if let Some(mut stdin) = stdin {
        let _ = stdin.write_all(&input).await;
    }
    Ok(())
}

fn judge(status: ExitStatus) -> Result<(), Why> {
    match (status.code(), status.signal()) {
        (Some(0), _) => Ok(()),
        (Some(code), _) => Err(Why::Status(code)),
        (None, signal) => Err(Why::Signal(signal.unwrap_or_default())),
    }
}

fn failed(error: io::Error) -> Why {
    Why::Failed(error.to_string())
}

#[cfg(test)]
mod tests;
