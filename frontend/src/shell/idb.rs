//! IndexedDB, thinly: a database opens, reads in one transaction, writes in one strict transaction.
//!
//! Written on the browser's own interface because a strict durability hint and the reason of an aborted transaction
//! are what matters here. Nothing is awaited between the requests of a transaction, or it would commit early.

use frontend_state::model::StorageFault;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction,
};

/// An open database.
#[derive(Clone, Debug)]
pub struct Database(IdbDatabase);

/// A readwrite transaction while its requests are being issued.
#[derive(Debug)]
pub struct Writing<'a>(&'a IdbTransaction);

impl Database {
    /// Opens a database of these stores, making those that are missing; keys stand outside the values.
    pub async fn open(
        name: &str,
        version: u32,
        stores: &'static [&'static str],
    ) -> Result<Self, StorageFault> {
        let global = js_sys::global();
        let factory: IdbFactory =
            get(&global, "indexedDB")?.dyn_into().map_err(|_| StorageFault::Other("no-indexeddb".into()))?;
        let request: IdbOpenDbRequest = factory.open_with_u32(name, version).map_err(|e| fault(&e))?;
        let upgrading = request.clone();
        let upgrade = Closure::once_into_js(move |_: JsValue| {
            let Ok(database) = upgrading.result().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
            let present = database.object_store_names();
            for store in stores.iter().filter(|s| !present.contains(s)) {
                // What cannot be made here fails the opening, which is answered below.
                let _ = database.create_object_store(store);
            }
        });
        request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
        let database: IdbDatabase = result_of(&request).await?.unchecked_into();
        // Another tab brings a later version of the page: let it pass, this tab reads the store anew when reloaded.
        let closing = database.clone();
        let on_change = Closure::<dyn FnMut(JsValue)>::new(move |_| closing.close());
        database.set_onversionchange(Some(on_change.as_ref().unchecked_ref()));
        on_change.forget();
        Ok(Self(database))
    }

    /// Closes it and deletes it from the disk; other tabs close theirs when they are told.
    pub async fn delete(&self) -> Result<(), StorageFault> {
        let factory: IdbFactory = get(&js_sys::global(), "indexedDB")?
            .dyn_into()
            .map_err(|_| StorageFault::Other("no-indexeddb".into()))?;
        self.0.close();
        let request = factory.delete_database(&self.0.name()).map_err(|e| fault(&e))?;
        result_of(&request).await.map(drop)
    }

    /// Runs reads in one transaction; `ask` issues them all at once.
    pub async fn read(
        &self,
        stores: &[&str],
        ask: impl FnOnce(&Reading<'_>) -> Result<Vec<IdbRequest>, JsValue>,
    ) -> Result<Vec<JsValue>, StorageFault> {
        let transaction = self.transaction(stores, "readonly").map_err(|e| fault(&e))?;
        let requests = ask(&Reading(&transaction)).map_err(|e| fault(&e))?;
        let pending: Vec<Promise> = requests.iter().map(promise_of).collect();
        let mut results = Vec::with_capacity(pending.len());
        for promise in pending {
            results.push(JsFuture::from(promise).await.map_err(|e| fault(&e))?);
        }
        Ok(results)
    }

    /// Runs writes in one strict transaction and waits until it is complete.
    pub async fn write(
        &self,
        stores: &[&str],
        issue: impl FnOnce(&Writing<'_>) -> Result<(), JsValue>,
    ) -> Result<(), StorageFault> {
        let transaction = self.transaction(stores, "readwrite").map_err(|e| fault(&e))?;
        let complete = completion_of(&transaction);
        if let Err(error) = issue(&Writing(&transaction)) {
            // An abort of a transaction that is already over changes nothing.
            let _ = transaction.abort();
            let _ = JsFuture::from(complete).await;
            return Err(fault(&error));
        }
        JsFuture::from(complete).await.map(drop).map_err(|e| fault(&e))
    }

    fn transaction(&self, stores: &[&str], mode: &str) -> Result<IdbTransaction, JsValue> {
        let names: Array = stores.iter().map(|s| JsValue::from_str(s)).collect();
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let open: Function = Reflect::get(&self.0, &"transaction".into())?.dyn_into()?;
        open.call3(&self.0, &names, &mode.into(), &options)?.dyn_into()
    }
}

/// A readonly transaction while its requests are being issued.
#[derive(Debug)]
pub struct Reading<'a>(&'a IdbTransaction);

impl Reading<'_> {
    /// One value.
    pub fn get(&self, store: &str, key: &JsValue) -> Result<IdbRequest, JsValue> {
        self.0.object_store(store)?.get(key)
    }

    /// All values, or those of a range.
    pub fn all(&self, store: &str, range: Option<&IdbKeyRange>) -> Result<IdbRequest, JsValue> {
        let store = self.0.object_store(store)?;
        match range {
            Some(range) => store.get_all_with_key(range),
            None => store.get_all(),
        }
    }

    /// All keys of a range.
    pub fn keys(&self, store: &str, range: &IdbKeyRange) -> Result<IdbRequest, JsValue> {
        self.0.object_store(store)?.get_all_keys_with_key(range)
    }
}

impl Writing<'_> {
    fn store(&self, store: &str) -> Result<IdbObjectStore, JsValue> {
        self.0.object_store(store)
    }

    /// Adds a value; a key that is there already fails the transaction.
    pub fn add(&self, store: &str, key: &JsValue, value: &JsValue) -> Result<(), JsValue> {
        self.store(store)?.add_with_key(value, key).map(drop)
    }

    /// Puts a value in place of whatever is there.
    pub fn put(&self, store: &str, key: &JsValue, value: &JsValue) -> Result<(), JsValue> {
        self.store(store)?.put_with_key(value, key).map(drop)
    }

    /// Deletes a key, or a range of keys.
    pub fn delete(&self, store: &str, key: &JsValue) -> Result<(), JsValue> {
        self.store(store)?.delete(key).map(drop)
    }
}

/// A key of parts.
pub fn key(parts: &[JsValue]) -> JsValue {
    parts.iter().cloned().collect::<Array>().into()
}

/// All keys of two parts that begin with this one.
pub fn keys_of(first: &str) -> Result<IdbKeyRange, JsValue> {
    // An empty array sorts after every number and text.
    IdbKeyRange::bound(&key(&[first.into()]), &key(&[first.into(), Array::new().into()]))
}

async fn result_of(request: &IdbOpenDbRequest) -> Result<JsValue, StorageFault> {
    JsFuture::from(promise_of(request.unchecked_ref())).await.map_err(|e| fault(&e))
}

fn promise_of(request: &IdbRequest) -> Promise {
    Promise::new(&mut |resolve, reject| {
        let done = request.clone();
        let on_success = Closure::once_into_js(move |_: JsValue| {
            let value = done.result().unwrap_or(JsValue::UNDEFINED);
            // A promise's own functions do not throw.
            let _ = resolve.call1(&JsValue::UNDEFINED, &value);
        });
        let failed = request.clone();
        let on_error = Closure::once_into_js(move |_: JsValue| {
            let error = failed.error().ok().flatten().map_or(JsValue::UNDEFINED, JsValue::from);
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        });
        request.set_onsuccess(Some(on_success.unchecked_ref()));
        request.set_onerror(Some(on_error.unchecked_ref()));
    })
}

fn completion_of(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        let on_complete = Closure::once_into_js(move |_: JsValue| {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        });
        let aborted = transaction.clone();
        let on_abort = Closure::once_into_js(move |_: JsValue| {
            let error = aborted.error().map_or(JsValue::UNDEFINED, JsValue::from);
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        });
        transaction.set_oncomplete(Some(on_complete.unchecked_ref()));
        transaction.set_onabort(Some(on_abort.unchecked_ref()));
    })
}

fn get(object: &JsValue, name: &str) -> Result<JsValue, StorageFault> {
    Reflect::get(object, &name.into()).map_err(|e| fault(&e))
}

fn fault(error: &JsValue) -> StorageFault {
    let name = error.dyn_ref::<DomException>().map(DomException::name);
    match name.as_deref() {
        Some("QuotaExceededError") => StorageFault::Full,
        Some("VersionError") => StorageFault::Newer,
        Some(other) => StorageFault::Other(other.to_owned()),
        None => StorageFault::Other(error.as_string().unwrap_or_else(|| "unknown".to_owned())),
    }
}
