//! A method described by files that hold descriptors.

use crate::describe::described::Described;
use crate::describe::described::NotDescribed;
use crate::describe::described::find_method;
use crate::describe::described::resolved;
use crate::describe::described::unknown_method;
use crate::describe::descriptor_set::LazySet;
use crate::describe::flaw::Flaw;
use crate::describe::given::Given;
use crate::describe::method::MethodName;

/// Finds `name` in the files given.
///
/// # Errors
/// When a set cannot be read, lacks what the method needs, or has no such method.
pub fn from_files(given: &Given, name: &MethodName) -> Result<Described, NotDescribed> {
    let bad_file = |flaw: Flaw| given.bad_file(0, &flaw);
    let set = given.scan()?;
    let (service, from_suffix) = find_service(&set, name)?;
    let outline = set.service(&service);
    let methods = || outline.iter().flat_map(|outline| outline.methods());
    if !methods().any(|method| method == name.method()) {
        let known = methods().map(str::to_owned).collect();
        return Err(unknown_method(&service, name.method(), known));
    }
    let linked = set
        .closure_for_method(&service, name.method())
        .map_err(bad_file)?;
    let method = find_method(&linked.pool, &service, name.method())
        .ok_or_else(|| unknown_method(&service, name.method(), Vec::new()))?;
    let closure = set.closure_of(&service).map_err(bad_file)?;
    Ok(Described {
        full_name_used: format!("{service}/{}", name.method()),
        pool: linked.pool,
        method,
        source: given.source(),
        resolved_from_suffix: from_suffix,
        round_trips: 0,
        notes: [linked.notes, set.notes(&closure)].concat(),
        files: given.share(&closure.files),
    })
}

/// The service's full name, and whether the user wrote less.
pub(super) fn find_service(
    set: &LazySet<'_>,
    name: &MethodName,
) -> Result<(String, bool), NotDescribed> {
    let services: Vec<String> = set.services().map(|service| service.full_name()).collect();
    let resolution = match name.service() {
        Some(_) => name.among_services(services.iter().map(String::as_str)),
        None => {
            let methods: Vec<_> = services
                .iter()
                .zip(set.services())
                .flat_map(|(name, service)| service.methods().map(|method| (name.as_str(), method)))
                .collect();
            name.among_methods(&methods)
        }
    };
    resolved(name, resolution, services)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::samples;
    use std::path::Path;

    fn describe(text: &str) -> Result<Described, NotDescribed> {
        let name = MethodName::parse(text).unwrap();
        let given = Given::one("shop.binpb".into(), samples::shop().into());
        from_files(&given, &name)
    }

    #[test]
    fn a_method_is_found_by_any_of_its_names() {
        for (text, full, from_suffix) in [
            ("shop.v1.Orders/Get", "shop.v1.Orders/Get", false),
            ("Orders.List", "shop.v1.Orders/List", true),
            ("Watch", "shop.v1.Orders/Watch", true),
        ] {
            let described = describe(text).unwrap();
            assert_eq!(described.full_name_used, full);
            assert_eq!(described.resolved_from_suffix, from_suffix);
            assert_eq!(described.method.full_name(), full.replace('/', "."));
        }
        assert!(
            describe("Orders.List")
                .unwrap()
                .method
                .is_server_streaming()
        );
    }

    #[test]
    fn what_is_not_there_is_named_with_what_is() {
        let Err(NotDescribed::UnknownMethod {
            suggestion, known, ..
        }) = describe("Orders/Gett")
        else {
            panic!()
        };
        assert_eq!(suggestion.as_deref(), Some("Get"));
        assert_eq!(known, ["Get", "List", "Watch"]);
        let Err(NotDescribed::UnknownService {
            suggestion, known, ..
        }) = describe("shop.v1.Order/Get")
        else {
            panic!()
        };
        assert_eq!(suggestion.as_deref(), Some("shop.v1.Orders"));
        assert_eq!(known, ["shop.v1.Orders"]);
        assert!(matches!(
            describe("Nothing"),
            Err(NotDescribed::UnknownMethod { service, .. }) if service.is_empty()
        ));
    }

    #[test]
    fn a_file_that_is_no_set_is_named() {
        let name = MethodName::parse("a.B/C").unwrap();
        let path = Path::new("x.proto");
        let given = Given::one(path.to_owned(), (&b"syntax = \"proto3\";"[..]).into());
        match from_files(&given, &name) {
            Err(NotDescribed::BadFile { path: named, what }) => {
                assert_eq!(named, path);
                assert!(what.contains("no descriptor"), "{what}");
            }
            other => panic!("{other:?}"),
        }
    }
}
