//! Provisional.
use cascade_tests::world::demo_server;
fn main() {
    let storage = tempfile::tempdir().unwrap();
    let mut server = demo_server(storage.path()).unwrap();
    let begun = std::time::Instant::now();
    let links = cascade_tests::demo::open(&mut server, &mut |line| println!("{line}"));
    println!("{:?} {:?}", begun.elapsed(), links.map(|l| l.at(&server.base_url())));
    let log = server.log(); println!("{}", &log[log.len().saturating_sub(2000)..]);
}
