//! Flags of other programs, and what they are called here.

/// The names, as they are typed there, and what to type here.
type Row = (&'static [&'static str], &'static str);

const FLAGS: &[Row] = &[
    (
        &[
            "-k",
            "-insecure",
            "--skip-verify",
            "--insecure-skip-verify",
            "--tls-skip-verify",
            "--no-check-certificate",
        ],
        "--insecure",
    ),
    (&["--json"], "--format json"),
    (
        &["-X", "--request"],
        "leave it out: the method is the second argument, `grpcauth call TARGET SERVICE/METHOD`",
    ),
    (&["--metadata", "--reflect-metadata"], "-H 'key: value'"),
    (
        &[
            "--bearer",
            "--oauth2-bearer",
            "--bearer-token",
            "--auth-token",
        ],
        "--token env:NAME",
    ),
    (&["-u"], "--user NAME --password SRC"),
    (&["-rpc-header"], "--rpc-header 'key: value'"),
    (&["-reflect-header"], "--reflect-header 'key: value'"),
    (
        &["-plaintext", "--http2-prior-knowledge", "--no-tls"],
        "--plaintext",
    ),
    (
        &[
            "-cacert",
            "--ca",
            "--ca-cert",
            "--ca-file",
            "--cafile",
            "--tls-ca-cert",
            "--ca-certificate",
        ],
        "--cacert FILE",
    ),
    (&["--capath"], "--cacert FILE, once for each file"),
    (
        &["-cert", "--client-cert", "--certificate"],
        "--cert FILE --key FILE",
    ),
    (
        &["-key", "--certkey", "--client-key", "--private-key"],
        "--key FILE",
    ),
    (
        &["-servername", "--server-name", "--sni"],
        "--servername NAME",
    ),
    (&["-authority"], "--authority NAME"),
    (&["-import-path", "--path", "-I"], "--import-path DIR"),
    (&["--schema"], "--protoset FILE, or --proto FILE"),
    (
        &["--data-raw", "--data-binary", "--data-ascii"],
        "-d JSON, or -d @FILE",
    ),
    (
        &["--tls", "-t", "--ssl"],
        "leave it out: TLS is the default, and --plaintext turns it off",
    ),
    (&["--tlsv1.2"], "--tls-min 1.2"),
    (&["--tlsv1.3"], "--tls-min 1.3"),
    (
        &["--tlsv1", "--tlsv1.0", "--tlsv1.1", "--sslv3"],
        "leave it out: only TLS 1.2 and 1.3 can be offered",
    ),
    (
        &["--http2", "--http1.1"],
        "leave it out: gRPC always uses HTTP/2",
    ),
    (
        &["-m", "-max-time", "--timeout", "--deadline"],
        "--max-time 5s",
    ),
    (&["-connect-timeout"], "--connect-timeout 5s"),
    (&["-x"], "--proxy URL"),
    (&["-A", "-user-agent"], "--user-agent NAME"),
    (&["-i", "--include"], "-v"),
    (&["-s", "--silent"], "-q"),
    (
        &["-o", "--output"],
        "leave it out: messages are on stdout, `> FILE` keeps them",
    ),
    (
        &["-L", "--location"],
        "leave it out: redirects are shown and not followed",
    ),
    (
        &["-r", "--reflection"],
        "leave it out: reflection is used unless --protoset or --proto is given",
    ),
    (
        &["--host", "--port", "-p"],
        "the target is the first argument: HOST:PORT",
    ),
    (&["--pinnedpubkey"], "--pin sha256//BASE64"),
];

/// What a flag of another program is called here. `refused` is what clap names: of a long flag with one dash the first
/// letter alone.
pub(super) fn counterpart(refused: &str, words: &[&str]) -> Option<String> {
    let names = words
        .iter()
        .map(|word| word.split('=').next().unwrap_or(word));
    let mut typed = names.filter(|word| word.starts_with(refused) && word.starts_with('-'));
    typed.find_map(|name| {
        let row = FLAGS.iter().find(|(names, _)| names.contains(&name));
        row.map(|(_, here)| match here.starts_with('-') {
            true => format!("here it is {here}"),
            false => (*here).to_owned(),
        })
    })
}

/// What to do about a version of TLS that cannot be offered.
pub(super) fn old_tls(argument: &str, value: &str) -> Option<&'static str> {
    let is_version = argument.starts_with("--tls-min") || argument.starts_with("--tls-max");
    (is_version && matches!(value, "1" | "1.0" | "1.1")).then_some(
        "TLS 1.0 and 1.1 cannot be offered: `openssl s_client -tls1_1 -connect HOST:PORT` tries them",
    )
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_flag_that_is_offered_exists() {
        let cli = Cli::command();
        let call = cli.find_subcommand("call").expect("call");
        let known = |flag: &str| {
            call.get_arguments().any(|argument| {
                argument.get_long() == flag.strip_prefix("--")
                    || flag.len() == 2 && argument.get_short() == flag.chars().nth(1)
            })
        };
        for (names, here) in FLAGS {
            for word in here.split_whitespace().filter(|word| word.starts_with('-')) {
                assert!(known(word.trim_end_matches(',')), "{names:?}: {word}");
            }
        }
    }

    #[test]
    fn no_flag_of_ours_is_called_foreign() {
        let cli = Cli::command();
        let call = cli.find_subcommand("call").expect("call");
        for argument in call.get_arguments() {
            if let Some(long) = argument.get_long() {
                let typed = format!("--{long}");
                assert_eq!(counterpart(&typed, &[&typed]), None, "{typed}");
            }
        }
    }
}
