//! Every exit code, once. README, man pages and `--help` are generated from [`TABLE`].

use crate::status::StatusCode;

/// How the process ends. The numbers are a contract that users script against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// The RPC ended OK, the handshake is OK, or the result matches `--expect`.
    Success,
    /// The RPC ended, but not as `--expect`ed; or `cert verify`, `token verify` refused.
    NotAsExpected,
    /// Usage, bad input, bad configuration, a credential refused over plaintext.
    Usage,
    /// No gRPC status was obtained: resolve, connect, TLS, ALPN, HTTP/2.
    NoStatus,
    /// The credential could not be obtained.
    Credential,
    /// No descriptor: reflection absent or broken, unknown symbol, bad proto.
    NoDescriptor,
    /// The RPC ended with this status: 64 + code, or 95 above 16.
    Rpc(StatusCode),
    /// Our own bug.
    Bug,
    /// Output could not be written. A closed pipe is not this: it ends quietly.
    Output,
    /// SIGINT.
    Interrupted,
    /// SIGTERM.
    Terminated,
}

impl ExitStatus {
    /// The number given to the operating system.
    pub fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::NotAsExpected => 1,
            Self::Usage => 2,
            Self::NoStatus => 3,
            Self::Credential => 4,
            Self::NoDescriptor => 5,
            Self::Rpc(StatusCode::OK) => 0,
            Self::Rpc(StatusCode(number)) => match u8::try_from(number) {
                Ok(number) if number <= 16 => 64 + number,
                _ => 95,
            },
            Self::Bug => 96,
            Self::Output => 97,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

/// The codes in words, in the order in which help and README list them.
pub(crate) const TABLE: &[(&str, &str)] = &[
    (
        "0",
        "the RPC ended OK, the handshake is OK, or the result matches --expect",
    ),
    (
        "1",
        "ended, but not as --expect says; or token verify refused",
    ),
    (
        "2",
        "usage, bad input, bad configuration, a credential refused over plaintext",
    ),
    (
        "3",
        "no gRPC status was obtained: resolve, connect, TLS, ALPN, HTTP/2",
    ),
    ("4", "the credential could not be obtained"),
    (
        "5",
        "no descriptor: reflection absent or broken, unknown symbol, bad proto",
    ),
    (
        "64+n",
        "the RPC ended with status n (80 UNAUTHENTICATED, 71 PERMISSION_DENIED); 95 if n > 16",
    ),
    ("96", "a bug in grpcauth"),
    ("97", "output could not be written"),
    ("130", "interrupted (SIGINT)"),
    ("143", "terminated (SIGTERM)"),
];

/// The same for `check`, in the order of the numbers; of several the strongest counts: 130 and 143, 97, 2, 1, 4, 3, 5, 0.
pub(crate) const OF_CHECK: &[(&str, &str)] = &[
    (
        "0",
        "every check passed; skipped and waived ones do not count",
    ),
    ("1", "at least one check failed"),
    ("2", "usage, or a mistake in a suite: nothing was called"),
    (
        "3",
        "nothing failed, and something is inconclusive; with --strict also skipped",
    ),
    ("4", "a credential could not be obtained"),
    ("5", "nothing was selected"),
    ("96", "a bug in grpcauth"),
    ("97", "output could not be written"),
    ("130", "interrupted (SIGINT)"),
    ("143", "terminated (SIGTERM)"),
];
