//! The program of the browser: its pages take over the document that the server sent.

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Room for the splitter. Without it, the constants of all parts no longer fit where they must stand once each part has
/// its own alignment, and the splitter leaves every text of the lazy parts in the main part.
#[used]
static MARGE: [u8; 4096] = [85; 4096];

/// Takes the page over. The document must be the one the server sent: see `chargeur.js` in `app`.
#[wasm_bindgen]
pub fn hydrate() {
    // A release prints nothing in the console, because the code for it weighs too much.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    let Some(page) = app::base::browser::page() else { return };
    spawn_local(async move {
        // Loaded first, because taking a page over step by step costs code for each kind of view.
        if app::register::load(&app::base::browser::path()).await.is_err() {
            return;
        }
        leptos::mount::hydrate_from(page, app::App).forget();
        // The page has run its effects by then: from now on it answers by itself.
        Timeout::new(0, app::base::browser::mark_hydrated).forget();
    });
}

/// Sends the last typed text, because the page may be about to go. Says whether there was any.
#[wasm_bindgen]
pub fn leave() -> bool {
    // Before the page is taken over, nothing was typed into it, and nothing runs yet.
    app::base::browser::is_hydrated() && app::areas::inscription::save_before_leaving()
}
