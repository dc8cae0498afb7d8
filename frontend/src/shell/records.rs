//! One account's database: who it is, its shard's rows in pages, its own events before and after their verdict.
//!
//! Invariants: an event is added, never put over another; what an exchange brought is stored in one transaction;
//! a whole view replaces the pages of its shard in that same transaction.

use super::idb::{Database, key, keys_of};
use super::{seal, yielding};
use frontend_state::keep::{KeptReceipt, MOST_RECEIPTS, Save};
use frontend_state::model::StorageFault;
#[cfg(feature = "office")]
use frontend_state::parcels::Carried;
use js_sys::{Array, Object, Reflect, Uint8Array};
use shared::api::Me;
use shared::event::{Event, EventId};
use shared::id::{AccountId, ShardId};
use shared::programme::Programme;
use shared::state::Row;
use shared::sync::MAX_PAGE_ROWS;
use shared::sync::client::{Kept, Place, Stored};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbKeyRange;

const META: &str = "meta";
const ROWS: &str = "rows";
const PENDING: &str = "pending";
const KEPT: &str = "kept";
/// Photos and the like: empty until there are any.
const BLOBS: &str = "blobs";
/// In `meta`: own records whose reason was read and put away, and receipts by the server's time.
const READ: &str = "read";
const RECEIPT: &str = "receipt";
/// Likewise: parcels of other devices.
#[cfg(feature = "office")]
const PARCEL: &str = "parcel";
/// Own events decoded in one task.
const EVENTS_A_TASK: usize = 250;

/// One account's database.
#[derive(Debug)]
pub struct Records {
    database: Database,
    /// The place of each own event in write order.
    orders: RefCell<HashMap<EventId, f64>>,
    next_order: Cell<f64>,
    next_page: Cell<u32>,
    /// Events with a verdict: one that comes to be appended late, after a full disk, must not wait again.
    judged: RefCell<HashSet<EventId>>,
    /// Keys of the receipts on disk, oldest first.
    receipts: RefCell<VecDeque<f64>>,
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
    /// Own records whose reason was read and put away.
    pub read: BTreeSet<EventId>,
    /// Receipts, oldest first.
    pub receipts: Vec<KeptReceipt>,
    /// Parcels of other devices.
    #[cfg(feature = "office")]
    pub carried: Vec<Carried>,
}

impl Records {
    /// Opens it, making it where it is missing.
    pub async fn open(account: AccountId) -> Result<Self, StorageFault> {
        let database =
            Database::open(&format!("cascade-{account}"), 1, &[META, ROWS, PENDING, KEPT, BLOBS]).await?;
        Ok(Self {
            database,
            orders: RefCell::default(),
            next_order: Cell::new(1.0),
            next_page: Cell::new(0),
            judged: RefCell::default(),
            receipts: RefCell::default(),
        })
    }

    /// Deletes all of it from the disk.
    pub async fn delete(&self) -> Result<(), StorageFault> {
        self.database.delete().await
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
                let receipts = keys_of_two(RECEIPT, shard)?;
                requests.push(r.keys(META, &keys_of_two(READ, shard)?)?);
                requests.push(r.keys(META, &receipts)?);
                requests.push(r.all(META, Some(&receipts))?);
                #[cfg(feature = "office")]
                requests.push(r.all(META, Some(&keys_of_two(PARCEL, shard)?))?);
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
        let (read, receipt_keys, receipts) = (list(next()), list(next()), list(next()));
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
        let pending: Vec<Event> = self.in_order(&pending, |event: &Event| event.id).await?;
        let kept: Vec<Kept> = self.in_order(&kept, |kept: &Kept| kept.event.id).await?;
        self.judged.borrow_mut().extend(kept.iter().map(|k| k.event.id));
        disk.stored.pending = pending;
        disk.stored.kept = kept;
        let third = |key: JsValue| Array::from(&key).get(2);
        disk.read = read.iter().filter_map(|key| third(key).as_string()?.parse().ok()).collect();
        self.receipts.replace(receipt_keys.iter().filter_map(|key| third(key).as_f64()).collect());
        // One that a later version wrote differently is left where it is.
        disk.receipts = receipts.iter().filter_map(|receipt| seal::open(&receipt).ok()).collect();
        #[cfg(feature = "office")]
        {
            disk.carried = list(next()).iter().filter_map(|parcel| seal::open(&parcel).ok()).collect();
        }
        Ok(disk)
    }

    async fn in_order<T: serde::de::DeserializeOwned>(
        &self,
        stored: &Array,
        id: impl Fn(&T) -> EventId,
    ) -> Result<Vec<T>, StorageFault> {
        let mut ordered: Vec<(f64, T)> = vec![];
        for (at, value) in stored.iter().enumerate() {
            if at > 0 && at.is_multiple_of(EVENTS_A_TASK) {
                yielding::breathe().await;
            }
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
        if self.judged.borrow().contains(&event.id) {
            return Ok(());
        }
        let order = self.order_of(event.id);
        self.database.write(&[PENDING], |w| w.add(PENDING, &event_key(event), &ordered(order, event)?)).await
    }

    /// Stores what an exchange brought, in one transaction.
    pub async fn commit(&self, shard: &ShardId, save: &Save) -> Result<(), StorageFault> {
        let Save { commit, receipts } = save;
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
        // Until the transaction ends either way: an append begun meanwhile would come after it.
        let judged: Vec<EventId> = commit.judged.iter().map(|k| k.event.id).collect();
        self.judged.borrow_mut().extend(judged.iter().copied());
        let receipt_key = |ms: f64| key(&[RECEIPT.into(), shard.as_str().into(), ms.into()]);
        let times: Vec<f64> = receipts.iter().map(|kept| kept.receipt.server_ms as f64).collect();
        let over = (self.receipts.borrow().len() + times.len()).saturating_sub(MOST_RECEIPTS);
        let old: Vec<f64> = self.receipts.borrow().iter().take(over).copied().collect();
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
            for ms in &old {
                w.delete(META, &receipt_key(*ms))?;
            }
            for (ms, kept) in times.iter().zip(receipts) {
                w.put(META, &receipt_key(*ms), &seal::seal(kept)?)?;
            }
            w.put(META, &place, &seal::seal(&commit.place)?)
        });
        let written = write.await;
        if written.is_ok() {
            let mut known = self.receipts.borrow_mut();
            known.drain(..old.len());
            known.extend(times);
            let mut judged = self.judged.borrow_mut();
            judged.retain(|id| commit.requeued.iter().all(|event| event.id != *id));
        } else {
            self.judged.borrow_mut().retain(|id| !judged.contains(id));
        }
        written
    }

    #[cfg(feature = "office")]
    /// Keeps a parcel of another device, or what came of it.
    pub async fn keep_parcel(&self, carried: &Carried) -> Result<(), StorageFault> {
        let (device, wall) = carried.name();
        let name = format!("{device}.{}", wall.0);
        let at = key(&[PARCEL.into(), carried.parcel.shard.as_str().into(), name.into()]);
        self.database.write(&[META], |w| w.put(META, &at, &seal::seal(carried)?)).await
    }

    /// Whether so many bytes can be written: they are, and deleted again.
    pub async fn has_room(&self, bytes: u64) -> bool {
        let tried = Uint8Array::new_with_length(bytes.min(u64::from(u32::MAX)) as u32);
        // Bytes without a pattern, or the browser would store them in next to nothing.
        let mut seed = 0x9E37_79B9_u32;
        let mut block = [0_u8; 4_096];
        for begin in (0..tried.length()).step_by(block.len()) {
            for byte in &mut block {
                seed ^= seed << 13;
                seed ^= seed >> 17;
                seed ^= seed << 5;
                *byte = seed as u8;
            }
            let here = tried.subarray(begin, begin.saturating_add(block.len() as u32));
            here.copy_from(block.get(..here.length() as usize).unwrap_or_default());
        }
        let at = JsValue::from_str("room");
        let written = self.database.write(&[BLOBS], |w| w.put(BLOBS, &at, &tried)).await;
        // What could not be deleted now goes with the next try.
        let _ = self.database.write(&[BLOBS], |w| w.delete(BLOBS, &at)).await;
        written.is_ok()
    }

    /// Keeps that the reason of an own record was read and put away.
    pub async fn keep_read(&self, shard: &ShardId, id: EventId) -> Result<(), StorageFault> {
        let at = key(&[READ.into(), shard.as_str().into(), id.to_string().into()]);
        self.database.write(&[META], |w| w.put(META, &at, &true.into())).await
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
            // By the clock, so that what another tab wrote meanwhile stands before or after it as it was written.
            let order = self.next_order.get().max(super::clock::now().0 as f64);
            self.next_order.set(order + 1.0);
            order
        })
    }
}

/// All keys of three parts that begin with a word and a shard.
fn keys_of_two(word: &str, shard: &ShardId) -> Result<IdbKeyRange, JsValue> {
    let first = [word.into(), shard.as_str().into()];
    let [word, shard] = first.clone();
    // An empty array sorts after every number and text.
    IdbKeyRange::bound(&key(&first), &key(&[word, shard, Array::new().into()]))
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
