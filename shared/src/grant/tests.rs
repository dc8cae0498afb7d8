//! How grants and devices stand towards records.

use super::*;

fn grant(until: Option<i64>, ended: Option<(i64, Ending)>) -> Grant {
    Grant {
        id: GrantId(1),
        account: AccountId(1),
        role: AccountRole::Trainer,
        shard: None,
        person: None,
        sessions: BTreeSet::new(),
        from: Stamp(100),
        until: until.map(Stamp),
        ended: ended.map(|(at, how)| (Stamp(at), how)),
    }
}

#[test]
fn a_record_counts_if_its_grant_held_when_it_was_written() {
    let late = 200 + GRACE_MS + 1;
    for (name, grant, stamp, now, expected) in [
        ("received before it began", grant(None, None), 50, 99, Standing::Never),
        ("by a slow clock, written before it began", grant(None, None), 50, 300, Standing::Valid),
        ("while it held", grant(None, None), 150, 300, Standing::Valid),
        (
            "brought after the ordinary end",
            grant(None, Some((200, Ending::Ordinary))),
            150,
            300,
            Standing::Valid,
        ),
        (
            "written after the ordinary end",
            grant(None, Some((200, Ending::Ordinary))),
            250,
            300,
            Standing::Never,
        ),
        ("beyond the grace", grant(Some(200), None), 150, late, Standing::Hold),
        ("after a revocation for cause", grant(None, Some((200, Ending::Cause))), 150, 300, Standing::Hold),
    ] {
        assert_eq!(grant.standing(Stamp(stamp), Stamp(now)), expected, "{name}");
    }
}

#[test]
fn a_revoked_device_brings_only_what_was_written_before_unless_it_was_revoked_for_cause() {
    let late = 200 + GRACE_MS + 1;
    for (name, how, stamp, now, expected) in [
        ("before the end", Ending::Ordinary, 150, 300, Standing::Valid),
        ("after the end", Ending::Ordinary, 200, 300, Standing::Never),
        ("beyond the grace", Ending::Ordinary, 150, late, Standing::Hold),
        ("for cause, written before", Ending::Cause, 150, 300, Standing::Hold),
        ("for cause, written after", Ending::Cause, 250, 300, Standing::Hold),
    ] {
        let devices_ended = BTreeMap::from([(DeviceId(7), (Stamp(200), how))]);
        let access = Access { devices_ended, ..Access::default() };
        assert_eq!(access.device_standing(DeviceId(7), Stamp(stamp), Stamp(now)), expected, "{name}");
        let other = access.device_standing(DeviceId(8), Stamp(stamp), Stamp(now));
        assert_eq!(other, Standing::Valid, "{name}: another device");
    }
}
