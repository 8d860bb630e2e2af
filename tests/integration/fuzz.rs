//! Every parser of bytes that a peer or a file chooses, fed with mutated specimens of what it is made for.
//!
//! Whatever it is given, it answers in time and within its memory, does not panic, and says something of bounded length.
//! `PROPTEST_CASES=100000 cargo test --test integration fuzz::` looks longer; an input that was found to be bad becomes
//! one of the target's seeds.

mod answers;
mod certificates;
mod descriptors;
mod editions;
mod inputs;
mod mutation;
mod tokens;

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::time::Duration;
use std::time::Instant;

use proptest::test_runner::Config;
use proptest::test_runner::TestCaseError;
use proptest::test_runner::TestRunner;

/// The longest that a case may take, in a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(10);

/// What any parser may hold and say at most, beside what grows with its input.
const BASE: usize = 1 << 20;

/// What it holds for each octet of its input: a JSON array of one digit each is some sixty times its text.
const GROWTH: usize = 256;

/// What a parser makes of its input: what it shows of it, or why it refuses it.
type Read = Result<String, String>;

type Parser = Box<dyn Fn(&[u8]) -> Read>;

/// One parser.
struct Target {
    name: &'static str,
    /// Inputs that it accepts.
    seeds: Vec<Vec<u8>>,
    read: Parser,
    /// Slow ones get one case in so many.
    share: u32,
    /// What it may hold beside what grows with the input.
    base: usize,
}

impl Target {
    fn new<S: Into<Vec<u8>>>(
        name: &'static str,
        seeds: impl IntoIterator<Item = S>,
        read: impl Fn(&[u8]) -> Read + 'static,
    ) -> Self {
        Self {
            name,
            seeds: seeds.into_iter().map(Into::into).collect(),
            read: Box::new(read),
            share: 1,
            base: BASE,
        }
    }

    fn one_in(self, share: u32) -> Self {
        Self { share, ..self }
    }

    fn holding(self, base: usize) -> Self {
        Self { base, ..self }
    }

    fn run(&self) {
        for (index, seed) in self.seeds.iter().enumerate() {
            let read = self.check(seed);
            assert!(read.is_ok(), "{}: seed {index}: {read:?}", self.name);
        }
        let config = Config::default();
        let mut runner = TestRunner::new(Config {
            cases: config.cases.div_ceil(self.share),
            failure_persistence: None,
            max_shrink_time: 30_000,
            ..config
        });
        let found = runner.run(&mutation::of(&self.seeds), |input| {
            let refused_is_fine = self.check(&input.0);
            refused_is_fine.map(drop).or_else(|fault| match fault {
                Fault::Refused(_) => Ok(()),
                fault => Err(TestCaseError::fail(fault.to_string())),
            })
        });
        if let Err(found) = found {
            panic!("{}: {found}", self.name);
        }
    }

    fn check(&self, input: &[u8]) -> Result<(), Fault> {
        let started = Instant::now();
        let mut read = None;
        // Caught inside: the counter has no other way out of a panic.
        let memory = allocation_counter::measure(|| {
            read = catch_unwind(AssertUnwindSafe(|| (self.read)(input))).ok();
        });
        let taken = started.elapsed();
        let most = input.len() * GROWTH;
        let Some(read) = read else {
            return Err(Fault::Panicked);
        };
        if taken > LONGEST {
            return Err(Fault::Slow(taken));
        }
        if memory.bytes_max as usize > self.base + most {
            return Err(Fault::Held(memory.bytes_max));
        }
        let said = read.as_ref().unwrap_or_else(|refusal| refusal).len();
        if said > BASE + most {
            return Err(Fault::Said(said));
        }
        read.map(drop).map_err(Fault::Refused)
    }
}

/// What is wrong with a case.
#[derive(Debug)]
enum Fault {
    Panicked,
    Slow(Duration),
    Held(u64),
    Said(usize),
    /// Nothing, but for a seed.
    Refused(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panicked => f.write_str("it panicked"),
            Self::Slow(taken) => write!(f, "it took {taken:?}"),
            Self::Held(bytes) => write!(f, "it held {bytes} bytes"),
            Self::Said(bytes) => write!(f, "it said {bytes} bytes"),
            Self::Refused(why) => write!(f, "it was refused: {why}"),
        }
    }
}

/// A test for each target.
macro_rules! targets {
    ($($family:ident: $($target:ident)*;)*) => {
        $($(
            #[test]
            fn $target() {
                $family::$target().run();
            }
        )*)*
    };
}

targets! {
    answers: statuses frames web_pages proxies taps;
    certificates: certificate_files private_keys encrypted_private_keys bundles revocation_lists certificate_facts;
    descriptors: descriptor_sets reflection_replies descriptor_cache sources messages status_details;
    editions: edition_sets edition_messages;
    inputs: requests metadata_files profiles;
    tokens: jwts jwks token_replies login_replies program_outputs token_cache;
}
