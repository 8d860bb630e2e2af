//! A name cut short: the end of one, from a dot on, that no other has.

use crate::text::did_you_mean;

/// Names listed when several fit.
const CANDIDATES: usize = 20;

/// The names that fit what was written.
pub(super) enum Fitting {
    Nothing,
    One(String),
    /// Sorted; the first twenty.
    Several(Vec<String>),
}

impl Fitting {
    pub(super) fn of(mut names: Vec<String>) -> Self {
        names.sort_unstable();
        names.dedup();
        match names.len() {
            0 => Self::Nothing,
            1 => Self::One(names.remove(0)),
            _ => {
                names.truncate(CANDIDATES);
                Self::Several(names)
            }
        }
    }
}

/// Whether `full_name` is `….end`.
pub(super) fn ends_with_part(full_name: &str, end: &str) -> bool {
    full_name
        .strip_suffix(end)
        .is_some_and(|rest| rest.ends_with('.'))
}

/// The name most like the one written: as a whole, or, of one without dots, by its last part.
pub(super) fn nearest<'s>(
    written: &str,
    names: impl Iterator<Item = &'s str> + Clone,
) -> Option<&'s str> {
    fn last(name: &str) -> &str {
        name.rsplit('.').next().unwrap_or(name)
    }
    if written.contains('.') {
        return did_you_mean(written, names);
    }
    let near = did_you_mean(written, names.clone().map(last))?;
    let mut names = names;
    names.find(|name| last(name) == near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_parts_count() {
        assert!(ends_with_part("shop.v1.Orders", "v1.Orders"));
        assert!(!ends_with_part("shop.v1.Orders", "rders"));
        assert!(!ends_with_part("Orders", "Orders"));
    }

    #[test]
    fn of_many_the_first_are_listed_each_once() {
        let names = (0..60).rev().map(|number| format!("n{:02}", number / 2));
        let Fitting::Several(names) = Fitting::of(names.collect()) else {
            panic!("they are thirty");
        };
        assert_eq!(
            (names.len(), names[0].as_str(), names[19].as_str()),
            (20, "n00", "n19")
        );
        let twice = vec!["a".to_owned(), "a".to_owned()];
        assert!(matches!(Fitting::of(twice), Fitting::One(name) if name == "a"));
    }

    #[test]
    fn a_name_without_dots_is_like_a_last_part() {
        let names = ["shop.v1.Orders", "shop.v1.Carts"];
        assert_eq!(nearest("Order", names.into_iter()), Some("shop.v1.Orders"));
        assert_eq!(
            nearest("shop.v1.Cart", names.into_iter()),
            Some("shop.v1.Carts")
        );
        assert_eq!(nearest("zzz", names.into_iter()), None);
    }
}
