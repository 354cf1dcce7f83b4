use leptos::prelude::*;

use crate::base::browser;

/// The fields left once, one bit each: their message may be shown.
///
/// A message pushes down the elements after it. Between the press and the release of a pointer, it would take the
/// button away from under the finger. The click would be lost, so the message waits for the release.
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

    /// The person left the field. A field that has the focus is left too when its page goes, and these values with it.
    pub fn leave(self, at: usize) {
        self.waiting.try_update_value(|waiting| *waiting |= 1 << at);
        if !self.is_pressed() {
            self.show();
        }
    }

    pub fn is_pressed(self) -> bool {
        self.pressed.try_get_value() == Some(true)
    }

    pub fn press(self) {
        self.pressed.try_set_value(true);
    }

    /// The messages appear in a later task, so that the click of this release is handled before anything moves.
    pub fn release(self) {
        self.pressed.try_set_value(false);
        browser::later(move || self.show());
    }

    fn show(self) {
        if let Some(waiting) = self.waiting.try_get_value() {
            self.shown.try_update(|shown| *shown |= waiting);
        }
    }
}
