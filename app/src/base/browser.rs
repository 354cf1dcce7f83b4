//! The only user of the browser's own interfaces. On the server these functions are never called, or do nothing.

use domain::Tableau;
use js_sys::JSON;
use leptos::prelude::*;
use leptos::server_fn::redirect::call_redirect_hook;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    FormData, HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement, RequestInit, Response, SubmitEvent,
    UrlSearchParams,
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
    call(address, fields).await?.headers().get("location").ok().flatten().ok_or(ApiError::Network)
}

/// Calls a server function for its answer, a table as a JSON text. The answer may lead to another page besides.
pub fn ask(
    address: &'static str,
    champs: Vec<(String, String)>,
) -> impl Future<Output = Result<Tableau, ApiError>> + Send {
    let answer = async move {
        let fields = UrlSearchParams::new().map_err(|_| ApiError::Network)?;
        for (name, value) in champs {
            fields.append(&name, &value);
        }
        let response = call(address, &fields).await?;
        if let Ok(Some(elsewhere)) = response.headers().get("location") {
            call_redirect_hook(&elsewhere);
        }
        said(&response).await.map(Tableau::from).ok_or(ApiError::Network)
    };
    SendWrapper::new(answer)
}

/// The server refuses longer forms from a visitor. In bytes.
const FORM: u32 = 8 * 1024;

/// A server function that refuses says why in words. A layer in front of it only gives a status.
async fn call(address: &str, fields: &UrlSearchParams) -> Result<Response, ApiError> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(fields);
    // `keepalive` lets a request outlive its page. A browser gives such requests 64 KiB in all and fails the rest
    // unsent. A form too long for the server goes without it, and leaves the room to others.
    let short = fields.to_string().length() < FORM;
    let _ = js_sys::Reflect::set(&init, &"keepalive".into(), &short.into());
    let answer = JsFuture::from(window().fetch_with_str_and_init(address, &init)).await;
    let response = answer.ok().and_then(|answer| answer.dyn_into::<Response>().ok()).ok_or(ApiError::Network)?;
    if response.ok() {
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
    set_timeout(
        move || {
            if let Some(element) = element::<HtmlElement>(id) {
                let _ = element.focus();
            }
        },
        std::time::Duration::ZERO,
    );
}

/// Asks the server for the page that the address bar already shows. It runs in a task of its own, because the router
/// may still be writing the address. It is no reload: after one, « Back » would change the address and not the page.
pub fn load_current_page() {
    set_timeout(
        || {
            let place = location();
            if let Ok(address) = place.href() {
                let _ = place.replace(&address);
            }
        },
        std::time::Duration::ZERO,
    );
}

fn element<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
