use super::*;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

fn sh(script: &str) -> Vec<String> {
    ["sh", "-c", script].map(str::to_owned).to_vec()
}

async fn run_words(words: &[String]) -> Result<Vec<u8>, Why> {
    let invocation = Invocation {
        time_limit: TIME_LIMIT,
        words,
        input: None,
        environment: environment("api:443", Some("aud")),
    };
    run(invocation).await.map_err(|failed| failed.why)
}

async fn with_input(script: &str, input: Vec<u8>) -> Result<Vec<u8>, Why> {
    let invocation = Invocation {
        time_limit: TIME_LIMIT,
        words: &sh(script),
        input: Some(input),
        environment: Vec::new(),
    };
    run(invocation).await.map_err(|failed| failed.why)
}

/// Whether there is no such process any more, not even a dead one that nobody has waited for.
fn is_gone(pid: &str) -> bool {
    let asked = std::process::Command::new("sh")
        .args(["-c", &format!("kill -0 {pid} 2>/dev/null")])
        .status();
    !asked.unwrap().success()
}

/// A program that says its number through a pipe, and then never ends.
struct Endless {
    directory: tempfile::TempDir,
}

impl Endless {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let endless = Self { directory };
        let made = std::process::Command::new("mkfifo")
            .arg(endless.pipe())
            .status();
        assert!(made.unwrap().success());
        endless
    }

    fn pipe(&self) -> PathBuf {
        self.directory.path().join("pipe")
    }

    fn words(&self) -> Vec<String> {
        sh(&format!(
            "echo $$ > {}; exec sleep 1000",
            self.pipe().display()
        ))
    }

    async fn number(&self) -> String {
        let said = tokio::fs::read_to_string(self.pipe()).await.unwrap();
        let number = said.trim().to_owned();
        assert!(!is_gone(&number));
        number
    }
}

#[tokio::test]
async fn what_it_prints_is_given_back() {
    let words = ["printf", "%s|", "a b", "$HOME", "*"].map(str::to_owned);
    assert_eq!(
        run_words(&words).await.unwrap(),
        b"a b|$HOME|*|",
        "no shell"
    );
    let told = run_words(&sh(
        "echo $GRPCAUTH_TARGET $GRPCAUTH_AUDIENCE; echo $KUBERNETES_EXEC_INFO",
    ))
    .await
    .unwrap();
    let told = String::from_utf8(told).unwrap();
    let (first, second) = told.split_once('\n').unwrap();
    assert_eq!(first, "api:443 aud");
    let info: serde_json::Value = serde_json::from_str(second).unwrap();
    assert_eq!(info["spec"]["interactive"], false);
    assert_eq!(
        run_words(&sh("cat")).await.unwrap(),
        b"",
        "it reads nothing"
    );
}

#[tokio::test]
async fn it_reads_what_it_is_given_while_it_prints() {
    assert_eq!(with_input("cat", b"host".to_vec()).await.unwrap(), b"host");
    // More than pipes hold, in both directions.
    let much = vec![b'x'; 1 << 20];
    assert_eq!(with_input("cat", much.clone()).await.unwrap(), much);
    // Too much is too much, whether or not everything was read.
    let flood = with_input("yes", much.clone()).await;
    assert_eq!(flood, Err(Why::TooMuch(OUTPUT_LIMIT)));
    // One that does not read it is heard all the same.
    let heard = with_input("exec 0<&-; echo heard", much).await;
    assert_eq!(heard.unwrap(), b"heard\n");
}

#[tokio::test]
async fn each_failure_is_told_apart() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str, mode| {
        let path: PathBuf = directory.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path.display().to_string()
    };
    let one = |word: &str| vec![word.to_owned()];
    for (words, why) in [
        (vec![], Why::Nothing),
        (one("grpcauth-test-no-such-program"), Why::NotFound),
        (one("/nonexistent/program"), Why::NotFound),
        (one("/"), Why::NotExecutable),
        (
            one(&file("plain", "#!/bin/sh\n", 0o644)),
            Why::NotExecutable,
        ),
        (one(&file("text", "\u{1}hello", 0o755)), Why::NotExecutable),
        (
            one(&file("script", "#!/nonexistent/interpreter\n", 0o755)),
            Why::NoInterpreter,
        ),
        (
            one("a\0b"),
            Why::Failed("nul byte found in provided data".into()),
        ),
        (sh("echo half; exit 3"), Why::Status(3)),
        (sh("kill -9 $$"), Why::Signal(9)),
        (sh("yes"), Why::TooMuch(OUTPUT_LIMIT)),
    ] {
        assert_eq!(run_words(&words).await, Err(why.clone()), "{words:?}");
        let program = words.first().cloned().unwrap_or_default();
        let sentence = ProgramFailed { program, why }.to_string();
        assert!(!sentence.contains("half"), "{sentence}");
    }
}

#[tokio::test]
async fn as_much_as_the_limit_is_taken() {
    let output = run_words(&sh("head -c 1048576 /dev/zero")).await.unwrap();
    assert_eq!(output.len() as u64, OUTPUT_LIMIT);
}

/// The paused clock leaps to the limit once there is nothing but the program to wait for.
#[tokio::test(start_paused = true)]
async fn one_that_is_not_done_in_time_is_killed_and_waited_for() {
    let endless = Endless::new();
    let words = endless.words();
    let (ended, number) = tokio::join!(run_words(&words), endless.number());
    assert_eq!(ended, Err(Why::TimedOut(TIME_LIMIT)));
    assert!(is_gone(&number));
}

#[tokio::test]
async fn one_whose_caller_has_gone_is_killed_and_waited_for() {
    let endless = Endless::new();
    let words = endless.words();
    let number = tokio::select! {
        biased;
        ended = run_words(&words) => panic!("{ended:?}"),
        number = endless.number() => number,
    };
    // The runtime waits for it as it goes on.
    let gone = async {
        while !is_gone(&number) {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(20), gone)
        .await
        .expect("it is gone");
}

#[tokio::test]
async fn what_it_started_is_killed_with_it() {
    let endless = Endless::new();
    let words = sh(&format!(
        "(echo $(exec sh -c 'echo $PPID') > {}; sleep 1000) & sleep 1000",
        endless.pipe().display()
    ));
    let (descendant, outcome) = {
        let invocation = Invocation {
            time_limit: Duration::from_secs(3600),
            words: &words,
            input: None,
            environment: Vec::new(),
        };
        let mut running = Box::pin(within_bounds(invocation, true));
        tokio::select! {
            outcome = &mut running => (String::new(), Some(outcome)),
            number = endless.number() => (number, None),
        }
    };
    assert!(outcome.is_none(), "{outcome:?}");
    while !is_gone(&descendant) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn it_may_be_waited_for_inside_a_runtime() {
    let invocation = Invocation {
        time_limit: TIME_LIMIT,
        words: &sh("echo said"),
        input: None,
        environment: Vec::new(),
    };
    assert_eq!(run_blocking(invocation).unwrap(), b"said\n");
}
