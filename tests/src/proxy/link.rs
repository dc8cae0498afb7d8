//! One direction of the line: its delay, its width shared by all connections, its count of bytes.

use super::lock;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// A packet of the slow line: small, so that connections take turns.
const PACKET_BYTES: usize = 4096;
/// What is read at once where nothing narrows the line.
const READ_BYTES: usize = 64 * 1024;
/// Packets on their way in one connection; a sender beyond that waits, as on a real line.
const PACKETS_UNDER_WAY: usize = 64;

#[derive(Default)]
pub(super) struct Link {
    latency_us: AtomicU64,
    /// Bytes a second; zero is no limit.
    rate: AtomicU64,
    bytes: AtomicU64,
    /// When the line has sent all that was given to it so far.
    free_at: Mutex<Option<Instant>>,
}

/// Bytes and the moment they arrive.
type Packet = (Instant, Vec<u8>);

impl Link {
    pub fn set_latency(&self, latency: Duration) {
        self.latency_us.store(u64::try_from(latency.as_micros()).unwrap_or(u64::MAX), Ordering::SeqCst);
    }

    pub fn set_rate(&self, rate: Option<u64>) {
        self.rate.store(rate.unwrap_or(0), Ordering::SeqCst);
        *lock(&self.free_at) = None;
    }

    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::SeqCst)
    }

    /// Carries everything from one end to the other; `pass` sees each packet before and may end it.
    pub fn carry(&self, from: &TcpStream, to: &TcpStream, mut pass: impl FnMut(&[u8]) -> bool) {
        let (sender, receiver) = sync_channel(PACKETS_UNDER_WAY);
        thread::scope(|scope| {
            scope.spawn(|| self.deliver(receiver, to));
            self.take(from, &sender, &mut pass);
            drop(sender);
        });
    }

    fn take(&self, mut from: &TcpStream, sender: &SyncSender<Packet>, pass: &mut impl FnMut(&[u8]) -> bool) {
        let mut room = vec![0; READ_BYTES];
        loop {
            let Ok(read @ 1..) = from.read(&mut room) else { return };
            let Some(packet) = room.get(..read) else { return };
            if !pass(packet) {
                return;
            }
            for part in packet.chunks(if self.rate() > 0 { PACKET_BYTES } else { READ_BYTES }) {
                if sender.send((self.arrival(part.len()), part.to_vec())).is_err() {
                    return;
                }
            }
        }
    }

    fn deliver(&self, receiver: Receiver<Packet>, mut to: &TcpStream) {
        for (arrives, packet) in receiver {
            // The delay of the line itself, not a wait for something to happen.
            thread::sleep(arrives.saturating_duration_since(Instant::now()));
            if to.write_all(&packet).is_err() {
                // The other end is gone: stop reading for it too.
                let _ = to.shutdown(Shutdown::Both);
                return;
            }
            self.bytes.fetch_add(packet.len() as u64, Ordering::SeqCst);
        }
        // The sender has said all; the other direction may go on.
        let _ = to.shutdown(Shutdown::Write);
    }

    fn rate(&self) -> u64 {
        self.rate.load(Ordering::SeqCst)
    }

    /// When a packet given to the line now arrives, after all that was given before.
    fn arrival(&self, bytes: usize) -> Instant {
        let latency = Duration::from_micros(self.latency_us.load(Ordering::SeqCst));
        let now = Instant::now();
        let rate = self.rate();
        if rate == 0 {
            return now + latency;
        }
        let mut free_at = lock(&self.free_at);
        let sent = free_at.unwrap_or(now).max(now) + Duration::from_secs_f64(bytes as f64 / rate as f64);
        *free_at = Some(sent);
        sent + latency
    }
}
