//! The binary: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(grpcauth::session::run(std::env::args_os()))
}
