//! Which document the page is, and whether the program has taken it over.

use leptos::prelude::*;

/// The path of the page that is shown.
pub fn path() -> String {
    location().pathname().unwrap_or_default()
}

/// Whether an address has the path of the page that is shown.
pub fn is_here(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    self::path() == path
}

/// Where this window keeps the page that it asked for as a document.
const ASKED: &str = "document";

/// Asks the server for a page, because this program could not load the part that shows it. Once: `false` means that it
/// was already tried.
pub fn load_document(address: &str) -> bool {
    let Ok(Some(storage)) = window().session_storage() else { return false };
    if !window().navigator().on_line() || storage.get_item(ASKED).ok().flatten().as_deref() == Some(address) {
        return false;
    }
    let _ = storage.set_item(ASKED, address);
    location().assign(address).is_ok()
}

/// Says that the page has taken the document over.
pub fn mark_hydrated() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-hydrated", "");
    }
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.remove_item(ASKED);
    }
}

/// Whether the page has taken the document over.
pub fn is_hydrated() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-hydrated"))
}
