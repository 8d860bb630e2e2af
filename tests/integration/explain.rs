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

#[test]
fn a_unique_end_of_an_id_and_one_that_is_not_unique() {
    let world = World::open();
    let ran = world.run("explain token-expired");
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.starts_with("credential.token-expired"));
    let ran = world.run("explain leaf");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("time.expired.leaf"), "{}", ran.stderr);
}

#[test]
fn a_status_by_name_and_number_and_an_exit_code() {
    let world = World::open();
    for word in ["UNAUTHENTICATED", "unauthenticated", "16", "80"] {
        let ran = world.run(&format!("explain {word}"));
        assert_eq!(ran.code, 0, "{word}");
        let title = "gRPC status UNAUTHENTICATED (16), exit code 80\n\ncredential.rejected";
        assert!(ran.stdout.starts_with(title), "{}", ran.stdout);
    }
    let ran = world.run("explain 97");
    assert_eq!(ran.stdout, "exit code 97: output could not be written\n");
    assert_eq!(world.run("explain 63").code, 2);
}

#[test]
fn a_message_of_another_program_has_candidates_and_prose_has_none() {
    let world = World::open();
    let ran = world.run("explain rpc error: x509: certificate signed by unknown authority");
    assert_eq!(ran.code, 0);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(lines[0].starts_with("Candidates"), "{}", ran.stdout);
    assert_eq!(lines[2], "trust.no-path");
    assert_eq!(lines[4], "  matched: \"unknown authority\"");
    assert!(
        ran.stdout
            .contains("\nnext: grpcauth handshake HOST:PORT\n")
    );
    let ran = world.run("explain how do I bake a cake");
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("no diagnosis is known for this text"));
}
