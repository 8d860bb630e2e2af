//! What the rules serve, and that they can.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::*;
use crate::verdict::diagnoses::corpus::rows;
use crate::verdict::reading::Reply;

/// What each pattern is good for: `cargo test --lib what_each_pattern_serves -- --ignored --nocapture`.
/// A pattern that serves one row of one product, and only in that product's words, is that product's text and not a rule.
#[test]
#[ignore = "a table for a change of the rules"]
fn what_each_pattern_serves() {
    let mut served: BTreeMap<(usize, &str), (usize, BTreeSet<&str>)> = BTreeMap::new();
    for row in rows() {
        let answer = row.answer();
        let reply = Reply::of(&answer).unwrap();
        let words = Words::of(&reply);
        let Some(trust) = Trust::of(&reply) else {
            continue;
        };
        if let Some(index) = index_of_first(&words, trust) {
            let says = RULES[index].says.iter();
            for pattern in says.filter(|pattern| words.fits(pattern, CLASSES)) {
                let (count, products) = served.entry((index, pattern)).or_default();
                *count += 1;
                products.insert(row.source);
            }
        }
    }
    for (index, rule) in RULES.iter().enumerate() {
        println!("{:?}", rule.about);
        for pattern in rule.says {
            let (count, products) = served.remove(&(index, *pattern)).unwrap_or_default();
            println!("  {count:4} rows, {:3} products  {pattern}", products.len());
        }
    }
}

/// Every kind of fault is read from many products' words, or its rules are some product's.
#[test]
fn every_rule_serves_more_than_one_product() {
    let mut served: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for row in rows() {
        let answer = row.answer();
        let reply = Reply::of(&answer).unwrap();
        let Some(trust) = Trust::of(&reply) else {
            continue;
        };
        if let Some(index) = index_of_first(&Words::of(&reply), trust) {
            served.entry(index).or_default().insert(row.source);
        }
    }
    for (index, rule) in RULES.iter().enumerate() {
        let products = served.get(&index).map_or(0, BTreeSet::len);
        assert!(
            products > 1,
            "{:?}, {:?}: {products}",
            rule.about,
            rule.says
        );
    }
}

/// A pattern that is misspelt never fits, and nothing else would say so.
#[test]
fn every_pattern_is_one_that_can_fit() {
    let patterns = RULES
        .iter()
        .flat_map(|rule| rule.says.iter().chain(rule.unless));
    for pattern in patterns {
        for part in pattern.split(' ') {
            let is_good = match (part.strip_prefix(".."), part.strip_prefix('$')) {
                (Some(most), _) => most.parse::<usize>().is_ok(),
                (_, Some(name)) => CLASSES.iter().any(|(class, _)| *class == name),
                _ => part.split('|').all(|word| word == "." || is_a_word(word)),
            };
            assert!(is_good, "{part:?} in {pattern:?}");
        }
    }
    let phrases = CLASSES.iter().flat_map(|(_, phrases)| phrases.iter());
    for phrase in phrases {
        assert!(phrase.split(' ').all(is_a_word), "{phrase:?}");
    }
}

/// As `Words` splits them: in lower case, without punctuation.
fn is_a_word(word: &str) -> bool {
    !word.is_empty()
        && word
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '\'')
}
