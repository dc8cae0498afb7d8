//! One account's database: who it is, its shard's rows in pages, its own events before and after their verdict.
//!
//! Invariants: an event is added, never put over another; what an exchange brought is stored in one transaction;
//! a whole view replaces the pages of its shard in that same transaction.

use super::idb::{Database, key, keys_of};
use super::{seal, yielding};
use frontend_state::model::StorageFault;
use js_sys::{Array, Object, Reflect};
use shared::api::Me;
use shared::event::{Event, EventId};
use shared::id::{AccountId, ShardId};
use shared::programme::Programme;
use shared::state::Row;
use shared::sync::MAX_PAGE_ROWS;
use shared::sync::client::{Commit, Kept, Place, Stored};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

const META: &str = "meta";
const ROWS: &str = "rows";
const PENDING: &str = "pending";
const KEPT: &str = "kept";
/// Photos and the like: empty until there are any.
const BLOBS: &str = "blobs";

/// One account's database.
#[derive(Debug)]
pub struct Records {
    database: Database,
    /// The place of each own event in write order.
    orders: RefCell<HashMap<EventId, f64>>,
    next_order: Cell<f64>,
    next_page: Cell<u32>,
}

/// What is on disk of an account.
#[derive(Debug, Default)]
pub struct OnDisk {
    /// Who it was when last heard of.
    pub me: Option<Me>,
    /// The programme.
    pub programme: Option<Rc<Programme>>,
    /// Rows and own events.
    pub stored: Stored,
    /// Pages of rows.
    pub pages: u32,
}

impl Records {
    /// Opens it, making it where it is missing.
    pub async fn open(account: AccountId) -> Result<Self, StorageFault> {
        let database =
            Database::open(&format!("cascade-{account}"), 1, &[META, ROWS, PENDING, KEPT, BLOBS]).await?;
        Ok(Self { database, orders: RefCell::default(), next_order: Cell::new(1.0), next_page: Cell::new(0) })
    }

    /// Reads everything of one shard: in one transaction, then decoded page by page so that no task is long.
    pub async fn read(&self, shard: Option<&ShardId>) -> Result<OnDisk, StorageFault> {
        let place_key = shard.map(|s| key(&["place".into(), s.as_str().into()]));
        let read = self.database.read(&[META, ROWS, PENDING, KEPT], |r| {
            let mut requests = vec![r.get(META, &"me".into())?, r.get(META, &"programme".into())?];
            if let (Some(shard), Some(place)) = (shard, &place_key) {
                let range = keys_of(shard.as_str())?;
                requests.push(r.get(META, place)?);
                requests.push(r.all(ROWS, Some(&range))?);
                requests.push(r.keys(ROWS, &range)?);
                requests.push(r.all(PENDING, Some(&range))?);
                requests.push(r.all(KEPT, Some(&range))?);
            } else {
                // No shard of its own: decisions for any shard that have no verdict yet.
                let nothing = || r.get(META, &"nothing".into());
                requests.extend([nothing()?, nothing()?, nothing()?]);
                requests.push(r.all(PENDING, None)?);
            }
            Ok(requests)
        });
        let mut read = read.await?.into_iter();
        let mut next = || read.next().unwrap_or_default();
        let (me, programme, place) = (next(), next(), next());
        let (pages, page_keys, pending, kept): (Array, Array, Array, Array) =
            (list(next()), list(next()), list(next()), list(next()));
        let mut disk = OnDisk { pages: pages.length(), ..OnDisk::default() };
        if !me.is_undefined() {
            disk.me = Some(seal::open(&me)?);
        }
        if !programme.is_undefined() {
            let text: String = seal::open(&programme)?;
            disk.programme = shared::wire::read(&text).ok().map(Rc::new);
        }
        if !place.is_undefined() {
            disk.stored.place = seal::open::<Place>(&place)?;
        }
        for page in pages.iter() {
            disk.stored.rows.extend(seal::open::<Vec<Row>>(&page)?);
            yielding::breathe().await;
        }
        let last = page_keys.iter().last().and_then(|k| Array::from(&k).get(1).as_f64());
        self.next_page.set(last.map_or(0, |n| n as u32 + 1));
        let pending: Vec<Event> = self.in_order(&pending, |event: &Event| event.id)?;
        let kept: Vec<Kept> = self.in_order(&kept, |kept: &Kept| kept.event.id)?;
        disk.stored.pending = pending;
        disk.stored.kept = kept;
        Ok(disk)
    }

    fn in_order<T: serde::de::DeserializeOwned>(
        &self,
        stored: &Array,
        id: impl Fn(&T) -> EventId,
    ) -> Result<Vec<T>, StorageFault> {
        let mut ordered: Vec<(f64, T)> = vec![];
        for value in stored.iter() {
            let order =
                Reflect::get(&value, &"order".into()).ok().and_then(|o| o.as_f64()).unwrap_or_default();
            let payload = Reflect::get(&value, &"payload".into()).unwrap_or_default();
            let one: T = seal::open(&payload)?;
            self.orders.borrow_mut().insert(id(&one), order);
            self.next_order.set(self.next_order.get().max(order + 1.0));
            ordered.push((order, one));
        }
        ordered.sort_by(|a, b| a.0.total_cmp(&b.0));
        Ok(ordered.into_iter().map(|o| o.1).collect())
    }

    /// Writes one event; returns once its strict transaction is complete.
    pub async fn append(&self, event: &Event) -> Result<(), StorageFault> {
        let order = self.order_of(event.id);
        self.database.write(&[PENDING], |w| w.add(PENDING, &event_key(event), &ordered(order, event)?)).await
    }

    /// Stores what an exchange brought, in one transaction.
    pub async fn commit(&self, shard: &ShardId, commit: &Commit) -> Result<(), StorageFault> {
        // Pages are written down before the transaction opens: nothing may be awaited inside it.
        let mut pages = vec![];
        for rows in commit.rows.chunks(MAX_PAGE_ROWS) {
            pages.push(seal::seal(&rows).map_err(|_| StorageFault::Other("unwritable".into()))?);
            if commit.rows.len() > MAX_PAGE_ROWS {
                yielding::breathe().await;
            }
        }
        let first = if commit.replace { 0 } else { self.next_page.get() };
        self.next_page.set(first + pages.len() as u32);
        let place = key(&["place".into(), shard.as_str().into()]);
        let write = self.database.write(&[META, ROWS, PENDING, KEPT], |w| {
            for kept in &commit.judged {
                let order = self.order_of(kept.event.id);
                w.delete(PENDING, &event_key(&kept.event))?;
                w.put(KEPT, &event_key(&kept.event), &ordered(order, kept)?)?;
            }
            for event in &commit.requeued {
                let order = self.order_of(event.id);
                w.delete(KEPT, &event_key(event))?;
                w.put(PENDING, &event_key(event), &ordered(order, event)?)?;
            }
            for (old, event) in &commit.renamed {
                let order = self.order_of(*old);
                self.orders.borrow_mut().insert(event.id, order);
                w.delete(PENDING, &key(&[shard.as_str().into(), old.to_string().into()]))?;
                w.add(PENDING, &event_key(event), &ordered(order, event)?)?;
            }
            if commit.replace {
                w.delete(ROWS, &keys_of(shard.as_str())?.into())?;
            }
            for (at, page) in pages.iter().enumerate() {
                let number = f64::from(first) + at as f64;
                w.put(ROWS, &key(&[shard.as_str().into(), number.into()]), page)?;
            }
            w.put(META, &place, &seal::seal(&commit.place)?)
        });
        write.await
    }

    /// Moves one event from the waiting to the judged.
    pub async fn judged(&self, kept: &Kept) -> Result<(), StorageFault> {
        let order = self.order_of(kept.event.id);
        let write = self.database.write(&[PENDING, KEPT], |w| {
            w.delete(PENDING, &event_key(&kept.event))?;
            w.put(KEPT, &event_key(&kept.event), &ordered(order, kept)?)
        });
        write.await
    }

    /// Keeps who the account is, and its programme where one is given.
    pub async fn keep_me(&self, me: &Me, programme: Option<&String>) -> Result<(), StorageFault> {
        self.database
            .write(&[META], |w| {
                if let Some(text) = programme {
                    w.put(META, &"programme".into(), &seal::seal(text)?)?;
                }
                w.put(META, &"me".into(), &seal::seal(me)?)
            })
            .await
    }

    fn order_of(&self, id: EventId) -> f64 {
        *self.orders.borrow_mut().entry(id).or_insert_with(|| {
            let order = self.next_order.get();
            self.next_order.set(order + 1.0);
            order
        })
    }
}

fn event_key(event: &Event) -> JsValue {
    key(&[event.shard.as_str().into(), event.id.to_string().into()])
}

fn ordered(order: f64, value: &impl serde::Serialize) -> Result<JsValue, JsValue> {
    let object = Object::new();
    Reflect::set(&object, &"order".into(), &order.into())?;
    Reflect::set(&object, &"payload".into(), &seal::seal(value)?)?;
    Ok(object.into())
}

fn list(value: JsValue) -> Array {
    value.dyn_into().unwrap_or_default()
}
