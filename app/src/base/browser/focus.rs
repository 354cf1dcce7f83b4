//! Where the person is, and the keys that they press.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;
use web_sys::HtmlElement;

use super::element;
use super::time::later;

/// Moves the focus, so that the element is announced and read next. It runs in a task of its own, because an effect
/// may run before its element is in the document. That happens when the page waited for its data.
pub fn focus(id: &'static str) {
    later(move || {
        if let Some(element) = element::<HtmlElement>(id) {
            let _ = element.focus();
        }
    });
}

/// Moves the focus to the first of these that the page has: what an answer at the same address has to say.
pub fn focus_first(selectors: &'static [&'static str]) {
    later(move || {
        let found = selectors.iter().find_map(|selector| document().query_selector(selector).ok().flatten());
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            if !element.has_attribute("tabindex") {
                let _ = element.set_attribute("tabindex", "-1");
            }
            let _ = element.focus();
        }
    });
}

/// Whether the page is in view and nobody works in this part of it.
pub fn is_idle(id: &str) -> bool {
    let document = document();
    let Some(part) = document.get_element_by_id(id) else { return false };
    let inside = document.active_element().is_some_and(|active| part.contains(Some(&active)));
    let ticked = part.query_selector("input:checked").ok().flatten().is_some();
    !document.hidden() && !inside && !ticked
}

/// Acts on a key of the list or of a file, if nobody types. Says whether it did. A row of the list is marked with
/// `data-ligne`, what a key presses with `data-touche`.
pub fn act_on_key(event: &web_sys::KeyboardEvent) -> bool {
    let document = document();
    let typing = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|target| target.closest("input:not([type=checkbox]), textarea, select").ok().flatten().is_some());
    let dialog = document.query_selector("dialog[open]").ok().flatten().is_some();
    if typing || dialog || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    let key = event.key();
    let Ok(found) = document.query_selector_all("[data-ligne]") else { return false };
    let rows: Vec<HtmlElement> =
        (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok()).collect();
    let line = |row: &HtmlElement| row.closest("tr").ok().flatten();
    let active = document.active_element();
    let at = rows.iter().position(|row| {
        line(row).is_some_and(|line| active.as_ref().is_some_and(|active| line.contains(Some(active))))
    });
    let next = match (key.as_str(), at) {
        ("j", at) => Some(at.map_or(0, |at| at + 1)),
        ("k", at) => Some(at.unwrap_or_default().saturating_sub(1)),
        _ => None,
    };
    if let (Some(next), Some(last)) = (next, rows.len().checked_sub(1)) {
        return rows[next.min(last)].focus().is_ok();
    }
    if let ("x", Some(at)) = (key.as_str(), at) {
        let tick = line(&rows[at]).and_then(|line| line.query_selector("input").ok().flatten());
        if let Some(tick) = tick.and_then(|tick| tick.dyn_into::<HtmlElement>().ok()) {
            tick.click();
        }
        return true;
    }
    let Ok(marked) = document.query_selector_all("[data-touche]") else { return false };
    let pressed = (0..marked.length())
        .filter_map(|at| marked.item(at)?.dyn_into::<HtmlElement>().ok())
        .find(|element| element.get_attribute("data-touche").is_some_and(|of| of == key));
    match pressed {
        Some(field) if field.local_name() == "input" => field.focus().is_ok(),
        Some(element) => {
            element.click();
            true
        }
        None => false,
    }
}
