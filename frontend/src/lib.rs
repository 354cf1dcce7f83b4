//! What the browser runs: the hydrated pages take over what the server sent.

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes the page over. The document must be the one the server sent: see `chargeur.js` in `app`.
#[wasm_bindgen]
pub fn hydrate() {
    // A release says nothing in the console; what it would say weighs too much.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    if let Some(page) = app::base::browser::page() {
        leptos::mount::hydrate_from(page, app::App).forget();
    }
}

/// The page may be about to go: what was typed is sent now. Says whether something was.
#[wasm_bindgen]
pub fn leave() -> bool {
    app::wizard::save_before_leaving()
}
