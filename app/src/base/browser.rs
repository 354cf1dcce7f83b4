//! The only user of the browser's own interfaces. On the server these functions are never called, or do nothing.

use std::time::Duration;

use gloo_timers::callback::{Interval, Timeout};
use js_sys::JSON;
use leptos::prelude::*;
use leptos::server_fn::redirect::call_redirect_hook;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    FormData, Headers, HtmlButtonElement, HtmlDialogElement, HtmlElement, HtmlFormElement, HtmlInputElement,
    HtmlSelectElement, HtmlTextAreaElement, RequestInit, Response, SubmitEvent, UrlSearchParams,
};

use super::erreur::ApiError;

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

/// The value that a form holds right now under `name`: the document is the truth, not a signal.
pub fn form_value(form: &HtmlFormElement, name: &str) -> Option<String> {
    FormData::new_with_form(form).ok()?.get(name).as_string()
}

/// The fields that a form sends, with the button that sent it.
pub fn submitted(event: &SubmitEvent) -> Option<UrlSearchParams> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    let fields = FormData::new_with_form(&form).ok()?;
    if let Some(button) = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok())
        && !button.name().is_empty()
    {
        fields.append_with_str(&button.name(), &button.value()).ok()?;
    }
    UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()
}

/// Sends a form to a server function, and returns where the answer leads.
pub async fn post(address: &str, fields: &UrlSearchParams) -> Result<String, ApiError> {
    call(address, fields, false).await?.headers().get("location").ok().flatten().ok_or(ApiError::Network)
}

/// Calls a server function for its answer, a JSON text. The answer may lead to another page besides. `passive`: the page
/// asks by itself, so that the call does not prolong a connexion.
pub fn ask(
    address: &'static str,
    champs: Vec<(String, String)>,
    passive: bool,
) -> impl Future<Output = Result<String, ApiError>> + Send {
    let answer = async move {
        let fields = UrlSearchParams::new().map_err(|_| ApiError::Network)?;
        for (name, value) in champs {
            fields.append(&name, &value);
        }
        let response = call(address, &fields, passive).await?;
        if let Ok(Some(elsewhere)) = response.headers().get("location") {
            if passive {
                return Err(ApiError::ConnexionExpired);
            }
            call_redirect_hook(&elsewhere);
        }
        said(&response).await.ok_or(ApiError::Network)
    };
    SendWrapper::new(answer)
}

/// The server refuses longer forms from a visitor. In bytes.
const FORM: u32 = 8 * 1024;

/// A server function that refuses says why in words. A layer in front of it only gives a status.
async fn call(address: &str, fields: &UrlSearchParams, passive: bool) -> Result<Response, ApiError> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(fields);
    if passive && let Ok(headers) = Headers::new() {
        let _ = headers.set("x-rafraichir", "1");
        init.set_headers(&headers);
    }
    // `keepalive` lets a request outlive its page. A browser gives such requests 64 KiB in all and fails the rest
    // unsent. A form too long for the server goes without it, and leaves the room to others.
    let short = fields.to_string().length() < FORM;
    let _ = js_sys::Reflect::set(&init, &"keepalive".into(), &short.into());
    let answer = JsFuture::from(window().fetch_with_str_and_init(address, &init)).await;
    let response = answer.ok().and_then(|answer| answer.dyn_into::<Response>().ok()).ok_or(ApiError::Network)?;
    // What a page asked for may not exist: the page says so.
    if response.ok() || response.status() == 404 {
        return Ok(response);
    }
    Err(match (said(&response).await, response.status()) {
        (Some(words), _) => ApiError::Said(words),
        (None, 413) => ApiError::Said("Un des textes est trop long\u{a0}: raccourcissez-le.".to_owned()),
        _ => ApiError::Said("Le service est momentanément indisponible.".to_owned()),
    })
}

/// The JSON text that a response is.
async fn said(response: &Response) -> Option<String> {
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    JSON::parse(&text).ok()?.as_string()
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

/// Opens a dialog above the page. `false` when the page has none of this name.
pub fn open_dialog(id: &str) -> bool {
    element::<HtmlDialogElement>(id).is_some_and(|dialog| dialog.show_modal().is_ok())
}

pub fn print() {
    let _ = window().print();
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

/// The address of a form that asks by GET, with what it would send.
pub fn get_address(event: &SubmitEvent) -> Option<String> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    let fields = submitted(event)?;
    let path = form.get_attribute("action")?;
    Some(format!("{path}?{}", String::from(fields.to_string())))
}

/// Where a form posts, if it does.
pub fn posted_to(event: &SubmitEvent) -> Option<String> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    if form.method() == "post" { form.get_attribute("action") } else { None }
}

/// Marks the button that sent a form, and the form, as busy until the answer. Returns what to unmark.
pub fn busy(event: &SubmitEvent) -> Option<web_sys::Element> {
    let button = event.submitter()?.dyn_into::<web_sys::Element>().ok()?;
    set_attribute(&button, "aria-busy", Some("true"));
    Some(button)
}

/// Runs something when a signal that it reads changes. All of them have one type, because each would be compiled apart.
pub fn effet(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}

/// Runs something once what is under way has reached the document.
pub fn later(run: impl FnOnce() + 'static) {
    after(Duration::ZERO, Box::new(run));
}

/// Runs something after a while.
pub fn after(delay: Duration, run: Box<dyn FnOnce()>) {
    if cfg!(target_family = "wasm") {
        Timeout::new(u32::try_from(delay.as_millis()).unwrap_or(u32::MAX), run).forget();
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

/// Runs something every so many seconds, until the page goes.
pub fn every(seconds: u32, run: impl FnMut() + 'static) {
    if cfg!(target_family = "wasm") {
        let interval = SendWrapper::new(Interval::new(seconds * 1_000, run));
        on_cleanup(move || drop(interval));
    }
}

/// Writes the fields that a form had into it again, but for passwords and codes.
pub fn fill_forms(action: &str, fields: &UrlSearchParams) {
    let Ok(forms) = document().query_selector_all("form") else { return };
    for at in 0..forms.length() {
        if let Some(form) = forms.item(at).and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
            && form.get_attribute("action").as_deref() == Some(action)
        {
            fill_form(&form, fields);
        }
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
