use super::Proxy;
use std::io::{Read, Result, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// A server that says everything back, and tells the test what it heard.
fn echo() -> (u16, Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, heard) = channel();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let tell = tell.clone();
            thread::spawn(move || {
                let mut room = [0; 9000];
                while let Ok(read @ 1..) = stream.read(&mut room) {
                    let _ = tell.send(room[..read].to_vec());
                    if stream.write_all(&room[..read]).is_err() {
                        return;
                    }
                }
            });
        }
    });
    (port, heard)
}

fn dial(proxy: &Proxy) -> TcpStream {
    TcpStream::connect(("127.0.0.1", proxy.port)).unwrap()
}

fn ask(stream: &mut TcpStream, text: &[u8]) -> Result<Vec<u8>> {
    stream.write_all(text)?;
    let mut answer = vec![0; text.len()];
    stream.read_exact(&mut answer)?;
    Ok(answer)
}

#[test]
fn bytes_pass_unchanged_and_are_counted_both_ways() {
    let (port, _heard) = echo();
    let proxy = Proxy::start(port).unwrap();
    let long: Vec<u8> = (0..300_000_u32).map(|i| i as u8).collect();
    let mut stream = dial(&proxy);
    let mut writer = stream.try_clone().unwrap();
    let sent = long.clone();
    thread::spawn(move || {
        writer.write_all(&sent).unwrap();
        writer.shutdown(Shutdown::Write).unwrap();
    });
    let mut back = Vec::new();
    stream.read_to_end(&mut back).unwrap();
    assert!(back == long, "{} bytes came back", back.len());
    assert_eq!((proxy.bytes_up(), proxy.bytes_down(), proxy.connections()), (300_000, 300_000, 1));
}

#[test]
fn a_cut_breaks_what_is_open_refuses_what_comes_and_is_mended() {
    let (port, _heard) = echo();
    let proxy = Proxy::start(port).unwrap();
    let mut stream = dial(&proxy);
    assert_eq!(ask(&mut stream, b"before").unwrap(), b"before");
    proxy.cut();
    assert!(ask(&mut stream, b"during").is_err());
    assert!(ask(&mut dial(&proxy), b"during").is_err());
    proxy.restore();
    assert_eq!(ask(&mut dial(&proxy), b"after").unwrap(), b"after");
}

#[test]
fn a_swallowed_reply_was_heard_by_the_server_and_the_next_one_comes() {
    let (port, heard) = echo();
    let proxy = Proxy::start(port).unwrap();
    proxy.swallow_response_to("POST /sync");
    let mut other = dial(&proxy);
    assert_eq!(ask(&mut other, b"GET /").unwrap(), b"GET /");
    assert_eq!(heard.recv().unwrap(), b"GET /");
    let mut stream = dial(&proxy);
    assert!(ask(&mut stream, b"POST /sync 7 marks").is_err());
    assert_eq!(heard.recv().unwrap(), b"POST /sync 7 marks");
    assert_eq!(proxy.swallowed(), 1);
    assert_eq!(ask(&mut other, b"POST /sync").unwrap(), b"POST /sync");
    proxy.swallow_next_response();
    assert!(ask(&mut other, b"anything").is_err());
}

#[test]
fn a_far_server_answers_after_the_round_trip() {
    let (port, _heard) = echo();
    let proxy = Proxy::start(port).unwrap();
    proxy.set_latency(Duration::from_millis(40));
    let mut stream = dial(&proxy);
    let asked = Instant::now();
    ask(&mut stream, b"far").unwrap();
    assert!(asked.elapsed() >= Duration::from_millis(80), "{:?}", asked.elapsed());
}

#[test]
fn a_narrow_line_is_shared_by_its_connections() {
    let (port, _heard) = echo();
    let proxy = Proxy::start(port).unwrap();
    proxy.set_rate(Some(200_000), None);
    let asked = Instant::now();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| ask(&mut dial(&proxy), &[7; 20_000]).unwrap());
        }
    });
    assert!(asked.elapsed() >= Duration::from_millis(195), "{:?}", asked.elapsed());
}

#[test]
fn a_server_that_is_not_there_closes_the_connection() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let proxy = Proxy::start(free).unwrap();
    assert!(ask(&mut dial(&proxy), b"anyone").is_err());
}
