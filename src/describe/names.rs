//! The names in descriptors, for completing one that is half typed.

use crate::describe::descriptor_set::LazySet;

/// Every service, sorted: `package.Service`.
pub(crate) fn services(set: &LazySet<'_>) -> Vec<String> {
    plain(set.services().map(|service| service.full_name()))
}

/// Every method, sorted: `package.Service/Method`.
pub(crate) fn methods(set: &LazySet<'_>) -> Vec<String> {
    plain(set.services().flat_map(|service| {
        let name = service.full_name();
        service
            .methods()
            .map(move |method| format!("{name}/{method}"))
    }))
}

/// Sorted, and only what a name may be made of: a shell would act on the rest.
fn plain(names: impl Iterator<Item = String>) -> Vec<String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'/');
    let mut names: Vec<String> = names.filter(|name| name.bytes().all(allowed)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What `word` may become: the names that begin with it; if none does, the ends of names that do, as far as a
/// name may be cut short.
pub(crate) fn beginning_with(names: &[String], word: &str) -> Vec<String> {
    let whole: Vec<String> = names
        .iter()
        .filter(|name| name.starts_with(word))
        .cloned()
        .collect();
    if !whole.is_empty() {
        return whole;
    }
    let mut ends: Vec<String> = names
        .iter()
        .flat_map(|name| {
            name.match_indices(['.', '/'])
                .map(|(at, _)| &name[at + 1..])
        })
        .filter(|end| end.starts_with(word))
        .map(str::to_owned)
        .collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set() -> Vec<u8> {
        use prost::Message as _;
        use prost_reflect::prost_types::*;
        let service = |name: &str, methods: &[&str]| ServiceDescriptorProto {
            name: Some(name.to_owned()),
            method: methods
                .iter()
                .map(|name| MethodDescriptorProto {
                    name: Some((*name).to_owned()),
                    ..MethodDescriptorProto::default()
                })
                .collect(),
            options: None,
        };
        let file = FileDescriptorProto {
            name: Some("shop.proto".to_owned()),
            package: Some("shop.v1".to_owned()),
            service: vec![
                service("Orders", &["Get", "List", "Bad;rm"]),
                service("Items", &["Get"]),
                service("$(reboot)", &["Get"]),
            ],
            ..FileDescriptorProto::default()
        };
        FileDescriptorSet { file: vec![file] }.encode_to_vec()
    }

    #[test]
    fn names_are_sorted_and_harmless() {
        let bytes = set();
        let set = LazySet::scan(&bytes).unwrap();
        assert_eq!(services(&set), ["shop.v1.Items", "shop.v1.Orders"]);
        assert_eq!(
            methods(&set),
            [
                "shop.v1.Items/Get",
                "shop.v1.Orders/Get",
                "shop.v1.Orders/List"
            ]
        );
    }

    #[test]
    fn a_word_is_completed_whole_or_from_an_end() {
        let bytes = set();
        let methods = methods(&LazySet::scan(&bytes).unwrap());
        for (word, completed) in [
            (
                "shop.v1.O",
                &["shop.v1.Orders/Get", "shop.v1.Orders/List"][..],
            ),
            ("shop.v1.Orders/L", &["shop.v1.Orders/List"]),
            ("Ord", &["Orders/Get", "Orders/List"]),
            ("Li", &["List"]),
            ("Ge", &["Get"]),
            ("nope", &[]),
        ] {
            assert_eq!(beginning_with(&methods, word), completed, "{word}");
        }
        assert_eq!(beginning_with(&methods, "").len(), 3);
    }
}
