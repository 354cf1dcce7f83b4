use std::time::Duration;

use leptos::prelude::*;

/// The fields left once, one bit each: their message may be shown.
///
/// A message pushes down what follows it. Shown between the press and the release of a pointer, it would take the
/// button away from under the finger, and the click with it: so it waits for the release.
#[derive(Clone, Copy)]
pub struct Touches {
    shown: RwSignal<u32>,
    waiting: StoredValue<u32>,
    pressed: StoredValue<bool>,
}

impl Touches {
    pub fn new() -> Self {
        Self { shown: RwSignal::new(0), waiting: StoredValue::new(0), pressed: StoredValue::new(false) }
    }

    pub fn has(self, at: usize) -> bool {
        self.shown.get() & (1 << at) != 0
    }

    /// The person left the field.
    pub fn leave(self, at: usize) {
        self.waiting.update_value(|waiting| *waiting |= 1 << at);
        if !self.pressed.get_value() {
            self.show();
        }
    }

    pub fn press(self) {
        self.pressed.set_value(true);
    }

    /// The click that a release ends is handled before what is shown moves anything.
    pub fn release(self) {
        self.pressed.set_value(false);
        set_timeout(move || self.show(), Duration::ZERO);
    }

    fn show(self) {
        if let Some(waiting) = self.waiting.try_get_value() {
            self.shown.try_update(|shown| *shown |= waiting);
        }
    }
}
