//! The fields of forms: what they hold, and what is written into them.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;
use web_sys::{FormData, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, UrlSearchParams};

use super::element;

/// The value that a form holds right now under `name`: the document is the truth, not a signal.
pub fn form_value(form: &HtmlFormElement, name: &str) -> Option<String> {
    FormData::new_with_form(form).ok()?.get(name).as_string()
}

/// The `name` of the control an event came from.
pub fn event_control(event: &web_sys::Event) -> Option<String> {
    event.target()?.dyn_ref::<web_sys::Element>()?.get_attribute("name")
}

/// Writes into a text field as if it had been typed.
pub fn fill(id: &str, text: &str) {
    let Some(input) = element::<HtmlInputElement>(id) else { return };
    input.set_value(text);
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &init) {
        let _ = input.dispatch_event(&event);
    }
    let _ = input.focus();
}

pub fn value_of(id: &str) -> String {
    element::<HtmlInputElement>(id).map(|input| input.value()).unwrap_or_default()
}

/// Shows or hides the password that a box is for.
pub fn show_password(event: web_sys::Event) {
    if let Some(ticked) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
        follow_tick(&ticked);
    }
}

fn follow_tick(ticked: &HtmlInputElement) {
    if let Some(id) = ticked.get_attribute("data-afficher")
        && let Some(input) = element::<HtmlInputElement>(&id)
    {
        input.set_type(if ticked.checked() { "text" } else { "password" });
    }
}

/// Unticks the boxes that show a password: a browser that remembers one as ticked would show it above a hidden password.
pub fn hide_passwords() {
    let Ok(found) = document().query_selector_all("[data-afficher]") else { return };
    for at in 0..found.length() {
        if let Some(tick) = found.item(at).and_then(|tick| tick.dyn_into::<HtmlInputElement>().ok()) {
            tick.set_checked(false);
            follow_tick(&tick);
        }
    }
}

/// Writes the fields that a form had into it again, but for passwords and codes.
pub fn fill_forms(action: &str, fields: &UrlSearchParams) {
    let Ok(forms) = document().query_selector_all("form") else { return };
    for at in 0..forms.length() {
        if let Some(form) = forms.item(at).and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
            && form.get_attribute("action").as_deref() == Some(action)
            && is_about(&form, fields)
        {
            fill_form(&form, fields);
        }
    }
}

/// Whether a form is about the same thing: the same `id`, if both have one.
fn is_about(form: &HtmlFormElement, fields: &UrlSearchParams) -> bool {
    match (form_value(form, "id"), fields.get("id")) {
        (Some(here), Some(sent)) => here == sent,
        _ => true,
    }
}

fn fill_form(form: &HtmlFormElement, fields: &UrlSearchParams) {
    let elements = form.elements();
    for at in 0..elements.length() {
        let Some(control) = elements.item(at) else { continue };
        let Some(name) = control.get_attribute("name") else { continue };
        let sent = fields.get(&name);
        if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "checkbox" | "radio" => {
                    let value = input.value();
                    input.set_checked(
                        fields.get_all(&name).iter().any(|sent| sent.as_string().as_ref() == Some(&value)),
                    );
                }
                "hidden" | "password" | "file" => {}
                _ => {
                    if let Some(value) = sent.filter(|_| input.autocomplete() != "one-time-code") {
                        input.set_value(&value);
                    }
                }
            }
        } else if let (Some(area), Some(value)) = (control.dyn_ref::<HtmlTextAreaElement>(), &sent) {
            area.set_value(value);
        } else if let (Some(select), Some(value)) = (control.dyn_ref::<HtmlSelectElement>(), &sent) {
            select.set_value(value);
        }
    }
}
