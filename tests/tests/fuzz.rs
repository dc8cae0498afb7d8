//! A short form of `cargo xtask fuzz`: the same inputs each time.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use cascade_tests::fuzz::{Until, decoders, endpoints};
use cascade_tests::world::{demo_server, small_world};

#[test]
fn no_decoder_panics_on_bytes_of_any_shape() {
    let sum = decoders::run(7, 0, Until::Inputs(6_000)).unwrap();
    // Inputs that nothing understands would show nothing.
    assert!(sum.taken * 10 > sum.inputs, "{sum:?}");
}

#[test]
fn no_route_answers_an_odd_request_by_a_fault_of_its_own() {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    let mut world = small_world(&server).unwrap();
    let sum = endpoints::run(&mut world, 7, 0, Until::Inputs(1_500)).unwrap();
    assert!(sum.taken * 50 > sum.inputs, "{sum:?}");
}
