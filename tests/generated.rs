//! What is generated is checked in: the lab's code and descriptors, so that a build needs neither protoc
//! nor a build script; completions, man pages, the JSON schema and the
//! pages of the diagnoses, so that packages can take them as they
//! are. These tests fail when they drift; `GRPCAUTH_BLESS=1` rewrites the files.

use std::env;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use clap_complete::Shell;
use grpcauth::internals::pages;
use grpcauth::internals::schema;
use grpcauth::internals::script;
use grpcauth::internals::suite_schema;
use protox::Compiler;

const PROTOS: [&str; 2] = ["lab/v1/vault.proto", "auth/v1/auth.proto"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn lab(path: &str) -> PathBuf {
    root().join("src/lab").join(path)
}

fn compiled() -> Compiler {
    let mut compiler = Compiler::new([lab("proto")]).expect("the include path is there");
    compiler
        .include_imports(true)
        .include_source_info(true)
        .open_files(PROTOS)
        .expect("the protos compile");
    compiler
}

/// Compares `fresh` with the lab's checked-in file.
fn assert_checked_in(file: &str, fresh: &[u8]) {
    assert_same(&lab("generated").join(file), fresh);
}

/// Compares `fresh` with the file at `path`, or rewrites the file when blessing.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is told by a variable to write its files"
)]
fn assert_same(path: &Path, fresh: &[u8]) {
    if env::var_os("GRPCAUTH_BLESS").is_some() {
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory).expect("the directory can be made");
        }
        fs::write(path, fresh).expect("the generated file is writable");
        return;
    }
    assert!(
        fs::read(path).is_ok_and(|stored| stored == fresh),
        "{} is stale: run `GRPCAUTH_BLESS=1 cargo test --test generated`",
        path.display()
    );
}

#[test]
fn the_descriptor_set_is_current() {
    assert_checked_in("lab.binpb", &compiled().encode_file_descriptor_set());
}

#[test]
fn the_code_is_current() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    tonic_prost_build::configure()
        .build_client(false)
        .build_transport(false)
        .emit_rerun_if_changed(false)
        // prost-types comes with prost-reflect: one version of it, named once.
        .extern_path(
            ".google.protobuf.Timestamp",
            "::prost_reflect::prost_types::Timestamp",
        )
        .out_dir(directory.path())
        .compile_fds(compiled().file_descriptor_set())
        .expect("the code is generated");
    for (package, module) in [("lab.v1.rs", "lab_v1.rs"), ("auth.v1.rs", "auth_v1.rs")] {
        let fresh = fs::read(directory.path().join(package)).expect("one file for each package");
        assert_checked_in(module, &fresh);
    }
}

#[test]
fn the_pages_of_the_diagnoses_are_current() {
    let path = root().join("docs/diagnoses.md");
    assert_same(&path, grpcauth::internals::markdown().as_bytes());
}

#[test]
fn completions_are_current() {
    for (shell, file) in [
        (Shell::Bash, "grpcauth.bash"),
        (Shell::Zsh, "_grpcauth"),
        (Shell::Fish, "grpcauth.fish"),
        (Shell::PowerShell, "_grpcauth.ps1"),
    ] {
        let script = script(shell);
        assert_same(&root().join("completions").join(file), script.as_bytes());
    }
}

#[test]
fn man_pages_are_current() {
    let pages = pages();
    for page in &pages {
        assert_same(&root().join("man").join(&page.file), page.roff.as_bytes());
    }
    for stored in fs::read_dir(root().join("man")).expect("man/ is checked in") {
        let name = stored.expect("man/ is readable").file_name();
        assert!(
            pages.iter().any(|page| *page.file == *name),
            "man/{} belongs to no command",
            name.display()
        );
    }
}

#[test]
fn the_json_schema_is_current() {
    let path = root().join("docs/schema/grpcauth-1.schema.json");
    assert_same(&path, schema().as_bytes());
}

#[test]
fn the_json_schema_of_suites_is_current() {
    let path = root().join("docs/schema/suite-1.schema.json");
    assert_same(&path, suite_schema().as_bytes());
}
