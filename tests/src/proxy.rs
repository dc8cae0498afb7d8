//! A network of one's own between a browser and a server: slow, cut, or losing one reply; bytes are counted.
//!
//! A TCP proxy on a port of this machine. It knows nothing of HTTP but where a request's text stands, for
//! [`Proxy::swallow_response_to`].
//!
//! Invariants: bytes are never changed or reordered within a connection; a byte is counted once it was handed on.

mod link;

use anyhow::{Context, Result};
use link::Link;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// A running proxy; dropping it cuts everything and frees the port.
pub struct Proxy {
    /// Where to connect instead of the server.
    pub port: u16,
    net: Arc<Net>,
}

/// What the accepting thread and all connections share.
struct Net {
    target: SocketAddr,
    up: Link,
    down: Link,
    cut: AtomicBool,
    ended: AtomicBool,
    swallow: Mutex<Option<Vec<u8>>>,
    swallowed: AtomicU64,
    accepted: AtomicU64,
    /// The open connections by number, both ends, so that they can be cut from outside.
    open: Mutex<BTreeMap<u64, (TcpStream, TcpStream)>>,
}

impl Proxy {
    /// Starts a proxy on a free port to a port of this machine; the target may start later.
    ///
    /// # Errors
    /// Where no port can be had.
    pub fn start(target_port: u16) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port for the proxy")?;
        let port = listener.local_addr()?.port();
        let net = Arc::new(Net {
            target: (Ipv4Addr::LOCALHOST, target_port).into(),
            up: Link::default(),
            down: Link::default(),
            cut: AtomicBool::new(false),
            ended: AtomicBool::new(false),
            swallow: Mutex::default(),
            swallowed: AtomicU64::new(0),
            accepted: AtomicU64::new(0),
            open: Mutex::default(),
        });
        let shared = Arc::clone(&net);
        thread::spawn(move || accept(&listener, &shared));
        Ok(Self { port, net })
    }

    /// The address to open in a browser.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Cuts the line: every connection breaks at once and new ones are refused.
    pub fn cut(&self) {
        self.net.cut.store(true, Ordering::SeqCst);
        self.net.break_all();
    }

    /// Mends the line for new connections.
    pub fn restore(&self) {
        self.net.cut.store(false, Ordering::SeqCst);
    }

    /// Delays every byte by so much each way: a round trip takes twice that longer.
    pub fn set_latency(&self, each_way: Duration) {
        self.net.up.set_latency(each_way);
        self.net.down.set_latency(each_way);
    }

    /// Narrows the line, shared by all connections, to bytes a second up and down; none is no limit.
    pub fn set_rate(&self, up: Option<u64>, down: Option<u64>) {
        self.net.up.set_rate(up);
        self.net.down.set_rate(down);
    }

    /// A weak mobile network: 200 ms of round trip, 750 kbit/s up, 1,500 kbit/s down.
    pub fn set_weak_mobile(&self) {
        self.set_latency(Duration::from_millis(100));
        self.set_rate(Some(750_000 / 8), Some(1_500_000 / 8));
    }

    /// Lets the next request through and breaks its connection when the reply begins: a lost acknowledgement.
    pub fn swallow_next_response(&self) {
        self.swallow_response_to("");
    }

    /// As [`Proxy::swallow_next_response`], for the next request that holds `text` within one packet, such as
    /// `POST /api/v1/shards/`.
    pub fn swallow_response_to(&self, text: &str) {
        *lock(&self.net.swallow) = Some(text.as_bytes().to_vec());
    }

    /// How many replies were swallowed.
    pub fn swallowed(&self) -> u64 {
        self.net.swallowed.load(Ordering::SeqCst)
    }

    /// Bytes handed on to the server.
    pub fn bytes_up(&self) -> u64 {
        self.net.up.bytes()
    }

    /// Bytes handed on to the browser.
    pub fn bytes_down(&self) -> u64 {
        self.net.down.bytes()
    }

    /// Connections taken since the start, not counting refused ones.
    pub fn connections(&self) -> u64 {
        self.net.accepted.load(Ordering::SeqCst)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.net.ended.store(true, Ordering::SeqCst);
        self.cut();
        // Wakes the accepting thread, which then sees that it is over.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

impl Net {
    fn break_all(&self) {
        for (one, other) in std::mem::take(&mut *lock(&self.open)).into_values() {
            break_both(&one, &other);
        }
    }

    /// Whether this packet is the request whose reply is to be lost; then the order is used up.
    fn takes_swallow(&self, packet: &[u8]) -> bool {
        let mut wanted = lock(&self.swallow);
        let hit = wanted.as_ref().is_some_and(|text| {
            text.is_empty() || packet.windows(text.len()).any(|window| window == text.as_slice())
        });
        if hit {
            *wanted = None;
        }
        hit
    }
}

fn accept(listener: &TcpListener, net: &Arc<Net>) {
    for client in listener.incoming() {
        if net.ended.load(Ordering::SeqCst) {
            return;
        }
        // A client dropped here sees its connection closed before a byte came.
        let Ok(client) = client else { continue };
        if net.cut.load(Ordering::SeqCst) {
            continue;
        }
        let net = Arc::clone(net);
        thread::spawn(move || connect(&net, &client));
    }
}

/// Joins a client to the server until either end goes.
fn connect(net: &Arc<Net>, client: &TcpStream) -> Option<()> {
    let server = TcpStream::connect(net.target).ok()?;
    let _ = client.set_nodelay(true);
    let _ = server.set_nodelay(true);
    let number = net.accepted.fetch_add(1, Ordering::SeqCst);
    lock(&net.open).insert(number, (client.try_clone().ok()?, server.try_clone().ok()?));
    // A cut between the check and the insertion must not leave this one connected.
    if net.cut.load(Ordering::SeqCst) {
        net.break_all();
        return None;
    }
    let reply_lost = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            net.up.carry(client, &server, |packet| {
                if net.takes_swallow(packet) {
                    reply_lost.store(true, Ordering::SeqCst);
                }
                true
            });
        });
        net.down.carry(&server, client, |_| {
            let lost = reply_lost.load(Ordering::SeqCst);
            if lost {
                net.swallowed.fetch_add(1, Ordering::SeqCst);
                break_both(client, &server);
            }
            !lost
        });
    });
    lock(&net.open).remove(&number);
    Some(())
}

fn break_both(one: &TcpStream, other: &TcpStream) {
    // Either end may be gone already.
    let _ = one.shutdown(Shutdown::Both);
    let _ = other.shutdown(Shutdown::Both);
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
