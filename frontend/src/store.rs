//! The only bridge between yew and the state.
//!
//! The store is equal to itself and to nothing else, so handing it down renders nothing again; a component that reads
//! with [`use_selector`] renders again only when what it selected has changed. A tap renders one row.

use crate::shell::{Send, Shell, clock, desk, random};
use frontend_state::{At, Model, Msg, update};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use yew::prelude::*;

/// The state of the page, shared by all components.
#[derive(Clone)]
pub struct Store(Rc<Inner>);

struct Inner {
    model: RefCell<Model>,
    queue: RefCell<VecDeque<Msg>>,
    busy: Cell<bool>,
    listeners: RefCell<BTreeMap<u64, Rc<dyn Fn()>>>,
    next_listener: Cell<u64>,
    shell: Rc<Shell>,
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Store {
    /// A store over a shell.
    pub fn new(shell: Rc<Shell>) -> Self {
        Self(Rc::new(Inner {
            model: RefCell::default(),
            queue: RefCell::default(),
            busy: Cell::new(false),
            listeners: RefCell::default(),
            next_listener: Cell::new(0),
            shell,
        }))
    }

    /// A way for the shell to answer.
    pub fn sender(&self) -> Send {
        let store = self.clone();
        Send::to(move |msg| store.dispatch(msg))
    }

    /// Takes a message in: stamps it, updates, carries the effects out, tells the components.
    pub fn dispatch(&self, msg: Msg) {
        let inner = &self.0;
        inner.queue.borrow_mut().push_back(msg);
        if inner.busy.replace(true) {
            return;
        }
        loop {
            let next = inner.queue.borrow_mut().pop_front();
            let Some(msg) = next else { break };
            let at = At { wall: clock::now(), random: random::bits() };
            let effects = update(&mut inner.model.borrow_mut(), msg, at);
            for effect in effects {
                inner.shell.run(effect, self.sender());
            }
        }
        inner.busy.set(false);
        let listeners: Vec<Rc<dyn Fn()>> = inner.listeners.borrow().values().cloned().collect();
        for listener in listeners {
            listener();
        }
    }

    /// Reads the state, once.
    pub fn with<T>(&self, read: impl FnOnce(&Model) -> T) -> T {
        read(&self.0.model.borrow())
    }

    /// Work in the Web Worker that takes a file, which no message can carry: see [`desk::run`].
    pub fn run_desk(
        &self,
        request_json: &str,
        file: Option<&web_sys::File>,
        then: impl Fn(String) -> Msg + Clone + 'static,
    ) -> Option<desk::Handle> {
        let store = self.clone();
        desk::run(request_json, file, move |text| store.dispatch(then(text)))
    }

    /// Keeps a chosen file for the Web Worker, and gives its number.
    pub fn keep_file(&self, file: web_sys::File) -> u32 {
        self.0.shell.keep_file(file)
    }

    fn listen(&self, listener: Rc<dyn Fn()>) -> u64 {
        let id = self.0.next_listener.get();
        self.0.next_listener.set(id + 1);
        self.0.listeners.borrow_mut().insert(id, listener);
        id
    }

    fn forget(&self, id: u64) {
        self.0.listeners.borrow_mut().remove(&id);
    }
}

/// The store of the page.
///
/// # Panics
/// Outside the page's frame, which provides it.
#[hook]
pub fn use_store() -> Store {
    #[allow(clippy::expect_used, reason = "the root provides it; nothing renders outside the root")]
    use_context::<Store>().expect("the page provides its store")
}

/// A callback that sends messages; the same one at every rendering.
#[hook]
pub fn use_dispatch() -> Callback<Msg> {
    let store = use_store();
    let made = use_memo(store, |store| {
        let store = store.clone();
        Callback::from(move |msg| store.dispatch(msg))
    });
    (*made).clone()
}

/// Reads a part of the state; the component renders again only when that part has changed.
#[hook]
pub fn use_selector<T, D>(deps: D, select: fn(&Model, &D) -> T) -> Rc<T>
where
    T: PartialEq + 'static,
    D: PartialEq + Clone + 'static,
{
    let store = use_store();
    let shown = use_mut_ref(|| None::<Rc<T>>);
    let update = use_force_update();
    let value = store.with(|model| select(model, &deps));
    // An equal value keeps its identity, so that what depends on it need not be made again.
    let same = shown.borrow().clone().filter(|last| **last == value);
    let value = same.unwrap_or_else(|| Rc::new(value));
    shown.replace(Some(value.clone()));
    use_effect_with((store, deps), move |(store, deps)| {
        let (reading, deps) = (store.clone(), deps.clone());
        let check = {
            let shown = shown.clone();
            move || {
                let now = reading.with(|model| select(model, &deps));
                let changed = shown.borrow().as_ref().is_none_or(|last| **last != now);
                if changed {
                    update.force_update();
                }
            }
        };
        // Something may have happened between rendering and this.
        check();
        let id = store.listen(Rc::new(check));
        let store = store.clone();
        move || store.forget(id)
    });
    value
}
