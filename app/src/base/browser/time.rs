//! What runs later: timers and effects.

use std::time::Duration;

use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use send_wrapper::SendWrapper;

/// Runs something when a signal that it reads changes. All of them have one type, because each would be compiled apart.
pub fn effet(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}

/// Runs something once what is under way has reached the document.
pub fn later(run: impl FnOnce() + 'static) {
    after(Duration::ZERO, Box::new(run));
}

/// Runs something after a while.
pub fn after(delay: Duration, run: Box<dyn FnOnce()>) {
    if cfg!(target_family = "wasm") {
        Timeout::new(u32::try_from(delay.as_millis()).unwrap_or(u32::MAX), run).forget();
    }
}

/// Runs something every so many seconds, until the page goes.
pub fn every(seconds: u32, run: impl FnMut() + 'static) {
    if cfg!(target_family = "wasm") {
        let interval = SendWrapper::new(Interval::new(seconds * 1_000, run));
        on_cleanup(move || drop(interval));
    }
}
