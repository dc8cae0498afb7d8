//! Several devices of headquarters that work on different shards at the same time.

use crate::device::Device;
use anyhow::{Result, anyhow};
use std::sync::Mutex;

/// One keeps the server busy while another plans.
const HANDS: usize = 3;

/// Headquarters' two people on a device each.
pub(super) struct Staff {
    pub hq: Device,
    pub approver: Device,
}

/// As many pairs of devices as work at once.
pub(super) struct Crew(Vec<Staff>);

impl Crew {
    pub(super) fn join(server_url: &str, hq: &str, approver: &str) -> Result<Self> {
        let staff = (0..HANDS).map(|_| {
            Ok(Staff { hq: Device::join(server_url, hq)?, approver: Device::join(server_url, approver)? })
        });
        Ok(Self(staff.collect::<Result<_>>()?))
    }

    /// Does the work, several pieces at once; gives the results in the order of the pieces.
    pub(super) fn each<T: Send, R: Send>(
        &mut self,
        pieces: Vec<T>,
        work: impl Fn(&mut Staff, T) -> Result<R> + Sync,
    ) -> Result<Vec<R>> {
        let queue = Mutex::new(pieces.into_iter().enumerate());
        let done = Mutex::new(Vec::new());
        let next = || queue.lock().ok().and_then(|mut queue| queue.next());
        std::thread::scope(|scope| {
            for staff in &mut self.0 {
                scope.spawn(|| {
                    while let Some((at, piece)) = next() {
                        let result = work(staff, piece);
                        let failed = result.is_err();
                        if let Ok(mut done) = done.lock() {
                            done.push((at, result));
                        }
                        if failed {
                            return;
                        }
                    }
                });
            }
        });
        let mut done = done.into_inner().map_err(|_| anyhow!("a piece of work panicked"))?;
        done.sort_by_key(|(at, _)| *at);
        let results: Vec<R> = done.into_iter().map(|(_, result)| result).collect::<Result<_>>()?;
        let left = queue.into_inner().map_err(|_| anyhow!("a piece of work panicked"))?.count();
        if left == 0 { Ok(results) } else { Err(anyhow!("{left} pieces were left undone")) }
    }
}
