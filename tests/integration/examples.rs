//! The files in `examples/` are YAML, and each command line of grpcauth in them is one.

use std::ffi::OsStr;
use std::path::Path;
use std::path::PathBuf;

use clap::Parser as _;
use grpcauth::internals::calling::Cli;
use saphyr::LoadableYamlNode as _;
use saphyr::Yaml;

fn yaml_files(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => yaml_files(&path),
            false => vec![path],
        })
        .filter(|path| path.extension() == Some(OsStr::new("yaml")))
        .collect()
}

/// Every list of words in which a word names the program, from there on.
fn command_lines(yaml: &Yaml<'_>) -> Vec<Vec<String>> {
    match yaml {
        Yaml::Mapping(fields) => fields.values().flat_map(command_lines).collect(),
        Yaml::Sequence(items) => {
            let words: Vec<&str> = items.iter().filter_map(Yaml::as_str).collect();
            let begins = words.iter().position(|word| word.ends_with("/grpcauth"));
            let line = begins.map(|at| words[at..].iter().map(|word| word.to_string()).collect());
            line.into_iter()
                .chain(items.iter().flat_map(command_lines))
                .collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn each_example_is_yaml_and_its_command_lines_are_understood() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = yaml_files(&directory);
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let documents = Yaml::load_from_str(&text).unwrap();
        let lines: Vec<_> = documents.iter().flat_map(command_lines).collect();
        assert!(!lines.is_empty(), "{} has no command line", file.display());
        for line in lines {
            if let Err(error) = Cli::try_parse_from(&line) {
                panic!("{}: {line:?}: {error}", file.display());
            }
        }
    }
}

#[test]
fn a_line_that_is_none_would_be_found() {
    let text = "exec: {command: [sh, /bin/grpcauth, health, h:1, --no-such-flag]}";
    let documents = Yaml::load_from_str(text).unwrap();
    let lines: Vec<_> = documents.iter().flat_map(command_lines).collect();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0][0], "/bin/grpcauth");
    assert!(Cli::try_parse_from(&lines[0]).is_err());
}
