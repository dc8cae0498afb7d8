//! The demo at true size: what it says is what is published of Kyrgyzstan 2021, and every step of it is sound.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use cascade_tests::demo::{HOME, TODAY, load_observed, open};
use cascade_tests::device::Device;
use cascade_tests::plan_check::check;
use cascade_tests::world::demo_server;
use shared::api::{Me, Overview};
use shared::grant::AccountRole;
use shared::id::ShardId;
use shared::sync::Want;
use shared::tally::{Counts, Flag, SessionLine};
use shared::time::Day;

fn sum(overview: &Overview, stage: &str) -> Counts {
    let mut sum = Counts::default();
    let stage = stage.parse().unwrap();
    overview.shards.iter().filter_map(|tally| tally.stages.get(&stage)).for_each(|counts| sum.add(counts));
    sum
}

#[test]
fn the_demo_stands_on_10_march_2021_at_true_size() {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    let key = server.options().operator_key.clone();
    let mut told = vec![];
    let mut plans = 0;
    let links = load_observed(
        &server.base_url(),
        &key,
        &mut |line| told.push(line.to_owned()),
        &mut |shard, made| {
            plans += 1;
            let breaches = check(&made.problem, &made.outcome);
            assert!(breaches.is_empty(), "{} in {shard}: {breaches:?}", made.problem.stage);
        },
    )
    .unwrap();
    assert_eq!((plans, told.len()), (1 + 9 + 9, 7), "{told:?}");

    let devices: Vec<Device> =
        links.codes.iter().map(|(_, code)| Device::join(&server.base_url(), code).unwrap()).collect();
    let roles: Vec<AccountRole> = devices.iter().map(|d| d.grants[0].role).collect();
    use AccountRole::{Approver, Coordinator, Hq, Trainer};
    assert_eq!(roles, [Hq, Approver, Coordinator, Trainer, Trainer]);
    let Ok([mut hq, _, mut coordinator, mut lead, mut second]) = <[Device; 5]>::try_from(devices) else {
        panic!("five role links")
    };
    let again = Device::join(&server.base_url(), &links.codes[3].1).unwrap();
    assert_eq!(again.account, lead.account, "a demo link opens again");
    assert_ne!(lead.account, second.account);

    let overview: Overview = hq.read("/api/v1/overview").unwrap();
    let today: Day = TODAY.parse().unwrap();
    assert_eq!((overview.today, overview.shards.len(), overview.silent.len()), (today, 10, 0));
    let over = |count: fn(&shared::tally::ShardTally) -> u32| overview.shards.iter().map(count).sum::<u32>();
    assert_eq!((over(|t| t.stations), over(|t| t.rooms_closed)), (2_400, 1));
    let (tot, rec, pec) = (sum(&overview, "tot"), sum(&overview, "rec"), sum(&overview, "pec"));
    assert_eq!((tot.planned, tot.invited, tot.completed, tot.held), (60, 60, 60, tot.sessions));
    assert_eq!((rec.planned, rec.invited, rec.held), (650, 650, rec.sessions));
    assert!((620..650).contains(&rec.completed), "{rec:?}");
    assert_eq!((pec.planned, pec.invited), (31_150, 31_150));
    // On that morning 7 of the 15 days of the window are over.
    let share = f64::from(pec.held) / f64::from(pec.sessions);
    assert!((0.4..0.5).contains(&share), "{share}");
    assert!(pec.completed > 13_000 && pec.present > pec.completed + 300, "{pec:?}");
    assert_eq!((tot.disputed, rec.disputed, pec.disputed), (0, 0, 2));

    let home: ShardId = HOME.parse().unwrap();
    let lines: Vec<SessionLine> = coordinator.read(&format!("/api/v1/shards/{home}/sessions/pec")).unwrap();
    assert_eq!(lines.iter().map(|l| l.disputed).sum::<u32>(), 2);
    assert!(lines.iter().any(|l| l.flags.contains(&Flag::RoomClosed)));
    let odd = |flag| lines.iter().any(|l| l.flags.contains(&flag));
    assert!(!odd(Flag::TrainerNotReady) && !odd(Flag::MarksMissing));

    lead.sync(&home, Want::View).unwrap();
    second.sync(&home, Want::View).unwrap();
    let of_lead = lead.shown(&home).clone();
    let of_second = second.shown(&home);
    let shared_today = of_lead.sessions.iter().find(|(id, session)| {
        session.value.days.first() == Some(&today) && of_second.sessions.contains_key(id)
    });
    let (id, _) = shared_today.expect("both trainers have a session that begins today");
    assert!(!of_lead.marks.keys().any(|(session, ..)| session == id), "not marked yet");
    let me: Me = lead.read("/api/v1/me").unwrap();
    assert!(me.demo && me.name.split(' ').count() >= 2, "{}", me.name);
}

#[test]
fn a_load_that_was_broken_off_begins_again_and_a_loaded_folder_is_left_alone() {
    let storage = tempfile::tempdir().unwrap();
    let mut server = demo_server(storage.path()).unwrap();
    // As a load leaves it that is killed before the end: some of the roster is there, the links are not.
    cascade_tests::world::small_world(&server).unwrap();
    std::fs::write(storage.path().join("demo-begun"), "").unwrap();
    let links = open(&mut server, &mut |_| {}).unwrap();
    let mut told = 0;
    server.restart().unwrap();
    assert_eq!(open(&mut server, &mut |_| told += 1).unwrap(), links);
    assert_eq!(told, 0);
    for (label, url) in links.at(&server.base_url()) {
        let code = url.split_once("#demo=").unwrap().1;
        let mut device = Device::join(&server.base_url(), code).unwrap();
        assert_eq!(device.get("/api/v1/me").unwrap().status, 200, "{label}");
    }
    let mut hq = Device::join(&server.base_url(), &links.codes[0].1).unwrap();
    let overview: Overview = hq.read("/api/v1/overview").unwrap();
    assert_eq!(sum(&overview, "pec").invited, 31_150);
}
