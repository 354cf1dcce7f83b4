//! Forms that are sent and functions that are called, without a load of a document.

use js_sys::JSON;
use leptos::prelude::*;
use leptos::server_fn::redirect::call_redirect_hook;
use leptos::wasm_bindgen::JsCast;
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    FormData, Headers, HtmlButtonElement, HtmlFormElement, RequestInit, Response, SubmitEvent, UrlSearchParams,
};

use crate::base::erreur::ApiError;

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
