//! Recognises a form sent twice by a double click. The second request gets the answer of the first one: otherwise it
//! would show a failure, because the first one used up the link or the draft. Answers are kept in memory, so a second
//! server does not know them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use app::base::exchange::Client;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, LOCATION, USER_AGENT};
use axum::http::{HeaderMap, Method, Response, StatusCode};
use axum::middleware::Next;
use domain::instant::Millis;
use sha2::{Digest, Sha256};
use tokio::sync::watch;
use tracing::Instrument;

use super::cookies::CookieNames;
use super::refusal::refuse;
use super::{cookies, page};
use crate::clock::Clock;

/// The longest time between two presses, on a slow network.
const KEPT: Millis = 15_000;
/// More browsers than send a form in that time.
const BROWSERS_MAX: usize = 4_096;

type Sum = [u8; 32];

/// The last form of each browser, and its answer.
#[derive(Clone)]
pub struct Presses {
    clock: Arc<dyn Clock>,
    names: CookieNames,
    last: Arc<Mutex<HashMap<Sum, Press>>>,
}

struct Press {
    form: Sum,
    at: Millis,
    answer: watch::Receiver<Option<Answer>>,
}

/// The status and headers of a redirect. A redirect has no body.
#[derive(Clone)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
}

impl Presses {
    pub fn new(clock: Arc<dyn Clock>, names: CookieNames) -> Self {
        Self { clock, names, last: Arc::default() }
    }

    /// Identifies the sender, by our cookies or by the link that the form contains. `None` when neither is there.
    fn browser(&self, headers: &HeaderMap, client: Option<&Client>, form: &[u8]) -> Option<Sum> {
        let cookies = [self.names.connexion, self.names.draft].map(|name| cookies::read(headers, name));
        let link = match cookies.iter().any(Option::is_some) {
            true => &[],
            false => form.split(|byte| *byte == b'&').find(|field| field.starts_with(b"token=") && field.len() > 6)?,
        };
        let mut sum = Sha256::new();
        for part in cookies {
            sum.update(part.unwrap_or_default());
            sum.update([0]);
        }
        sum.update(client.map(|client| client.0.as_bytes()).unwrap_or_default());
        sum.update([0]);
        sum.update(headers.get(USER_AGENT).map(|value| value.as_bytes()).unwrap_or_default());
        sum.update([0]);
        sum.update(link);
        Some(sum.finalize().into())
    }

    /// The answer to the same form, sent a moment ago. Otherwise, where to write the answer to this form.
    fn press(&self, browser: Sum, form: Sum) -> Result<watch::Receiver<Option<Answer>>, watch::Sender<Option<Answer>>> {
        let now = self.clock.now();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(press) = last.get(&browser)
            && press.form == form
            && (0..KEPT).contains(&(now - press.at))
        {
            return Ok(press.answer.clone());
        }
        if last.len() >= BROWSERS_MAX {
            last.retain(|_, press| (0..KEPT).contains(&(now - press.at)));
        }
        let (sender, answer) = watch::channel(None);
        if last.len() < BROWSERS_MAX {
            last.insert(browser, Press { form, at: now, answer });
        }
        Err(sender)
    }

    /// Forgets the last form of a browser when it shows a page: a form sent after that is intended.
    fn forget(&self, browser: &Sum) {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).remove(browser);
    }
}

/// Gives the second of two equal forms the answer of the first one.
pub async fn once(State(presses): State<Presses>, request: Request, next: Next) -> Response<Body> {
    if !page::is_shown(request.headers()) {
        return next.run(request).await;
    }
    if request.method() != Method::POST {
        if let Some(browser) = presses.browser(request.headers(), request.extensions().get::<Client>(), b"") {
            presses.forget(&browser);
        }
        return next.run(request).await;
    }
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.contains("x-www-form-urlencoded")) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(form) = to_bytes(body, usize::MAX).await else { return refuse(StatusCode::BAD_REQUEST) };
    let client = parts.extensions.get::<Client>();
    let Some(browser) = presses.browser(&parts.headers, client, &form) else {
        return next.run(Request::from_parts(parts, Body::from(form))).await;
    };
    let sum = sum_of(parts.uri.path(), &form);
    let again = Request::from_parts(parts, Body::from(form));
    match presses.press(browser, sum) {
        Err(sender) => answer(again, next, sender).await,
        Ok(mut first) => {
            let answered = first.wait_for(Option::is_some).await.ok().and_then(|answer| answer.clone());
            match answered {
                Some(Answer { status, headers }) => {
                    let mut response = Response::new(Body::empty());
                    *response.status_mut() = status;
                    *response.headers_mut() = headers;
                    response
                }
                None => next.run(again).await,
            }
        }
    }
}

/// Answers in a task of its own. When a browser sends a form again it drops the first request, and this must not stop
/// the work.
async fn answer(request: Request, next: Next, sender: watch::Sender<Option<Answer>>) -> Response<Body> {
    let work = async move {
        let response = next.run(request).await;
        if succeeded(&response) {
            let _ = sender.send(Some(Answer { status: response.status(), headers: response.headers().clone() }));
        }
        response
    };
    // The span keeps the log lines of the task with their request.
    tokio::spawn(work.in_current_span()).await.unwrap_or_else(|_| refuse(StatusCode::INTERNAL_SERVER_ERROR))
}

/// Whether the form did its work. The redirect of a refused form has a parameter that says why.
fn succeeded(response: &Response<Body>) -> bool {
    let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
    let query = to.map(|to| to.split_once('?').map_or("", |(_, query)| query));
    let refused = |query: &str| ["erreur", "connexion", "verifier"].iter().any(|name| page::says(query, name));
    response.status().is_redirection() && query.is_some_and(|query| !refused(query))
}

fn sum_of(path: &str, form: &Bytes) -> Sum {
    let mut sum = Sha256::new();
    sum.update(path);
    sum.update([0]);
    sum.update(form);
    sum.finalize().into()
}
