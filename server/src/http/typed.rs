//! Fills a refused form again with what was typed, except passwords and codes. A refused form is answered by a redirect
//! to its page. So its fields wait in a cookie, encrypted with our key, until the page is shown.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use axum::middleware::Next;
use cookie::{Cookie, CookieJar, Key};
use domain::instant::Millis;
use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, element, rewrite_str};
use serde::{Deserialize, Serialize};

use super::cookies::CookieNames;
use super::page;
use super::refusal::refuse;
use crate::backend::Backend;

/// Fields that are never kept, in any form.
const SECRETS: [&str; 4] = ["mot_de_passe", "actuel", "secours", "token"];

/// The size of a piece before encryption and base 64: a browser accepts a cookie of 4,096 bytes.
const PIECE: usize = 2_800;
const PIECES_MAX: usize = 3;
/// How long the fields are kept: a person may read the refusal for a while.
const KEPT: Millis = 10 * 60 * 1_000;

/// What this layer needs from the server.
#[derive(Clone)]
pub struct Keeper {
    key: Key,
    names: CookieNames,
    backend: std::sync::Arc<Backend>,
}

impl Keeper {
    pub fn new(backend: std::sync::Arc<Backend>, names: CookieNames) -> Self {
        Self { key: Key::from(&backend.cookie_key()), names, backend }
    }
}

/// The fields of a refused form.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Typed {
    at: Millis,
    /// The path to which the form is sent. It identifies the form on its page.
    action: String,
    /// The path of the page that shows the form.
    page: String,
    /// The connexion had ended: the page is shown after the login, without a message of refusal.
    ended: bool,
    fields: Vec<(String, String)>,
}

/// Keeps the fields of a refused form, and fills in the form of the page that explains the refusal.
pub async fn kept(State(keeper): State<Keeper>, request: Request, next: Next) -> Response<Body> {
    if !page::is_shown(request.headers()) {
        return next.run(request).await;
    }
    match *request.method() {
        Method::POST => keeper.send(request, next).await,
        Method::GET => keeper.show(request, next).await,
        _ => next.run(request).await,
    }
}

impl Keeper {
    async fn send(&self, request: Request, next: Next) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let action = parts.uri.path().to_owned();
        // Fields that wait for the end of a login stay when a form of this login is sent.
        let had = self.read(&parts.headers).is_some_and(|typed| !typed.ended || typed.action == action);
        let Ok(form) = to_bytes(body, usize::MAX).await else { return refuse(StatusCode::BAD_REQUEST) };
        let from = page::sent_from(&parts.headers);
        let mut response = next.run(Request::from_parts(parts, Body::from(form.clone()))).await;
        let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        let (told, query) = to.split_once('?').unwrap_or((to, ""));
        let ended = page::says(query, "connexion");
        let page = if page::says(query, "erreur") {
            told.to_owned()
        } else if ended {
            from.unwrap_or_default()
        } else {
            if had {
                self.set(&mut response, Vec::new());
            }
            return response;
        };
        let typed = Typed { at: self.backend.now(), action, page, ended, fields: fields(&form) };
        self.set(&mut response, typed.pieces());
        response
    }

    async fn show(&self, request: Request, next: Next) -> Response<Body> {
        let path = request.uri().path().to_owned();
        let refused = request.uri().query().is_some_and(|query| page::says(query, "erreur"));
        let typed = self.read(request.headers()).filter(|typed| typed.page == path && (refused || typed.ended));
        let response = next.run(request).await;
        match typed {
            Some(typed) => page::rewritten(response, |page| typed.fill(page)).await,
            None => response,
        }
    }

    fn name(&self, at: usize) -> String {
        format!("{}{at}", self.names.typed)
    }

    fn read(&self, headers: &HeaderMap) -> Option<Typed> {
        let sent = sent_cookies(headers);
        let private = sent.private(&self.key);
        let pieces: Vec<String> =
            (0..PIECES_MAX).map_while(|at| Some(private.get(&self.name(at))?.value().to_owned())).collect();
        let typed: Typed = serde_json::from_str(&pieces.concat()).ok()?;
        (0..KEPT).contains(&(self.backend.now() - typed.at)).then_some(typed)
    }

    fn set(&self, response: &mut Response<Body>, pieces: Vec<String>) {
        let mut jar = CookieJar::new();
        for at in 0..PIECES_MAX {
            let name = self.name(at);
            let value = match pieces.get(at) {
                Some(piece) => {
                    jar.private_mut(&self.key).add(Cookie::new(name.clone(), piece.clone()));
                    let sealed = jar.get(&name).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
                    self.names.keep_for(&name, &sealed, KEPT / 1_000)
                }
                None => self.names.forget(&name),
            };
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().append(SET_COOKIE, value);
            }
        }
    }
}

impl Typed {
    /// The fields as JSON, cut into pieces that fit in cookies. If they do not fit, the longest texts are left out.
    fn pieces(mut self) -> Vec<String> {
        loop {
            let Ok(text) = serde_json::to_string(&self) else { return Vec::new() };
            if text.len() <= PIECE * PIECES_MAX {
                return cut(&text);
            }
            let longest = (0..self.fields.len()).max_by_key(|at| self.fields[*at].1.len());
            let Some(longest) = longest else { return Vec::new() };
            self.fields.remove(longest);
        }
    }

    /// Fills the typed values into the form of the page.
    fn fill(&self, page: &str) -> Option<String> {
        let values = |name: &str| {
            let named = self.fields.iter().filter(|(field, _)| field == name);
            named.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        let own = |selector: &str| format!("form[action=\"{}\"] {selector}", self.action);
        let set = |element: &mut Element<'_, '_>, name: &str, on: bool| {
            if on {
                element.set_attribute(name, "")?;
            } else {
                element.remove_attribute(name);
            }
            Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
        };
        let select = std::cell::RefCell::new(None::<Vec<String>>);
        let handlers = vec![
            element!(own("input[name]"), |input| {
                let name = input.get_attribute("name").unwrap_or_default();
                let kind = input.get_attribute("type").unwrap_or_default();
                let typed = values(&name);
                if input.get_attribute("autocomplete").as_deref() == Some("one-time-code") {
                    return Ok(());
                }
                match kind.as_str() {
                    "hidden" | "password" | "file" | "submit" => {}
                    "checkbox" | "radio" => {
                        let own = input.get_attribute("value").unwrap_or_else(|| "on".to_owned());
                        // A group of radio buttons without a typed value keeps the choice of the page.
                        if kind == "checkbox" || !typed.is_empty() {
                            set(input, "checked", typed.contains(&own))?;
                        }
                    }
                    _ => {
                        if let Some(text) = typed.first() {
                            input.set_attribute("value", text)?;
                        }
                    }
                }
                Ok(())
            }),
            element!(own("textarea[name]"), |area| {
                if let Some(text) = values(&area.get_attribute("name").unwrap_or_default()).first() {
                    area.set_inner_content(text, ContentType::Text);
                }
                Ok(())
            }),
            element!(own("select[name]"), |list| {
                let typed = values(&list.get_attribute("name").unwrap_or_default());
                *select.borrow_mut() = (!typed.is_empty()).then_some(typed);
                Ok(())
            }),
            element!(own("option"), |option| {
                if let Some(typed) = &*select.borrow() {
                    let own = option.get_attribute("value").unwrap_or_default();
                    set(option, "selected", typed.contains(&own))?;
                }
                Ok(())
            }),
        ];
        let settings =
            handlers.into_iter().fold(RewriteStrSettings::new(), RewriteStrSettings::append_element_content_handler);
        rewrite_str(page, settings).ok()
    }
}

fn cut(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in text.chars() {
        if pieces.last().is_some_and(|piece| piece.len() + c.len_utf8() > PIECE) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

fn fields(form: &Bytes) -> Vec<(String, String)> {
    let read: Vec<(String, String)> = form_urlencoded::parse(form).into_owned().collect();
    read.into_iter().filter(|(name, value)| !SECRETS.contains(&name.as_str()) && !value.is_empty()).collect()
}

fn sent_cookies(headers: &HeaderMap) -> CookieJar {
    let mut jar = CookieJar::new();
    for value in headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()) {
        for cookie in Cookie::split_parse(value.to_owned()).flatten() {
            jar.add_original(cookie);
        }
    }
    jar
}
