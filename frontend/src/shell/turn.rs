//! Taking turns: one piece of work at a time, in the order of asking.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// One at a time, in the order of asking.
#[derive(Default)]
pub struct Turn {
    busy: Cell<bool>,
    waiting: RefCell<VecDeque<Waker>>,
}

/// A turn; given back when dropped.
pub struct Mine(Rc<Turn>);

impl Turn {
    /// Waits for a turn.
    pub async fn take(self: Rc<Self>) -> Mine {
        poll_fn(|cx| {
            if self.busy.replace(true) {
                self.waiting.borrow_mut().push_back(cx.waker().clone());
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
        .await;
        Mine(self)
    }
}

impl Drop for Mine {
    fn drop(&mut self) {
        self.0.busy.set(false);
        let next = self.0.waiting.borrow_mut().pop_front();
        if let Some(next) = next {
            next.wake();
        }
    }
}
