use crate::suite::samples::HEAD;
use crate::suite::samples::read;

#[test]
fn what_cannot_be_meant_is_refused() {
    for (text, expected) in [
        ("[identity.anonymous]", "`anonymous` is built in"),
        ("[identity.\"a b\"]", "cannot be an identity's name"),
        (
            "[identity.a]\nextends = \"viewr\"",
            "there is no [identity.viewr]; did you mean `viewer`?",
        ),
        (
            "[identity.a]\nextends = \"b\"\n[identity.b]\nextends = \"a\"",
            "an identity extends itself: a → b → a",
        ),
        (
            "[[matrix]]\nmethods = [\"a/b\"]\nexpect = { viewr = \"denied\" }",
            "there is no identity `viewr`; did you mean `viewer`?",
        ),
        (
            "[[matrix]]\nmethods = [\"a/b\"]\nexpect = { revoked = \"denied\" }",
            "`revoked` has an `expect` of its own",
        ),
        (
            "[[matrix]]\nmethods = [\"a/b\"]\nexpect = {}",
            "the row expects nothing",
        ),
        (
            "[[matrix]]\nmethods = []\nexpect = { viewer = \"denied\" }",
            "no methods",
        ),
        (
            "[[matrix]]\ntarget = \"shp\"\nmethods = [\"a/b\"]\nexpect = { viewer = \"denied\" }",
            "there is no [target.shp]",
        ),
        (
            "[[matrix]]\nmethods = [\"a/b\"]\nrequest = { id = \"${other.cart}\" }\nexpect = { viewer = \"denied\" }",
            "no identity owns `cart`",
        ),
        (
            "[identity.c]\nowns = { cart = \"c\" }\n[[matrix]]\nmethods = [\"a/b\"]\nrequest = { id = \"${other.cart}\" }\nexpect = { viewer = \"denied\" }",
            "one identity alone owns `cart`",
        ),
        (
            "[[matrix]]\nmethods = [\"a/b\"]\nnever_contains = [\"\"]\nexpect = { viewer = \"denied\" }",
            "an empty text is in everything",
        ),
        (
            "[[case]]\nmethod = \"a/b\"\nas = \"nobody\"\nexpect = \"denied\"",
            "there is no identity `nobody`",
        ),
        (
            "[[case]]\nmethod = \"a/b\"\nas = \"viewer\"\nexpect = \"denied\"\nassert = { mesage = \"x\" }",
            "`mesage` is not something to assert",
        ),
        (
            "[defaults.retry]\non = [\"UNAUTHENTICATED\"]\ntimes = 2",
            "a verdict is never retried",
        ),
        (
            "[defaults.retry]\non = [\"NOT_FOUND\"]\ntimes = 2",
            "a verdict is never retried",
        ),
        (
            "[defaults.retry]\non = [\"UNAVAILABLE\"]\ntimes = 99",
            "at most 10 times",
        ),
        (
            "[[waiver]]\nreason = \"x\"\nuntil = 2027-01-31",
            "a waiver is of one cell or one check",
        ),
        (
            "[[waiver]]\ncell = \"a/b\"\nreason = \"x\"\nuntil = 2027-01-31",
            "`a/b` is not a cell",
        ),
        (
            "[[waiver]]\ncell = \"a/b as viewr\"\nreason = \"x\"\nuntil = 2027-01-31",
            "there is no identity `viewr`",
        ),
        (
            "[[waiver]]\ncheck = \"plantext\"\nreason = \"x\"\nuntil = 2027-01-31",
            "there is no check `plantext`; did you mean `plaintext`?",
        ),
        (
            "[[waiver]]\ncheck = \"plaintext\"\nreason = \" \"\nuntil = 2027-01-31",
            "without a reason",
        ),
        (
            "[[waiver]]\ncheck = \"plaintext\"\nreason = \"x\"\nuntil = 2027-01-31T10:00:00Z",
            "not a day without a time",
        ),
        (
            "[[probe]]\nas = \"anonymous\"\nmethods = [\"a/b\"]",
            "no call credential to damage",
        ),
        (
            "[[probe]]\nas = \"viewer\"\nmethods = [\"a/b\"]\nmutations = [\"a b\"]",
            "does not select mutations",
        ),
        (
            "[[probe]]\nas = \"viewer\"\nmethods = [\"a/b\"]\nmint = { key = \"hunter2\", alg = \"RS256\" }",
            "a secret is given by reference",
        ),
        (
            "[[probe]]\nas = \"viewer\"\nmethods = [\"a/b\"]\nmint = { key = \"env:K\", alg = \"RS257\" }",
            "did you mean `RS256`?",
        ),
        ("[coverage]\npublic = [\"a/{b\"]", "is not a valid pattern"),
        (
            "[coverage]\nunlistd = \"denied\"",
            "unknown key `unlistd`; did you mean `unlisted`?",
        ),
    ] {
        let complaint = read(&format!("{HEAD}{text}")).expect_err(text);
        let said = format!("{complaint}; {}", complaint.hint);
        assert!(said.contains(expected), "{text:?}: {said}");
        assert!(
            !said.contains("hunter2") && !complaint.excerpt.is_empty(),
            "{said}"
        );
    }
}

#[test]
fn targets_are_checked() {
    for (text, expected) in [
        ("target = \"a:b:c\"", "more than one colon"),
        (
            "[target.a]\naddress = \"http://x:1\"\n[target.a.tls]\nplaintext = \"refused\"",
            "is plaintext, which has no TLS",
        ),
        (
            "[target.a]\naddress = \"http://x:1\"\nca = \"a.pem\"",
            "no certificate is verified",
        ),
        ("[target.a]\nca = \"a.pem\"", "`address` is missing"),
        (
            "[target.a]\naddress = \"x:1\"\nreflect_as = \"b\"",
            "there is no identity `b`",
        ),
        (
            "[target.a]\naddress = \"x:1\"\n[target.b]\naddress = \"y:1\"\n[[matrix]]\nmethods = [\"a/b\"]\nexpect = { anonymous = \"denied\" }",
            "the suite has several targets, and this names none",
        ),
    ] {
        let complaint = read(&format!("version = 1\n{text}")).expect_err(text);
        let said = format!("{complaint}; {}", complaint.hint);
        assert!(said.contains(expected), "{text:?}: {said}");
    }
}

#[test]
fn an_identity_extends_another_key_by_key() {
    let suite = read(&format!(
        "{HEAD}\n[identity.robot]\nextends = \"revoked\"\ntls = {{ cert = \"a.pem\" }}\ncontrol = \"a/b\"\n[identity.heir]\nextends = \"robot\""
    ))
    .unwrap();
    let names: Vec<&str> = suite
        .identities
        .iter()
        .map(|own| own.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["anonymous", "viewer", "admin", "revoked", "robot", "heir"]
    );
    let admin = &suite.identities[2];
    assert_eq!(admin.owns["order"], "o-2");
    assert!(admin.sends.call_credential && !admin.sends.certificate);
    let heir = &suite.identities[5];
    assert!(heir.expect.is_none(), "what is expected is not inherited");
    assert!(heir.sends.call_credential && heir.sends.certificate);
    assert_eq!(heir.control.as_ref().unwrap().value, "a/b");
}

#[test]
fn names_of_rows_are_unique_and_in_the_order_of_the_file() {
    let row = "[[matrix]]\nname = \"x\"\nmethods = [\"a/b\"]\nexpect = { viewer = \"denied\" }\n";
    let case = "[[case]]\nmethod = \"a/b\"\nas = \"viewer\"\nexpect = \"denied\"\n";
    let suite = read(&format!("{HEAD}{row}{case}{row}{case}")).unwrap();
    let names: Vec<&str> = suite.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["x", "a/b as viewer", "x #2", "a/b as viewer #2"]);
}
