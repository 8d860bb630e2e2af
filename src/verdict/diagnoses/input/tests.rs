use crate::authenticate::NotObtained;
use crate::authenticate::program::ProgramFailed;
use crate::authenticate::program::Why;
use crate::authenticate::secret_reader::Unreadable;
use crate::evidence::Description;
use crate::evidence::Refusal;
use crate::evidence::answers::evidence;
use crate::verdict::diagnoses::first;
use crate::verdict::finding::Finding;

fn refused(refusal: Refusal) -> Finding {
    let mut evidence = evidence();
    evidence.refusal = Some(refusal);
    first(&evidence).expect("a refusal of our own is a finding")
}

#[test]
fn usage_gives_its_own_words() {
    let finding = refused(Refusal::Usage {
        what: "standard input is claimed twice".into(),
        hint: "use a file".into(),
    });
    assert_eq!(
        (finding.id, finding.hint.as_str()),
        ("input.usage", "use a file")
    );
    let finding = refused(Refusal::Credential(NotObtained::UnknownKind(
        "baerer".into(),
    )));
    assert_eq!(
        (finding.id, finding.hint.as_str()),
        ("input.usage", "did you mean --auth bearer?")
    );
    let finding = refused(Refusal::Credential(NotObtained::Missing {
        kind: "basic",
        parameter: "user",
    }));
    assert!(finding.cause.contains("--user"), "{}", finding.cause);
}

#[test]
fn a_source_without_a_secret_names_what_to_do() {
    for (problem, hint) in [
        (Unreadable::Unset("TOKEN".into()), "export TOKEN"),
        (Unreadable::Empty("env:TOKEN".into()), "--auth none"),
        (Unreadable::NotFound("/run/t".into()), "path"),
        (
            Unreadable::Failed {
                source: "file:t".into(),
                why: "Permission denied".into(),
            },
            "this user",
        ),
        (
            Unreadable::NotASecret {
                source: "file:t".into(),
                why: "it is not text (UTF-8)",
            },
            "--token",
        ),
        (
            Unreadable::Program(ProgramFailed {
                program: "pass".into(),
                why: Why::Status(1),
            }),
            "by hand",
        ),
    ] {
        let finding = refused(Refusal::Secret {
            flag: "token",
            problem,
        });
        assert_eq!(finding.id, "input.secret-source");
        assert!(finding.hint.contains(hint), "{}", finding.hint);
    }
}

#[test]
fn several_messages_for_a_method_of_one() {
    let mut evidence = evidence();
    evidence.call.description = Description::TooManyRequests { count: 3 };
    let finding = first(&evidence).unwrap();
    assert_eq!(finding.id, "input.request");
    assert!(finding.cause.contains("holds 3"), "{}", finding.cause);
}
