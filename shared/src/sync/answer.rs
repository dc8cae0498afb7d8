//! What a shard answers: the rows that changed in a device's view, or the whole view in pages.

use super::message::{Ended, PROTOCOL, Page, Reply, Request, Verdict, Want};
use super::server::Shard;
use super::view::View;
use crate::event::EventId;
use crate::grant::Access;
use crate::id::{AccountId, DeviceId};
use crate::mutants::{Mutant, on};
use crate::state::Row;
use crate::time::Stamp;

impl Shard {
    /// What has ended for a device of an account that has, or had, a right here.
    pub fn ended(
        &self,
        access: &Access,
        (account, device): (AccountId, DeviceId),
        now: Stamp,
    ) -> Option<Ended> {
        if access.has_ended(device, now) {
            return Some(Ended::Device);
        }
        access.viewing(account, &self.id, now).is_empty().then_some(Ended::Account)
    }

    /// What changed in a device's view.
    pub fn page(&self, view: &View, request: &Request) -> Page {
        let tag = view.tag();
        let same = request.tag == Some(tag) || (request.tag.is_some() && on(Mutant::NoViewTag));
        if same && request.after.is_none() && request.cursor <= self.head.seq {
            let cursor = request.cursor;
            let rows: Vec<Row> = self
                .state
                .rows_after(None, move |key, seq| seq > cursor && view.sees(key))
                .take(self.page_rows + 1)
                .collect();
            if rows.len() <= self.page_rows {
                return Page { first: false, full: false, rows, cursor: self.head.seq, tag, next: None };
            }
        }
        // Going on with a whole view is only possible while it is the same view.
        let after = if same { request.after.clone() } else { None };
        let first = after.is_none();
        let mut rows: Vec<Row> =
            self.state.rows_after(after.as_ref(), |key, _| view.sees(key)).take(self.page_rows + 1).collect();
        let next = if rows.len() > self.page_rows {
            rows.truncate(self.page_rows);
            rows.last().map(|row| row.cell.key())
        } else {
            None
        };
        Page { first, full: true, rows, cursor: self.head.seq, tag, next }
    }

    /// The answer to a request whose events were judged; the shell adds the receipt.
    pub fn reply(
        &self,
        request: &Request,
        view: &View,
        verdicts: Vec<(EventId, Verdict)>,
        forked: bool,
        now_ms: i64,
    ) -> Reply {
        let page = match request.want {
            Want::View if forked => Some(self.page(
                view,
                &Request { cursor: 0, tag: None, after: None, events: vec![], ..request.clone() },
            )),
            Want::View => Some(self.page(view, request)),
            Want::Verdicts => None,
        };
        Reply {
            v: PROTOCOL,
            server_ms: now_ms,
            head: self.head,
            forked,
            verdicts,
            page,
            receipt: None,
            parcel_key: None,
            ended: None,
            turn: request.turn,
        }
    }
}
