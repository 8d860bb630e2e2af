//! Descriptors from `.proto` sources.

mod edition;
mod nesting;

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::OnceLock;

use bytes::Bytes;
use protox::file::ChainFileResolver;
use protox::file::GoogleFileResolver;

use crate::describe::described::NotDescribed;
use crate::describe::proto_files::edition::InAnEdition;
use crate::describe::proto_files::nesting::BoundedResolver;
use crate::text::escape;

/// Compiles sources and what they import into one serialized set, comments included.
///
/// Imports, and the files themselves, are looked up in `import_paths`; where there are none, in the
/// current directory and beside each file.
///
/// # Errors
/// The first thing wrong, with the place where it stands: `file:line:column: what`.
pub fn compile(files: &[PathBuf], import_paths: &[PathBuf]) -> Result<Bytes, NotDescribed> {
    let in_an_edition = Arc::new(OnceLock::new());
    let mut resolver = ChainFileResolver::new();
    for place in places(files, import_paths) {
        resolver.add(BoundedResolver::new(place, Arc::clone(&in_an_edition)));
    }
    resolver.add(GoogleFileResolver::new());
    let mut compiler = protox::Compiler::with_file_resolver(resolver);
    compiler.include_imports(true).include_source_info(true);
    for file in files {
        compiler
            .open_file(file)
            .map_err(|error| refused(file, import_paths, in_an_edition.get(), &error))?;
    }
    Ok(compiler.encode_file_descriptor_set().into())
}

fn refused(
    path: &Path,
    import_paths: &[PathBuf],
    in_an_edition: Option<&InAnEdition>,
    error: &protox::Error,
) -> NotDescribed {
    match in_an_edition {
        Some(found) => NotDescribed::Unsupported {
            what: found.to_string(),
            instead: Some(edition::instead(path, import_paths)),
        },
        None => NotDescribed::BadFile {
            path: path.to_owned(),
            what: sentence(path, error),
        },
    }
}

/// Where to look: what the user says, or else the obvious places.
fn places(files: &[PathBuf], import_paths: &[PathBuf]) -> Vec<PathBuf> {
    if !import_paths.is_empty() {
        return import_paths.to_vec();
    }
    let mut places = Vec::new();
    for file in files {
        let is_below = file.components().all(|part| {
            matches!(
                part,
                std::path::Component::Normal(_) | std::path::Component::CurDir
            )
        });
        if let Some(parent) = file.parent()
            && !is_below
            && !places.iter().any(|place| place == parent)
        {
            places.push(parent.to_owned());
        }
    }
    places.push(PathBuf::from("."));
    places
}

/// The compiler's words with file, line and column, on one line.
fn sentence(path: &Path, error: &protox::Error) -> String {
    let mut what = if error.is_file_not_found() && error.file().is_none() {
        format!(
            "{} is in none of the import paths, or not there at all",
            path.display()
        )
    } else {
        // `Debug` is the form with the place in it.
        format!("{error:?}")
    };
    if let Some(source) = std::error::Error::source(error) {
        let source = source.to_string();
        if !what.contains(&source) {
            what = format!("{what}: {source}");
        }
    }
    escape(&what).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::descriptor_set::LazySet;
    use std::fs;

    #[test]
    fn sources_are_compiled_with_what_they_import() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        fs::create_dir(root.join("shop")).unwrap();
        let main = r#"syntax = "proto3"; package shop; import "shop/item.proto";
            service Orders { rpc Get(Item) returns (Item); }"#;
        fs::write(root.join("shop/orders.proto"), main).unwrap();
        fs::write(
            root.join("shop/item.proto"),
            r#"syntax = "proto3"; package shop; message Item {}"#,
        )
        .unwrap();
        for (file, import_paths) in [
            (root.join("shop/orders.proto"), vec![root.to_owned()]),
            (PathBuf::from("shop/orders.proto"), vec![root.to_owned()]),
        ] {
            let set = compile(&[file], &import_paths).unwrap();
            let set = LazySet::scan(&set).unwrap();
            assert!(set.service("shop.Orders").is_some());
            assert!(set.file("shop/item.proto").is_some());
        }
        let alone = compile(&[root.join("shop/item.proto")], &[]).unwrap();
        assert!(LazySet::scan(&alone).unwrap().file("item.proto").is_some());
    }

    #[test]
    fn a_source_in_an_edition_is_no_fault_of_it() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        fs::write(root.join("a.proto"), "edition = \"2023\";\nmessage M {}").unwrap();
        let importing = "syntax = \"proto3\"; import \"a.proto\";";
        fs::write(root.join("b.proto"), importing).unwrap();
        for name in ["a.proto", "b.proto"] {
            let Err(NotDescribed::Unsupported { what, instead }) =
                compile(&[root.join(name)], &[root.to_owned()])
            else {
                panic!("{name}");
            };
            assert_eq!(
                crate::peer_text::plain(&what),
                "`a.proto` is a source in edition `2023`, and only proto2 and proto3 are compiled"
            );
            let root = root.display();
            let expected = format!("protoc -I {root} --include_imports -o api.binpb {root}/{name}");
            assert!(instead.unwrap().starts_with(&expected));
        }
        fs::write(root.join("a.proto"), "edition = 2023;").unwrap();
        let refused = compile(&[root.join("a.proto")], &[root.to_owned()]);
        assert!(matches!(refused, Err(NotDescribed::BadFile { .. })));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        for (text, expected) in [
            (
                "syntax = \"proto3\";\nmessage M {\n  Gone g = 1;\n}",
                "a.proto:3:3: name 'Gone' is not defined",
            ),
            (
                "syntax = \"proto3\";\nimport \"gone.proto\";",
                "a.proto:2:1: import 'gone.proto' not found",
            ),
            ("message M { int32 x 1; }", "a.proto:1:21: expected '='"),
            ("import \"a.proto\";", "import cycle detected"),
            (
                &"message M {".repeat(5_000),
                "a.proto:1:1111: more than 100 levels of nesting",
            ),
        ] {
            fs::write(root.join("a.proto"), text).unwrap();
            let Err(NotDescribed::BadFile { path, what }) =
                compile(&[root.join("a.proto")], &[root.to_owned()])
            else {
                panic!("{text}");
            };
            assert!(what.contains(expected), "{what}");
            assert_eq!(path, root.join("a.proto"));
        }
        let Err(NotDescribed::BadFile { what, .. }) = compile(&[root.join("b.proto")], &[]) else {
            panic!();
        };
        assert!(what.contains("b.proto"), "{what}");
    }
}
