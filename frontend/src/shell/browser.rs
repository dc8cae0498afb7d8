//! What belongs to the browser rather than to an account: its accounts with their keys, and the id of the tablet.

use super::idb::Database;
use super::key::NewKey;
use super::seal;
use frontend_state::model::{AccountEntry, StorageFault};
use js_sys::{Object, Reflect};
use serde::{Deserialize, Serialize};
use shared::api::Joined;
use shared::grant::Grant;
use shared::id::{AccountId, DeviceId};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CryptoKey;

const ACCOUNTS: &str = "accounts";
const JOINING: &str = "joining";
const META: &str = "meta";
const ENDED: &str = "ended";

/// An account as it is stored, beside its key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Held {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// The grants it joined with.
    pub grants: Vec<Grant>,
    /// This device's id under it.
    pub device: DeviceId,
    /// Hashes of the codes that opened it.
    pub codes: Vec<String>,
    /// When it was last open.
    pub last_used_ms: i64,
}

impl Held {
    /// As the state lists it.
    pub fn entry(&self) -> AccountEntry {
        let grant = self.grants.first();
        AccountEntry {
            account: self.account,
            name: self.name.clone(),
            role: grant.map(|g| g.role),
            shard: grant.and_then(|g| g.shard.clone()),
            device: self.device,
            codes: self.codes.clone(),
            last_used_ms: self.last_used_ms,
        }
    }
}

/// A join whose answer has not come: the same device asks again with the same key.
#[derive(Clone, Debug)]
pub struct Joining {
    /// The device.
    pub device: DeviceId,
    /// Its key.
    pub key: NewKey,
}

#[derive(Serialize, Deserialize)]
struct JoiningHeld {
    device: DeviceId,
    public: String,
}

/// The browser's own database.
#[derive(Clone, Debug)]
pub struct Browser(Database);

impl Browser {
    /// Opens it.
    pub async fn open() -> Result<Self, StorageFault> {
        Ok(Self(Database::open("cascade-accounts", 1, &[ACCOUNTS, JOINING, META]).await?))
    }

    /// All accounts with their keys.
    pub async fn accounts(&self) -> Result<Vec<(Held, CryptoKey)>, StorageFault> {
        let read = self.0.read(&[ACCOUNTS], |r| Ok(vec![r.all(ACCOUNTS, None)?])).await?;
        let list: js_sys::Array = read.into_iter().next().unwrap_or_default().unchecked_into();
        let mut accounts = vec![];
        for stored in list.iter() {
            accounts.push((seal::open(&field(&stored, "held")?)?, key_of(&stored)?));
        }
        Ok(accounts)
    }

    /// Keeps an account.
    pub async fn keep(&self, held: &Held, key: &CryptoKey) -> Result<(), StorageFault> {
        let id = JsValue::from_str(&held.account.to_string());
        self.0.write(&[ACCOUNTS], |w| w.put(ACCOUNTS, &id, &with_key(&seal::seal(held)?, key)?)).await
    }

    /// Forgets an account with its key, and notes that its right has ended here: without its name.
    pub async fn end(&self, account: AccountId, now_ms: i64) -> Result<(), StorageFault> {
        let id = JsValue::from_str(&account.to_string());
        let write = self.0.write(&[ACCOUNTS, META], |w| {
            w.delete(ACCOUNTS, &id)?;
            w.put(META, &ENDED.into(), &seal::seal(&now_ms)?)
        });
        write.await
    }

    /// When an account's right ended here, if nobody has opened another since.
    pub async fn ended(&self) -> Result<Option<i64>, StorageFault> {
        let read = self.0.read(&[META], |r| Ok(vec![r.get(META, &ENDED.into())?])).await?;
        let stored = read.into_iter().next().filter(|s| !s.is_undefined());
        stored.map(|s| seal::open(&s)).transpose()
    }

    /// Somebody has read it and opened another account.
    pub async fn forget_ended(&self) -> Result<(), StorageFault> {
        self.0.write(&[META], |w| w.delete(META, &ENDED.into())).await
    }

    /// The id of this tablet, drawn once.
    pub async fn tablet(&self, fresh: u64) -> Result<String, StorageFault> {
        let id = JsValue::from_str("tablet");
        let read = self.0.read(&[META], |r| Ok(vec![r.get(META, &id)?])).await?;
        if let Some(stored) = read.into_iter().next().filter(|s| !s.is_undefined()) {
            return seal::open(&stored);
        }
        let tablet = format!("{fresh:016x}");
        self.0.write(&[META], |w| w.put(META, &id, &seal::seal(&tablet)?)).await?;
        Ok(tablet)
    }

    /// The join by a code that was begun and not answered.
    pub async fn joining(&self, hash: &str) -> Result<Option<Joining>, StorageFault> {
        let read = self.0.read(&[JOINING], |r| Ok(vec![r.get(JOINING, &hash.into())?])).await?;
        let Some(stored) = read.into_iter().next().filter(|s| !s.is_undefined()) else { return Ok(None) };
        let held: JoiningHeld = seal::open(&field(&stored, "held")?)?;
        Ok(Some(Joining {
            device: held.device,
            key: NewKey { private: key_of(&stored)?, public: held.public },
        }))
    }

    /// Begins a join: the key is on disk before the code is used up.
    pub async fn begin_join(&self, hash: &str, joining: &Joining) -> Result<(), StorageFault> {
        let held = JoiningHeld { device: joining.device, public: joining.key.public.clone() };
        let write = self.0.write(&[JOINING], |w| {
            w.put(JOINING, &hash.into(), &with_key(&seal::seal(&held)?, &joining.key.private)?)
        });
        write.await
    }

    /// Ends a join; an account that is already here keeps its device and its records.
    pub async fn end_join(
        &self,
        hash: &str,
        answer: Option<(&Joined, &Joining)>,
        now_ms: i64,
    ) -> Result<Option<AccountEntry>, StorageFault> {
        let Some((joined, joining)) = answer else {
            self.0.write(&[JOINING], |w| w.delete(JOINING, &hash.into())).await?;
            return Ok(None);
        };
        let before = self.accounts().await?.into_iter().find(|(held, _)| held.account == joined.account);
        let (mut held, key) = before.unwrap_or_else(|| {
            let held = Held {
                account: joined.account,
                name: joined.name.clone(),
                grants: joined.grants.clone(),
                device: joining.device,
                codes: vec![],
                last_used_ms: now_ms,
            };
            (held, joining.key.private.clone())
        });
        held.name.clone_from(&joined.name);
        held.grants.clone_from(&joined.grants);
        held.last_used_ms = now_ms;
        if !held.codes.iter().any(|c| c == hash) {
            held.codes.push(hash.to_owned());
        }
        let id = JsValue::from_str(&held.account.to_string());
        let write = self.0.write(&[ACCOUNTS, JOINING], |w| {
            w.put(ACCOUNTS, &id, &with_key(&seal::seal(&held)?, &key)?)?;
            w.delete(JOINING, &hash.into())
        });
        write.await?;
        Ok(Some(held.entry()))
    }
}

fn with_key(held: &JsValue, key: &CryptoKey) -> Result<JsValue, JsValue> {
    let object = Object::new();
    Reflect::set(&object, &"held".into(), held)?;
    Reflect::set(&object, &"key".into(), key)?;
    Ok(object.into())
}

fn key_of(stored: &JsValue) -> Result<CryptoKey, StorageFault> {
    field(stored, "key")?.dyn_into().map_err(|_| StorageFault::Other("no-key".into()))
}

fn field(object: &JsValue, name: &str) -> Result<JsValue, StorageFault> {
    Reflect::get(object, &name.into()).map_err(|_| StorageFault::Other(format!("no-{name}")))
}
