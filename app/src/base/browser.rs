//! The only user of the browser's own interfaces. On the server these functions are never called, or do nothing.

mod calls;
mod documents;
mod fields;
mod focus;
mod time;

pub use calls::*;
pub use documents::*;
pub use fields::*;
pub use focus::*;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;
pub use time::*;
use web_sys::{HtmlDialogElement, HtmlElement, SubmitEvent};

/// The id of the element that holds the page, in the document around it.
pub const CONTENU: &str = "contenu";

/// The element that holds the page, in the document.
pub fn page() -> Option<HtmlElement> {
    element(CONTENU)
}

pub fn set_attribute(element: &web_sys::Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// The name of this document among those that write to the same draft.
pub fn document_name() -> String {
    thread_local! {
        static NAME: String = format!("{:x}", js_sys::Math::random().to_bits());
    }
    NAME.with(Clone::clone)
}

/// Opens a dialog above the page. `false` when the page has none of this name.
pub fn open_dialog(id: &str) -> bool {
    element::<HtmlDialogElement>(id).is_some_and(|dialog| dialog.show_modal().is_ok())
}

pub fn print() {
    let _ = window().print();
}

/// Marks the button that sent a form, and the form, as busy until the answer. Returns what to unmark.
pub fn busy(event: &SubmitEvent) -> Option<web_sys::Element> {
    let button = event.submitter()?.dyn_into::<web_sys::Element>().ok()?;
    set_attribute(&button, "aria-busy", Some("true"));
    Some(button)
}

/// Puts a part of an HTML text in the place of the same part of the page, if they differ.
pub fn replace_part(selector: &str, html: &str) {
    let Ok(holder) = document().create_element("div") else { return };
    holder.set_inner_html(html);
    let fresh = holder.query_selector(selector).ok().flatten();
    let shown = document().query_selector(selector).ok().flatten();
    if let (Some(fresh), Some(shown)) = (fresh, shown)
        && fresh.outer_html() != shown.outer_html()
    {
        let _ = shown.replace_with_with_node_1(&fresh);
    }
}

/// A choice that this browser keeps.
pub fn kept(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

pub fn keep(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, value);
    }
}

fn element<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
