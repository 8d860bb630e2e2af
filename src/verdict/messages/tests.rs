use crate::verdict::diagnoses;
use crate::verdict::messages::ROWS;
use crate::verdict::messages::candidates;

const CORPUS: &str = include_str!("../../../tests/data/client-errors.tsv");

/// Messages that were labelled before the rows were tried on them. `tests/data/README.md` has the figures at first sight.
const MORE: &str = include_str!("../../../tests/data/client-errors-more.tsv");

fn ids(text: &str) -> Vec<&'static str> {
    let found = candidates(text);
    found.iter().map(|one| one.diagnosis.id).collect()
}

/// How many have candidates, the right one first, and the right one among the first three.
fn measured(corpus: &str) -> (usize, usize, usize) {
    let (mut all, mut first, mut among) = (0, 0, 0);
    for line in corpus.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, _, text, wanted, ..] = columns[..] else {
            panic!("{line}");
        };
        let found = ids(text);
        if wanted == "-" {
            assert!(found.is_empty(), "{id}: {text}: {found:?}");
            continue;
        }
        let wanted = wanted.split(',').next().expect("an id");
        all += 1;
        match found.iter().take(3).position(|id| *id == wanted) {
            Some(0) => (first, among) = (first + 1, among + 1),
            Some(_) => among += 1,
            None => eprintln!("{id}: {text}: {wanted}, and not {found:?}"),
        }
    }
    (all, first, among)
}

#[test]
fn the_messages_of_the_corpus_are_found_and_prose_is_not() {
    let (all, first, among) = measured(CORPUS);
    assert!(first * 100 >= all * 96, "first: {first} of {all}");
    assert!(among * 100 >= all * 97, "among three: {among} of {all}");
}

#[test]
fn so_are_those_that_were_written_down_from_memory() {
    let (all, first, among) = measured(MORE);
    assert!(first * 100 >= all * 97, "first: {first} of {all}");
    assert!(among * 100 >= all * 97, "among three: {among} of {all}");
}

#[test]
fn every_id_of_the_table_is_a_diagnosis() {
    for id in ROWS.iter().flat_map(|row| &row.ids) {
        assert!(diagnoses::find(id).is_some(), "{id}");
    }
}

#[test]
fn spelling_does_not_matter_and_a_part_of_a_word_does_not_count() {
    for text in ["UnknownIssuer", "UNKNOWN_ISSUER", "ERROR_UNKNOWN_ISSUER:"] {
        assert_eq!(ids(text).first(), Some(&"trust.no-path"), "{text}");
    }
    assert!(ids("unknownissuers").is_empty());
}
