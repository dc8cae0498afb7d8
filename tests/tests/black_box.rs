//! A short form of `cargo xtask black-box`: real browsers, a real server, real faults.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use cascade_tests::black_box::{Size, run};

#[test]
fn nothing_tapped_is_lost_or_doubled_among_kills_cuts_full_disks_and_an_older_copy() {
    let done = run(Size { tablets: 3, steps: 45 }, 5).unwrap();
    assert!(done.taps > 10 && done.marks > 5 && done.restores == 1, "{done:?}");
}
