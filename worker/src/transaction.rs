//! One synchronous transaction on an object's SQLite: all of it is stored, or nothing.
//!
//! Without it, rows written before an `Err`, a throw or a panic stay. `worker` has only the asynchronous form, so this
//! calls the runtime's `transactionSync` itself; the closure cannot await, and nothing can come between its steps.

use std::cell::RefCell;
use worker::js_sys::{Function, Reflect};
use worker::wasm_bindgen::closure::ScopedClosure;
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::{Error, Result, State};

/// Runs `work` in one transaction and hands on what it returns; an `Err` rolls everything back.
///
/// # Errors
/// Those of `work`, and those of storage when it cannot begin or commit.
pub fn transact<T, E: From<Error>>(
    state: &State,
    work: impl FnOnce() -> core::result::Result<T, E>,
) -> core::result::Result<T, E> {
    let storage = state.storage();
    let raw: &JsValue = storage.as_raw().as_ref();
    let method: Function = Reflect::get(raw, &JsValue::from_str("transactionSync"))
        .map_err(Error::from)?
        .dyn_into()
        .map_err(Error::from)?;
    let work = RefCell::new(Some(work));
    let outcome = RefCell::new(None);
    let step = || -> core::result::Result<JsValue, JsValue> {
        let Some(work) = work.take() else { return Err(JsValue::from_str("a transaction runs once")) };
        let result = work();
        let failed = result.is_err();
        outcome.replace(Some(result));
        // The throw is what makes the runtime roll back; the caller gets the error itself.
        if failed { Err(JsValue::from_str("rolled back")) } else { Ok(JsValue::UNDEFINED) }
    };
    let called = {
        let step: &dyn Fn() -> core::result::Result<JsValue, JsValue> = &step;
        let closure = ScopedClosure::borrow_aborting(&step);
        method.call1(raw, closure.as_js_value())
    };
    match (outcome.take(), called) {
        (Some(Err(error)), _) => Err(error),
        (Some(Ok(value)), Ok(_)) => Ok(value),
        // The work ended well and the commit did not.
        (_, Err(error)) => Err(Error::from(error).into()),
        (None, Ok(_)) => Err(Error::RustError("the transaction did not run".into()).into()),
    }
}

/// [`transact`] with the runtime's own error.
///
/// # Errors
/// As [`transact`].
pub fn transact_plain<T>(state: &State, work: impl FnOnce() -> Result<T>) -> Result<T> {
    transact(state, work)
}
