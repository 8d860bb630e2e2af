//! Every row of a table has its file, and every file of a row its row.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use crate::code;

/// The directory of the rows' files; what the table begins with, in the file of the directory's name or the one named;
/// what the file of a row has, and no other file there; the field that the file is called after.
const TABLES: &str = r#"
    authenticate/call_credentials                  | const ALL:                  | const KIND:    | name
    authenticate/grants                            | const ALL:                  | const GRANT:   | name
    authenticate/client_authentication             | const ALL:                  | const METHOD:  | name
    connect/channel_credentials                    | enum ChannelCredentials     | //!            |
    verdict/diagnoses                              | const ALL:                  | const ROWS:    |
    report/formats                                 | const ALL:                  | const ROW:     | name
    lab/doors/rows                                 | const ALL:                  | const DOORS:   |
    lab/authorization_server/grants                | const GRANTS:               | const GRANT:   | grant_type
    lab/authorization_server/client_authentication | const METHODS:              | const METHOD:  | name
    lab/authorization_server/faults                | const FAMILIES:             | const FAULTS:  |
    cli                                            | enum Command                | after_help     |
    session                                        | enum Command in cli.rs      | fn run(arguments: & |
    cli/token                                      | enum TokenCommand           | after_help     |
"#;

struct Table {
    directory: PathBuf,
    rows: BTreeSet<String>,
    mark: &'static str,
    name: &'static str,
}

fn tables() -> impl Iterator<Item = Table> {
    TABLES.trim().lines().map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [directory, begins, mark, name] = cells[..] else {
            panic!("{line}");
        };
        let directory = Path::new("src").join(directory);
        let (begins, file) = match begins.split_once(" in ") {
            Some((begins, file)) => (begins, Path::new("src").join(file)),
            None => (begins, directory.with_extension("rs")),
        };
        let rows = listed(&code(&file), begins);
        assert!(rows.len() > 1, "{} has no {begins}", file.display());
        Table {
            directory,
            rows,
            mark,
            name,
        }
    })
}

/// What the table of a family of diagnoses has; `reflection` has two tables.
const FAMILY: &str = ": &[&Diagnosis] =";

/// The modules whose rows a table lists: `a` and `b` of `[&a::ROW, b::ROW]` or of `enum { A, B(B) }`.
fn listed(text: &str, first_line: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut lines = text.lines();
    while let Some(first) = lines.find(|line| line.contains(first_line)) {
        let mut whole = first.to_owned();
        while !whole.ends_with("];") && !whole.ends_with("\n}") {
            let line = lines.next().expect("a table ends");
            whole = format!("{whole}\n{line}");
        }
        let (_, body) = whole.split_once(['=', '{']).expect("a table has rows");
        for row in body.split([',', '[']) {
            let row = row.trim_matches(|c: char| !c.is_alphanumeric());
            assert!(
                row.is_empty() || seen.insert(row.to_owned()),
                "{row} stands twice"
            );
            match row.split_once("::") {
                Some((module, _)) if !row.contains('(') => found.insert(module.to_owned()),
                _ => row
                    .split('(')
                    .next()
                    .filter(|name| name.starts_with(char::is_uppercase) && !name.contains("::"))
                    .is_some_and(|variant| found.insert(snake_case(variant))),
            };
        }
    }
    found
}

/// `mutual_tls` of `MutualTls`.
fn snake_case(name: &str) -> String {
    let mut text = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(character.to_lowercase());
    }
    text
}

/// The files of rows in a directory, by module, with their text.
fn row_files(directory: &Path, mark: &str) -> BTreeMap<String, String> {
    let entries = fs::read_dir(directory).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (module, fs::read_to_string(path).unwrap())
        })
        .filter(|(module, text)| module != "tests" && text.contains(mark))
        .collect()
}

/// Whether what a row is called is what its file is called: `b_c` for `b-c` and for `urn:a:b-c`.
fn is_named(module: &str, text: &str, field: &str) -> bool {
    let begins = [
        format!(" {field}: \""),
        format!(" {}: &str = \"", field.to_uppercase()),
    ];
    let value = begins
        .iter()
        .find_map(|begin| text.split_once(begin)?.1.split('"').next());
    value.is_some_and(|value| {
        let last = value.rsplit(':').next().unwrap_or(value);
        last.replace(['-', '.'], "_") == module
    })
}

/// What does not agree between a table and the files of its rows.
fn disagreements(
    rows: &BTreeSet<String>,
    files: &BTreeMap<String, String>,
    name: &str,
) -> Vec<String> {
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| !files.contains_key(*row)) {
        found.push(format!("the row {row} has no file"));
    }
    for (module, text) in files {
        if !rows.contains(module) {
            found.push(format!("{module}.rs has no row"));
        }
        if !name.is_empty() && !is_named(module, text, name) {
            found.push(format!("the {name} in {module}.rs is another"));
        }
    }
    found
}

/// Every row has its file, and every file its row.
#[test]
fn each_row_of_each_table_has_a_file_and_each_file_a_row() {
    let mut found = Vec::new();
    for table in tables() {
        let files = row_files(&table.directory, table.mark);
        for each in disagreements(&table.rows, &files, table.name) {
            found.push(format!("{}: {each}", table.directory.display()));
        }
    }
    let source = |path: &str| code(&Path::new("src").join(path));
    for family in listed(&source("verdict/diagnoses.rs"), "pub const ALL:") {
        let rows = listed(&source(&format!("verdict/diagnoses/{family}.rs")), FAMILY);
        assert!(!rows.is_empty(), "{family} has no rows");
        let directory = format!("src/verdict/diagnoses/{family}");
        let files = row_files(Path::new(&directory), "const ROW:");
        for each in disagreements(&rows, &files, "") {
            found.push(format!("{directory}: {each}"));
        }
        for (module, text) in &files {
            if !is_named(&format!("{family}_{module}"), text, "id") {
                found.push(format!("{directory}: the id in {module}.rs is another"));
            }
        }
        for page in pages(Path::new(&directory)) {
            if !files.contains_key(&page) {
                found.push(format!("{directory}: {page}.md has no row"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The Markdown files of a directory, without their ending.
fn pages(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_planted_file_and_a_planted_row_are_found() {
    for table in tables() {
        let rows = table.rows;
        let good = row_files(&table.directory, table.mark);
        let planted = tempfile::tempdir().unwrap();
        for (module, text) in &good {
            fs::write(planted.path().join(format!("{module}.rs")), text).unwrap();
        }
        let (first, text) = good.first_key_value().unwrap();
        fs::write(planted.path().join("planted.rs"), text).unwrap();
        let files = row_files(planted.path(), table.mark);
        let found = disagreements(&rows, &files, table.name).join("\n");
        assert!(found.starts_with("planted.rs has no row"), "{found}");
        assert_eq!(
            found.contains("in planted.rs is another"),
            !table.name.is_empty()
        );
        let fewer: BTreeSet<String> = rows.iter().filter(|row| *row != first).cloned().collect();
        let found = disagreements(&fewer, &good, table.name);
        assert_eq!(found, [format!("{first}.rs has no row")]);
        let mut more = rows.clone();
        more.insert("planted".to_owned());
        let found = disagreements(&more, &good, table.name);
        assert_eq!(found, ["the row planted has no file"]);
    }
}

#[test]
fn rows_are_read_however_a_table_is_laid_out() {
    let read = |text: &str, first: &str| {
        listed(text, first)
            .into_iter()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        read("const A: &[&K] = &[&a::ROW, &b_c::ROW];\n", "const A:"),
        "a b_c"
    );
    assert_eq!(
        read(
            "const A: &[K] = &[\n    a::ROW,\n    b::ROW,\n];\nfn f() { c::ROW }\n",
            "const A:"
        ),
        "a b"
    );
    assert_eq!(
        read(
            "pub enum E {\n    A,\n    MutualTls(b::MutualTls),\n    C(Box<c::C>),\n}\n",
            "pub enum E"
        ),
        "a c mutual_tls"
    );
    assert!(is_named("a_b_c", "    id: \"a.b-c\",", "id"));
    assert!(is_named("a_b_c", "const ID: &str = \"a.b-c\";", "id"));
    assert!(is_named("c_d", "    name: \"urn:a:b:c-d\",", "name"));
    assert!(!is_named("a_b_d", "    id: \"a.b-c\",", "id"));
}
