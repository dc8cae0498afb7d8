//! The registry's tables: accounts, grants, hashed codes, devices, the programme. Rows are JSON documents beside the
//! columns that are searched.

use super::internal::{DeviceLine, Pack, Standing};
use crate::auth::internal;
use crate::error::Fault;
use crate::shard::log::{first_text, meta, put_meta};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::event::Hash;
use shared::grant::log::{self, Entry};
use shared::grant::{Access, Account, Ending, Grant};
use shared::id::{AccountId, DeviceId, ShardId};
use shared::sync::seal::PublicKey;
use shared::time::Stamp;
use worker::SqlStorage;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS accounts (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS grants (
        id TEXT PRIMARY KEY, account TEXT NOT NULL, shard TEXT, person TEXT, body TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS grants_by_account ON grants (account);
    CREATE INDEX IF NOT EXISTS grants_by_shard ON grants (shard);
    CREATE TABLE IF NOT EXISTS codes (hash TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS devices (
        device TEXT PRIMARY KEY, account TEXT NOT NULL, body TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS devices_by_account ON devices (account);
    CREATE TABLE IF NOT EXISTS receipt_keys (
        shard TEXT NOT NULL, key TEXT NOT NULL, since_ms TEXT NOT NULL, PRIMARY KEY (shard, key)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS registry_log (seq INTEGER PRIMARY KEY, body TEXT NOT NULL, chain TEXT NOT NULL);
";

/// A code that was given out; only its hash is the key.
#[derive(Clone, Serialize, Deserialize)]
pub struct CodeRow {
    /// Whose device joins by it.
    pub account: AccountId,
    /// When it expires, milliseconds since 1970.
    pub expires_ms: i64,
    /// Opens again and again: demo servers only.
    pub demo: bool,
    /// The device that used it.
    pub used_by: Option<DeviceId>,
}

/// The registry's storage.
pub struct Store(pub SqlStorage);

impl Store {
    /// Opens it, making the tables that are missing.
    ///
    /// # Errors
    /// When storage fails.
    pub fn open(sql: SqlStorage) -> Result<Self, Fault> {
        sql.exec(SCHEMA, None)?;
        Ok(Self(sql))
    }

    /// Counts changes of accounts, grants and the programme; shards compare it with their copy's.
    pub fn version(&self) -> Result<u64, Fault> {
        Ok(meta(&self.0, "version")?.and_then(|v| v.parse().ok()).unwrap_or(0))
    }

    /// Counts one more change.
    pub fn bump(&self) -> Result<(), Fault> {
        put_meta(&self.0, "version", &(self.version()? + 1).to_string())
    }

    /// The pack's version and text; nothing while none is loaded.
    pub fn pack(&self) -> Result<Option<Pack>, Fault> {
        let Some(text) = meta(&self.0, "programme")? else { return Ok(None) };
        let programme = serde_json::from_str(&text).map_err(|e| internal(&e))?;
        Ok(Some(Pack { programme, day_offset: self.day_offset()? }))
    }

    /// The programme's shards: kept beside the pack, which is too large to be read for every question.
    pub fn shards(&self) -> Result<Vec<ShardId>, Fault> {
        let Some(held) = meta(&self.0, "shards")? else { return Ok(vec![]) };
        serde_json::from_str(&held).map_err(|e| internal(&e))
    }

    /// Keeps the programme's shards.
    pub fn put_shards(&self, shards: &[ShardId]) -> Result<(), Fault> {
        put_meta(&self.0, "shards", &text(&shards)?)
    }

    /// Keeps the programme's time zone beside the pack.
    pub fn put_utc_offset_min(&self, minutes: i32) -> Result<(), Fault> {
        put_meta(&self.0, "utc_offset_min", &minutes.to_string())
    }

    /// Where the programme stands, without its pack; nothing while none is loaded.
    pub fn standing(&self) -> Result<Option<Standing>, Fault> {
        let shards = self.shards()?;
        if shards.is_empty() {
            return Ok(None);
        }
        let utc_offset_min = match meta(&self.0, "utc_offset_min")?.and_then(|v| v.parse().ok()) {
            Some(minutes) => minutes,
            // A folder of an earlier version has it in the pack alone.
            None => self.pack()?.map_or(0, |pack| pack.programme.utc_offset_min),
        };
        Ok(Some(Standing { shards, utc_offset_min, day_offset: self.day_offset()? }))
    }

    /// Days to add to the real day.
    pub fn day_offset(&self) -> Result<i32, Fault> {
        Ok(meta(&self.0, "day_offset")?.and_then(|v| v.parse().ok()).unwrap_or(0))
    }

    /// An account.
    pub fn account(&self, id: AccountId) -> Result<Option<Account>, Fault> {
        self.one("SELECT body FROM accounts WHERE id = ?", &id.to_string())
    }

    /// Puts an account.
    pub fn put_account(&self, account: &Account) -> Result<(), Fault> {
        let values = [account.id.to_string(), text(account)?];
        self.0.exec("INSERT OR REPLACE INTO accounts VALUES (?, ?)", values.map(Into::into).to_vec())?;
        Ok(())
    }

    /// Puts a grant.
    pub fn put_grant(&self, grant: &Grant) -> Result<(), Fault> {
        let values = vec![
            grant.id.to_string().into(),
            grant.account.to_string().into(),
            grant.shard.as_ref().map(ShardId::to_string).into(),
            grant.person.map(|p| p.to_string()).into(),
            text(grant)?.into(),
        ];
        self.0.exec("INSERT OR REPLACE INTO grants VALUES (?, ?, ?, ?, ?)", values)?;
        Ok(())
    }

    /// The grants of an account.
    pub fn grants_of(&self, account: AccountId) -> Result<Vec<Grant>, Fault> {
        self.many("SELECT body FROM grants WHERE account = ?", vec![account.to_string().into()])
    }

    /// The grants of the person on the roster in a shard.
    pub fn grants_for(&self, shard: &ShardId, person: &str) -> Result<Vec<Grant>, Fault> {
        let values = vec![shard.to_string().into(), person.into()];
        self.many("SELECT body FROM grants WHERE shard = ? AND person = ?", values)
    }

    /// A code by its hash.
    pub fn code(&self, hash: Hash) -> Result<Option<CodeRow>, Fault> {
        self.one("SELECT body FROM codes WHERE hash = ?", &hash.to_string())
    }

    /// Puts a code.
    pub fn put_code(&self, hash: Hash, row: &CodeRow) -> Result<(), Fault> {
        let values = [hash.to_string(), text(row)?];
        self.0.exec("INSERT OR REPLACE INTO codes VALUES (?, ?)", values.map(Into::into).to_vec())?;
        Ok(())
    }

    /// Voids every code that opens once, used or not.
    pub fn void_codes(&self) -> Result<(), Fault> {
        self.0.exec("DELETE FROM codes WHERE NOT (body->>'$.demo')", None)?;
        Ok(())
    }

    /// A device.
    pub fn device(&self, id: DeviceId) -> Result<Option<DeviceLine>, Fault> {
        self.one("SELECT body FROM devices WHERE device = ?", &id.to_string())
    }

    /// Puts a device.
    pub fn put_device(&self, line: &DeviceLine) -> Result<(), Fault> {
        let values = [line.device.to_string(), line.account.to_string(), text(line)?];
        self.0.exec("INSERT OR REPLACE INTO devices VALUES (?, ?, ?)", values.map(Into::into).to_vec())?;
        Ok(())
    }

    /// Revokes a device that was revoked elsewhere; says whether that changed it.
    pub fn end_device(&self, device: DeviceId, ended: (Stamp, Ending)) -> Result<bool, Fault> {
        let Some(mut line) = self.device(device)? else { return Ok(false) };
        let before = line.ended.replace(shared::recovery::strongest(line.ended, ended));
        self.put_device(&line)?;
        Ok(before != line.ended)
    }

    /// The devices of an account, in the order of their ids.
    pub fn device_lines_of(&self, account: AccountId) -> Result<Vec<DeviceLine>, Fault> {
        let query = "SELECT body FROM devices WHERE account = ? ORDER BY device";
        self.many(query, vec![account.to_string().into()])
    }

    /// Appends an entry to the log; to be called inside the transaction of the act.
    pub fn note(&self, entry: impl FnOnce(u64) -> Entry) -> Result<(), Fault> {
        let last = "SELECT json_array(seq, chain) FROM registry_log ORDER BY seq DESC LIMIT 1";
        let last: Option<(u64, Hash)> = match first_text(self.0.exec(last, None)?)? {
            Some(held) => serde_json::from_str(&held).map_err(|e| internal(&e))?,
            None => None,
        };
        let (seq, previous) = last.unwrap_or_default();
        let body = text(&entry(seq + 1))?;
        let chain = log::chain(&previous, &body);
        let seq = worker::SqlStorageValue::try_from_i64(i64::try_from(seq + 1).map_err(|e| internal(&e))?)?;
        self.0.exec(
            "INSERT INTO registry_log VALUES (?, ?, ?)",
            vec![seq, body.into(), chain.to_string().into()],
        )?;
        Ok(())
    }

    /// The version in which the programme or its day last changed: a shard that has seen it needs no pack.
    pub fn pack_version(&self) -> Result<u64, Fault> {
        match meta(&self.0, "pack_version")?.and_then(|v| v.parse().ok()) {
            Some(version) => Ok(version),
            // A folder of an earlier version does not say: every change may be the programme's.
            None => self.version(),
        }
    }

    /// Notes that the programme or its day changed, in the version that now holds.
    pub fn pack_changed(&self) -> Result<(), Fault> {
        put_meta(&self.0, "pack_version", &self.version()?.to_string())
    }

    /// How many devices an account has.
    pub fn devices_of(&self, account: AccountId) -> Result<u32, Fault> {
        let count: Option<u32> =
            self.one("SELECT json(count(*)) FROM devices WHERE account = ?", &account.to_string())?;
        Ok(count.unwrap_or(0))
    }

    /// Accounts and grants that reach a shard; all of them where none is named.
    pub fn access(&self, shard: Option<&ShardId>) -> Result<Access, Fault> {
        let grants: Vec<Grant> = match shard {
            Some(shard) => self.many(
                "SELECT body FROM grants WHERE shard = ? OR shard IS NULL ORDER BY id",
                vec![shard.to_string().into()],
            )?,
            None => self.many("SELECT body FROM grants ORDER BY id", vec![])?,
        };
        let ids: Vec<String> = grants.iter().map(|g| g.account.to_string()).collect();
        let accounts: Vec<Account> = self.many(
            "SELECT body FROM accounts WHERE id IN (SELECT value FROM json_each(?))",
            vec![text(&ids)?.into()],
        )?;
        let revoked: Vec<DeviceLine> = self.many(
            "SELECT body FROM devices WHERE account IN (SELECT value FROM json_each(?)) AND body ->> '$.ended' IS NOT NULL",
            vec![text(&ids)?.into()],
        )?;
        Ok(Access {
            devices_ended: revoked.into_iter().filter_map(|l| Some((l.device, l.ended?))).collect(),
            version: self.version()?,
            accounts: accounts.into_iter().map(|a| (a.id, a)).collect(),
            grants,
        })
    }

    /// Keeps the key that checks a shard's receipts, for good: a shard that lost its storage has several.
    pub fn keep_receipt_key(&self, shard: &ShardId, key: &PublicKey, now_ms: i64) -> Result<(), Fault> {
        let values = [shard.to_string(), key.0.clone(), now_ms.to_string()];
        let query = "INSERT OR IGNORE INTO receipt_keys VALUES (?, ?, ?)";
        self.0.exec(query, values.map(Into::into).to_vec())?;
        Ok(())
    }

    /// All keys of receipts: shard, key, since when.
    pub fn receipt_keys(&self) -> Result<Vec<(ShardId, PublicKey, String)>, Fault> {
        self.many(
            "SELECT json_array(shard, key, since_ms) FROM receipt_keys ORDER BY shard, since_ms",
            vec![],
        )
    }

    fn one<T: DeserializeOwned>(&self, query: &str, key: &str) -> Result<Option<T>, Fault> {
        let found = first_text(self.0.exec(query, vec![key.into()])?)?;
        found.map(|t| serde_json::from_str(&t).map_err(|e| internal(&e))).transpose()
    }

    fn many<T: DeserializeOwned>(
        &self,
        query: &str,
        values: Vec<worker::SqlStorageValue>,
    ) -> Result<Vec<T>, Fault> {
        let mut found = vec![];
        for row in self.0.exec(query, values)?.raw() {
            if let Some(worker::SqlStorageValue::String(text)) = row?.into_iter().next() {
                found.push(serde_json::from_str(&text).map_err(|e| internal(&e))?);
            }
        }
        Ok(found)
    }
}

fn text<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| internal(&e))
}
