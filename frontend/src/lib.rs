//! The program of the browser: its pages take over the document that the server sent.

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes the page over. The document must be the one the server sent: see `chargeur.js` in `app`.
#[wasm_bindgen]
pub fn hydrate() {
    // A release prints nothing in the console, because the code for it weighs too much.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    if let Some(page) = app::base::browser::page() {
        leptos::mount::hydrate_from(page, app::App).forget();
    }
}

/// Sends the last typed text, because the page may be about to go. Says whether there was any.
#[wasm_bindgen]
pub fn leave() -> bool {
    app::wizard::save_before_leaving()
}
