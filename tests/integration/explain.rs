//! `grpcauth explain`: the list, a page, a family, and an id that is none.

use crate::world::World;

#[test]
fn the_list_a_family_and_a_page() {
    let world = World::open();
    let ran = world.run("explain");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(
        ran.stdout.contains("\ncredential.none-sent  "),
        "{}",
        ran.stdout
    );
    let ran = world.run("explain permission");
    assert_eq!(ran.code, 0);
    assert!(
        ran.stdout.starts_with("permission.denied  "),
        "{}",
        ran.stdout
    );
    for id in ["credential.token-expired", "[credential.token-expired]"] {
        let ran = world.run(&format!("explain {id}"));
        assert_eq!(ran.code, 0);
        for heading in [
            "credential.token-expired",
            "How it is established",
            "How to fix it",
            "See it",
        ] {
            assert!(ran.stdout.contains(heading), "{}", ran.stdout);
        }
    }
}

#[test]
fn an_id_that_is_none() {
    let world = World::open();
    let ran = world.run("explain credential.token-expird");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr
            .contains("did you mean `grpcauth explain credential.token-expired`?"),
        "{}",
        ran.stderr
    );
}
