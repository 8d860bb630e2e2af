use super::*;
use crate::report::redactor::spellings;

fn knowing(secret: &str) -> Index {
    let mut index = Index::new(|| Reading::Whole);
    index.learn(spellings::of(secret));
    index
}

/// Whether a text is a secret, and nothing else.
fn is_all(text: &str, index: &Index) -> bool {
    let mut search = index.search(text.len());
    for (from, value) in text.bytes().enumerate() {
        let to = from + 1;
        search.take(Octet { value, from, to });
    }
    matches!(&search.end()[..], [only] if *only == (0..text.len()))
}

#[test]
fn many_secrets_cost_little_more_than_few() {
    let secret = |number: usize| format!("{number:04}-0123456789/abcdefghij");
    let mut index = Index::new(|| Reading::Whole);
    let mut built = 0;
    for number in 0..200 {
        index.learn(spellings::of(&secret(number)));
        assert!(
            index.batches.len() <= 8,
            "passes over a text: {}",
            index.batches.len()
        );
        built += index
            .batches
            .iter()
            .filter(|batch| batch.automaton.get().is_none())
            .map(|batch| batch.spellings.len())
            .sum::<usize>();
        // A text between any two, and each secret in it is found.
        assert!(is_all(&secret(number), &index));
        assert!(is_all(&secret(number / 2), &index));
    }
    assert!(built <= index.known.len() * 8, "{built} forms built in");
    let bytes: usize = index.known.iter().map(Vec::len).sum();
    let memory: usize = index
        .batches
        .iter()
        .map(|batch| batch.automaton().memory_usage())
        .sum();
    assert!(memory < bytes * 16, "{memory} bytes for {bytes}");
}

#[test]
fn a_text_too_short_for_any_form_costs_nothing() {
    let index = knowing("0123456789-abcdef");
    assert_eq!(index.longest("0123456789".len()), None);
    assert!(index.batches[0].automaton.get().is_none());
    assert!(is_all("0123456789-abcdef", &index));
}

#[test]
fn a_secret_known_already_costs_nothing() {
    let mut index = knowing("0123456789-abcdef");
    assert!(is_all("0123456789-abcdef", &index));
    index.learn(spellings::of("0123456789-abcdef"));
    assert!(index.batches[0].automaton.get().is_some());
}
