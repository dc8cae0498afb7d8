//! The simulator in short: a few dozen seeds, and every weakened rule noticed.
//! `cargo xtask simulate` runs as many seeds as one likes.

use cascade_sim::Invariant;
use cascade_sim::story::tell;
use cascade_sim::{live, run, shrink};
use shared::mutants::{Mutant, choose};

/// Seeds of the short form.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=60;

#[test]
fn no_seed_of_the_short_form_breaks_a_rule() {
    for seed in SEEDS {
        if let Err(failure) = run(seed) {
            let (short, found) = shrink::shrink(&tell(seed), &failure);
            panic!("seed {seed} step {}: {}\n{short:#?}\n{}", failure.step, failure.breach, found.breach);
        }
    }
}

#[test]
fn the_same_seed_ends_in_the_same_hash() {
    for seed in [1, 2, 3] {
        assert_eq!(run(seed).unwrap(), run(seed).unwrap());
    }
    assert_ne!(run(1).unwrap(), run(2).unwrap());
}

/// The first rule that breaks under a mutant within so many seeds.
fn caught(mutant: Mutant, seeds: u64) -> Invariant {
    choose(Some(mutant));
    let found = (1..=seeds).find_map(|seed| run(seed).err().map(|failure| (seed, failure)));
    choose(None);
    let (seed, failure) = found.unwrap_or_else(|| panic!("{mutant:?} lives through {seeds} seeds"));
    println!("{mutant:?}: seed {seed} step {}: {}", failure.step, failure.breach);
    // The sound code lives through the same story.
    assert!(live(&tell(seed)).is_ok());
    failure.breach.invariant
}

macro_rules! mutants {
    ($($name:ident $mutant:ident [$($invariant:ident)|+];)*) => {$(
        #[test]
        fn $name() {
            let broken = caught(Mutant::$mutant, 300);
            assert!(matches!(broken, $(Invariant::$invariant)|+), "{broken:?}");
        }
    )*};
}

mutants! {
    a_server_without_a_witness_is_noticed NoWitness [InTheLogOnce | OwnLaterWriteWins | ConfirmedIsProjection];
    admitting_while_forked_is_noticed AdmitsWhileForked [OwnLaterWriteWins];
    a_view_without_a_tag_is_noticed NoViewTag [ConfirmedIsProjection | NothingOutsideTheView];
    stamps_by_the_wall_alone_are_noticed StampIsWall [OwnLaterWriteWins];
    plain_counters_are_noticed PlainCounters [InTheLogOnce | SavedStays | ShownStays];
    an_overlay_cleared_at_the_ack_is_noticed OverlayClearedAtAck [ShownStays];
    folding_before_the_commit_is_noticed FoldsBeforeCommit [MemoryIsTheLog | InTheLogOnce | ChainHolds];
    applying_what_is_held_is_noticed AppliesHeld [HeldHasNoEffect];
    judging_rights_at_admission_alone_is_noticed RightsAtAdmission [HonestDaysCount];
}
