//! What the browser runs: the hydrated pages take over what the server sent.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn hydrate() {
    if let Some(page) = app::browser::page() {
        leptos::mount::hydrate_from(page, app::App).forget();
    }
}
