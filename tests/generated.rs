//! The lab's generated code and descriptors are checked in, so that a build needs neither protoc nor
//! a build script; so are the pages of the diagnoses, so that they can be read without one. These tests fail when they drift; `GRPCAUTH_BLESS=1` rewrites the files.

use std::env;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use protox::Compiler;

const PROTOS: [&str; 2] = ["lab/v1/vault.proto", "auth/v1/auth.proto"];

fn lab(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/lab")
        .join(path)
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

/// Compares `fresh` with the checked-in file, or rewrites the file when blessing.
fn assert_checked_in(file: &str, fresh: &[u8]) {
    assert_current(&lab("generated").join(file), fresh);
}

fn assert_current(path: &Path, fresh: &[u8]) {
    if env::var_os("GRPCAUTH_BLESS").is_some() {
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
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnoses.md");
    assert_current(&path, grpcauth::report::explanation::markdown().as_bytes());
}
