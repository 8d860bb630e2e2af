use crate::suite::expand::By;
use crate::suite::expand::Expansion;
use crate::suite::expand::KeptBack;
use crate::suite::expand::Stage;
use crate::suite::expand::expand;
use crate::suite::model::Suite;
use crate::suite::samples::HEAD;
use crate::suite::samples::cells;
use crate::suite::samples::read;
use crate::suite::samples::shop;

fn names(expansion: &Expansion) -> Vec<&str> {
    expansion
        .cells
        .iter()
        .map(|cell| cell.name.as_str())
        .collect()
}

fn of(text: &str) -> (Suite, Expansion) {
    cells(&format!("{HEAD}{text}"))
}

#[test]
fn a_row_makes_a_cell_for_each_method_and_identity() {
    let (_, expansion) = of(
        "[[matrix]]\nmethods = [\"shop.v1.Orders/*\"]\nexpect = { anonymous = \"UNAUTHENTICATED\", admin = [\"OK\", \"NOT_FOUND\"], \"*\" = \"denied\" }",
    );
    assert_eq!(
        names(&expansion),
        [
            "shop.v1.Orders/Delete as anonymous",
            "shop.v1.Orders/Delete as viewer",
            "shop.v1.Orders/Delete as admin",
            "shop.v1.Orders/Delete as revoked",
            "shop.v1.Orders/Get as anonymous",
            "shop.v1.Orders/Get as viewer",
            "shop.v1.Orders/Get as admin",
            "shop.v1.Orders/Get as revoked",
        ]
    );
    let stages: Vec<Stage> = expansion.cells.iter().map(|cell| cell.stage).collect();
    assert_eq!(
        stages,
        [
            Stage::AnonymousDenial,
            Stage::Denial,
            Stage::Write,
            Stage::Denial,
            Stage::AnonymousDenial,
            Stage::Denial,
            Stage::Read,
            Stage::Denial,
        ]
    );
    assert_eq!(expansion.unmatched.len(), 2, "health and the catalogue");
}

#[test]
fn lines_are_those_of_what_says_what_is_expected() {
    let text = format!(
        "{HEAD}[[matrix]]\nmethods = [\"shop.v1.Catalog/*\"]\nexpect = {{\n  viewer = \"allowed\",\n  \"*\" = \"denied\",\n}}\n[coverage]\nunlisted = \"denied\"\n"
    );
    let (suite, expansion) = cells(&text);
    let source = crate::suite::samples::source(&text);
    let line = |name: &str| {
        let cell = expansion.cells.iter().find(|cell| cell.name == name);
        source.line(&cell.unwrap().at)
    };
    let text_of = |line: usize| text.lines().nth(line - 1).unwrap();
    let catalog = "shop.v1.Catalog/List as";
    assert_eq!(
        text_of(line(&format!("{catalog} viewer"))),
        "  viewer = \"allowed\","
    );
    assert_eq!(
        text_of(line(&format!("{catalog} admin"))),
        "  \"*\" = \"denied\","
    );
    assert_eq!(
        text_of(line(&format!("{catalog} revoked"))),
        "expect = \"denied\""
    );
    assert_eq!(
        text_of(line("shop.v1.Orders/Get as admin")),
        "unlisted = \"denied\""
    );
    assert_eq!(
        text_of(line("shop.v1.Orders/Get as revoked")),
        "expect = \"denied\""
    );
    assert_eq!(suite.rows.len(), 1);
}

#[test]
fn rows_do_not_override_each_other() {
    let row =
        "[[matrix]]\nmethods = [\"shop.v1.Catalog/List\"]\nexpect = { viewer = \"allowed\" }\n";
    let (_, expansion) = of(&format!("{row}{row}"));
    assert_eq!(
        names(&expansion),
        [
            "shop.v1.Catalog/List as viewer",
            "shop.v1.Catalog/List as revoked",
            "shop.v1.Catalog/List as viewer #2",
            "shop.v1.Catalog/List as revoked #2",
        ]
    );
}

#[test]
fn what_nobody_wrote_is_called_where_it_is_safe() {
    let text = format!(
        "{HEAD}[[matrix]]\nmethods = [\"shop.v1.Orders/Get\"]\nexpect = {{ viewer = \"allowed\" }}\n[coverage]\npublic = [\"grpc.health.**\"]\nignore = [\"shop.v1.Catalog/*\", \"matches.nothing/*\"]\n"
    );
    let suite = read(&text).unwrap();
    for (loopback, call_all, kept) in [(true, false, 0), (false, true, 0), (false, false, 4)] {
        let text = match call_all {
            true => format!("{text}call = \"all\""),
            false => text.clone(),
        };
        let suite_of = read(&text).unwrap();
        let expansion = expand(&suite_of, &[shop(loopback)]).unwrap();
        let unlisted: Vec<_> = expansion
            .cells
            .iter()
            .filter(|cell| cell.row.is_none())
            .collect();
        // Get by anonymous and admin; Delete by all four.
        assert_eq!(unlisted.len(), 6);
        let kept_back = unlisted
            .iter()
            .filter(|cell| cell.kept_back == Some(KeptBack::Coverage));
        assert_eq!(kept_back.count(), kept, "{loopback} {call_all}");
        assert!(unlisted.iter().all(|cell| cell.request.is_none()));
    }
    let expansion = expand(&suite, &[shop(true)]).unwrap();
    assert_eq!(
        expansion.unmatched.len(),
        1,
        "Delete; the others are public, ignored or matched"
    );
}

#[test]
fn without_coverage_nothing_is_called_that_nobody_wrote() {
    let (_, expansion) =
        of("[[case]]\nmethod = \"Orders/Get\"\nas = \"viewer\"\nexpect = \"denied\"");
    assert_eq!(names(&expansion), ["shop.v1.Orders/Get as viewer"]);
    assert_eq!(expansion.unmatched.len(), 3);
}

#[test]
fn objects_make_a_cell_for_each_pair() {
    let (suite, expansion) = of(
        "[[matrix]]\nmethods = [\"shop.v1.Orders/Get\"]\nrequest = { id = \"${other.order}\" }\nexpect = { viewer = \"denied\", admin = \"allowed\", anonymous = \"denied\" }\nnever_contains = [\"${other.marker}\", \"password\"]",
    );
    assert_eq!(
        names(&expansion),
        [
            "shop.v1.Orders/Get as anonymous, viewer's",
            "shop.v1.Orders/Get as anonymous, admin's",
            "shop.v1.Orders/Get as viewer, admin's",
            "shop.v1.Orders/Get as admin, viewer's",
        ]
    );
    let id = |cell: &crate::suite::expand::Cell| cell.request.as_ref().unwrap()["id"].clone();
    let viewer = &expansion.cells[2];
    assert_eq!(id(viewer), "o-2");
    assert_eq!(viewer.own_request.as_ref().unwrap()["id"], "o-1");
    assert_eq!(
        *viewer.never_contains,
        ["admin@x".to_owned(), "password".to_owned()]
    );
    let admin = &expansion.cells[3];
    assert_eq!(
        *admin.never_contains,
        ["password".to_owned()],
        "it may see others'"
    );
    let anonymous = &expansion.cells[0];
    assert!(anonymous.own_request.is_none(), "it owns nothing");
    assert_eq!(
        suite.identities[anonymous.object_of.unwrap()].name,
        "viewer"
    );
}

#[test]
fn the_rest_of_a_row_about_objects_are_those_who_own_one() {
    let (_, expansion) = of(
        "[[matrix]]\nmethods = [\"shop.v1.Orders/Get\"]\nrequest = { id = \"${own.order}\" }\nexpect = { \"*\" = \"allowed\" }",
    );
    assert_eq!(
        names(&expansion),
        [
            "shop.v1.Orders/Get as viewer",
            "shop.v1.Orders/Get as admin"
        ]
    );
    assert!(
        expansion
            .cells
            .iter()
            .all(|cell| cell.own_request.is_none())
    );
}

#[test]
fn a_pattern_or_method_that_is_not_there_is_a_mistake() {
    for (text, expected) in [
        (
            "[[matrix]]\nmethods = [\"shop.v1.Order/*\"]\nexpect = { viewer = \"denied\" }",
            "matches no method",
        ),
        (
            "[[matrix]]\nmethods = [\"shop.v1.Orders/*\", \"shop.v1.Orderz/*\"]\nexpect = { viewer = \"denied\" }",
            "`shop.v1.Orderz/*` matches no method",
        ),
        (
            "[[matrix]]\nmethods = [\"grpc.reflection.**\"]\nexpect = { viewer = \"denied\" }",
            "matches no method",
        ),
        (
            "[[probe]]\nas = \"viewer\"\nmethods = [\"zzz/*\"]",
            "matches no method",
        ),
        (
            "[[case]]\nmethod = \"shop.v1.Orders/Gte\"\nas = \"viewer\"\nexpect = \"denied\"",
            "no method `shop.v1.Orders/Gte`",
        ),
        (
            "[identity.x]\nextends = \"viewer\"\ncontrol = \"Orders/Gone\"\n[[matrix]]\nmethods = [\"**\"]\nexpect = { x = \"denied\" }",
            "no method `Orders/Gone`",
        ),
    ] {
        let suite = read(&format!("{HEAD}{text}")).unwrap();
        let fault = expand(&suite, &[shop(true)]).expect_err(text);
        assert!(fault.what.contains(expected), "{fault:?}");
    }
}

#[test]
fn public_methods_are_open_to_anonymous_either_way() {
    let (_, expansion) = of(
        "[[matrix]]\nmethods = [\"grpc.health.v1.Health/Check\"]\nexpect = { \"*\" = \"denied\" }\n[coverage]\npublic = [\"grpc.health.**\"]\nignore = [\"shop.**\"]",
    );
    let anonymous = &expansion.cells[0];
    assert!(anonymous.is_public && !anonymous.expects_denial() && anonymous.expects_allowed());
    assert!(expansion.cells[1].expects_denial());
    assert_eq!(
        names(&expansion),
        [
            "grpc.health.v1.Health/Check as anonymous",
            "grpc.health.v1.Health/Check as viewer",
            "grpc.health.v1.Health/Check as admin",
        ],
        "a credential that must not work is free there"
    );
}

#[test]
fn each_identity_shows_life_by_its_control_or_its_first_allowed_read() {
    let (suite, expansion) = of(
        "[identity.x]\nauth = { kind = \"bearer\", token = \"env:X\" }\ncontrol = \"shop.v1.Catalog/List\"\n[[matrix]]\nmethods = [\"shop.v1.Orders/*\"]\nexpect = { viewer = \"allowed\", admin = \"denied\", x = \"denied\", anonymous = \"denied\" }",
    );
    let signs: Vec<(&str, &By)> = expansion
        .signs
        .iter()
        .map(|sign| (suite.identities[sign.identity].name.as_str(), &sign.by))
        .collect();
    let first_read = expansion
        .cells
        .iter()
        .position(|cell| cell.name == "shop.v1.Orders/Get as viewer")
        .unwrap();
    assert_eq!(signs.len(), 2);
    assert_eq!(signs[0], ("viewer", &By::Cell(first_read)));
    assert!(matches!(signs[1], ("x", By::Control { .. })));
}
