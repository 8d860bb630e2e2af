//! Frames in any order: the RPC ends in time, without a panic, and is OK only if the trailers said so.

use proptest::prelude::*;

use super::*;

/// Ends an answer with OK.
fn ok() -> Step {
    trailers(&[("grpc-status", "0")])
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(grpc_headers()),
        Just(headers(&[(":status", "103")])),
        Just(headers(&[(":status", "401"), ("grpc-status", "0")])),
        Just(headers(&[
            (":status", "200"),
            ("content-type", "application/grpc"),
            ("grpc-status", "0")
        ])),
        Just(trailers(&[("grpc-status", "16")])),
        Just(trailers(&[("grpc-status", "0"), ("grpc-status", "16")])),
        Just(trailers(&[])),
        Just(ok()),
        Just(trailers_only(&[("grpc-status", "0")])),
        Just(data(message(b"x"))),
        Just(last_data(message(b"x"))),
        Just(last_data("")),
        Just(Step::Ping),
        Just(Step::Settings(vec![(3, 0), (4, 0)])),
        Just(Step::Close),
        (0u32..14).prop_map(Step::Reset),
        (0u32..3, 0u32..14).prop_map(|(last, code)| Step::GoAway {
            last,
            code,
            debug: Vec::new()
        }),
        proptest::collection::vec(any::<u8>(), 0..20).prop_map(data),
        proptest::collection::vec(any::<u8>(), 0..20).prop_map(Step::Raw),
        (
            any::<u8>(),
            any::<u8>(),
            0u32..3,
            proptest::collection::vec(any::<u8>(), 0..20)
        )
            .prop_map(|(kind, flags, stream, payload)| Step::Raw(raw_http2::frame(
                kind, flags, stream, &payload
            ))),
    ]
}

proptest! {
    #[test]
    fn ends_and_is_ok_only_if_the_trailers_said_so(
        script in proptest::collection::vec(step(), 0..8),
        server_streaming in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        let answer = runtime.block_on(async { play(&script, server_streaming).await.answer });
        prop_assert!(answer.duration <= Duration::from_secs(5));
        if outcome(&answer).starts_with("0 ") {
            let said: Vec<_> = answer.trailers.get_all("grpc-status").iter().collect();
            prop_assert!(said == ["0"], "{said:?}");
            prop_assert!(server_streaming || answer.messages == 1);
        }
    }
}
