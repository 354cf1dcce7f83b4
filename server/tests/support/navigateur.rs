//! A browser without JavaScript, in front of the whole router.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use app::base::exchange::{ConnexionToken, DraftKey};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use leptos::config::LeptosOptions;
use server::http::{Site, router};
use tower::ServiceExt;

use super::Monde;

const BROUILLON: &str = "__Host-iel_brouillon";
const CONNEXION: &str = "__Host-iel_session";

pub struct Navigateur {
    router: Router,
    cookies: BTreeMap<String, String>,
    address: [u8; 4],
}

/// An answer, whole.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub html: String,
}

impl Page {
    pub fn location(&self) -> &str {
        self.headers.get(LOCATION).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The document without the marks that hydration looks for.
    pub fn text(&self) -> String {
        self.html.replace("<!>", "")
    }

    /// The value of a hidden field, as a form sends it: with the line ends that forms write.
    pub fn hidden(&self, name: &str) -> String {
        let field =
            self.html.split("<input type=\"hidden\" ").find(|field| field.starts_with(&format!("name=\"{name}\"")));
        let field = field.unwrap_or_else(|| panic!("no hidden field {name}"));
        let value = field.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
        let value = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        value.replace("\r\n", "\n").replace(['\r', '\n'], "\r\n")
    }

    /// The address of the form that has this word on its button.
    pub fn action(&self, button: &str) -> String {
        let form = self.html.split("<form ").skip(1).find(|form| {
            form.split("</form>")
                .next()
                .is_some_and(|form| form.replace("<!>", "").contains(&format!(">{button}</button>")))
        });
        let form = form.unwrap_or_else(|| panic!("no form with « {button} »"));
        form.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }
}

impl Navigateur {
    pub fn new(monde: &Monde) -> Self {
        let site = Site {
            options: LeptosOptions::builder().output_name("iel").site_root("/nonexistent").build(),
            public_url: "https://inscription.example".to_owned(),
            proxies: Vec::new().into(),
            beside: "/nonexistent".into(),
            watched: false,
            exploitant: Arc::new(monde.backend.exploitant().clone()),
        };
        Self {
            router: router(site, Arc::new(monde.backend.clone())),
            cookies: BTreeMap::new(),
            address: [192, 0, 2, 1],
        }
    }

    /// Another browser in front of the same router, with nothing of its own.
    pub fn like(other: &Self) -> Self {
        Self { router: other.router.clone(), cookies: BTreeMap::new(), address: other.address }
    }

    /// Asks from this address from here on.
    pub fn from(&mut self, address: [u8; 4]) -> &mut Self {
        self.address = address;
        self
    }

    /// Every path the router knows, with its parameters in braces. axum tells them in its `Debug` only.
    pub fn paths(&self) -> Vec<String> {
        let told = format!("{:?}", self.router);
        let list = told.split("paths: {").nth(1).and_then(|rest| rest.split("\"}").next()).expect("a list of paths");
        list.split('"').filter(|piece| piece.starts_with('/')).map(str::to_owned).collect()
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Holds the key of a draft.
    pub fn hold(&mut self, key: &DraftKey) {
        self.cookies.insert(BROUILLON.to_owned(), key.0.clone());
    }

    /// Carries this connexion from here on.
    pub fn sign_in(&mut self, connexion: &ConnexionToken) {
        self.cookies.insert(CONNEXION.to_owned(), connexion.secret.clone());
    }

    /// Holds a cookie with this value.
    pub fn hold_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub fn draft_key(&self) -> DraftKey {
        DraftKey(self.cookies.get(BROUILLON).cloned().unwrap_or_default())
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path)).await
    }

    /// Sends a form as a browser does from a page of this origin.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send_form(Request::post(path), fields).await
    }

    /// The same, and says from which page.
    pub async fn post_from(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let from = format!("https://inscription.example{page}");
        self.send_form(Request::post(path).header("referer", from), fields).await
    }

    async fn send_form(&mut self, request: axum::http::request::Builder, fields: &[(&str, &str)]) -> Page {
        let encode = |text: &str| {
            text.bytes().fold(String::new(), |out, byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out + &char::from(byte).to_string(),
                other => out + &format!("%{other:02X}"),
            })
        };
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request =
            request.header("sec-fetch-site", "same-origin").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send_with(request, Body::from(body.join("&"))).await
    }

    pub async fn send(&mut self, request: axum::http::request::Builder) -> Page {
        self.send_with(request, Body::empty()).await
    }

    pub async fn send_with(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        self.send_alone(request.header(ACCEPT, "text/html"), body).await
    }

    /// The same, for a request that sets its own `Accept` header.
    pub async fn send_alone(&mut self, mut request: axum::http::request::Builder, body: Body) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let has_host = request.headers_ref().is_some_and(|headers| headers.contains_key(HOST));
        if !has_host {
            request = request.header(HOST, "inscription.example");
        }
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        let mut request = request.body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.address, 4000))));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let html = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Page { status: parts.status, headers: parts.headers, html }
    }
}
