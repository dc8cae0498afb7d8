//! Work that goes on after the call that began it.

use std::pin::Pin;
use wasm_bindgen_futures::spawn_local;

/// Begins work. All of it goes through one boxed type: the executor is compiled once and not for each kind of work.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    boxed(Box::pin(work));
}

#[inline(never)]
fn boxed(work: Pin<Box<dyn Future<Output = ()>>>) {
    spawn_local(work);
}
