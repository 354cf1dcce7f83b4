//! The server's own counters, in Prometheus's format. `docs/exploitation.md` explains each name.

pub mod attente;
mod releve;

use std::sync::Arc;

use app::areas::gestion::dossiers::Verdict;
use attente::Label;
use domain::instant::Millis;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::persistence::engine::{Db, Engine};
use crate::security::passwords::Passwords;

/// Route, method and, for answers, the class of their status.
type Request = [(&'static str, String); 3];
type Timed = [(&'static str, String); 2];

/// The final outcome of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issue {
    Sent,
    /// The recipient does not exist, or all attempts of two days failed.
    Failed,
}

/// All metrics. Cheap to clone: clones share their counts.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Request, Counter>,
    durations: Family<Timed, Histogram, fn() -> Histogram>,
    decisions: Family<Label, Counter>,
    mails: Family<Label, Counter>,
    connections: Gauge,
    releve: releve::Releve,
}

impl Metrics {
    pub fn new(db: &Db, passwords: &Passwords) -> Self {
        let mut registry = Registry::with_prefix("iel");
        let requests = Family::default();
        registry.register("http_requests", "Requests answered", requests.clone());
        let durations = Family::<Timed, Histogram, fn() -> Histogram>::new_with_constructor(answer_times);
        registry.register_with_unit("http_request_duration", "Time to an answer", Unit::Seconds, durations.clone());
        let connections = Gauge::default();
        registry.register("http_connections", "Connections open", connections.clone());
        let decisions = Family::default();
        registry.register("decisions", "Decisions that took effect, by verdict", decisions.clone());
        let mails = Family::default();
        registry.register("mails", "Mails that left for good, or never will", mails.clone());
        let wait = db.waits().clone();
        registry.register_with_unit("database_wait", "Wait for a turn to write", Unit::Seconds, wait);
        let wait = passwords.waits().clone();
        registry.register_with_unit("passwords_wait", "Wait for a core to hash on", Unit::Seconds, wait);
        let engine = match db.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        };
        let build = Info::new([("version", env!("CARGO_PKG_VERSION")), ("engine", engine)]);
        registry.register("build", "The program and its database", build);
        let releve = releve::Releve::new(&mut registry);
        // Creates every series at zero, so that an alert can use its increase.
        for verdict in ["valider", "refuser", "corriger"] {
            drop(decisions.get_or_create(&[("verdict", verdict)]));
        }
        for issue in [Issue::Sent, Issue::Failed] {
            drop(mails.get_or_create(&[("result", issue.code())]));
        }
        Self { registry: Arc::new(registry), requests, durations, decisions, mails, connections, releve }
    }

    /// Counts one answer. `route` is the pattern, never the path.
    pub fn answered(&self, route: &str, method: &str, class: &str, seconds: f64) {
        let (route, method) = (route.to_owned(), method.to_owned());
        let request = [("route", route.clone()), ("method", method.clone()), ("status", class.to_owned())];
        self.requests.get_or_create(&request).inc();
        self.durations.get_or_create(&[("route", route), ("method", method)]).observe(seconds);
    }

    pub fn decided(&self, verdict: Verdict) {
        let verdict = match verdict {
            Verdict::Valider => "valider",
            Verdict::Refuser => "refuser",
            Verdict::Corriger => "corriger",
        };
        self.decisions.get_or_create(&[("verdict", verdict)]).inc();
    }

    pub fn mailed(&self, issue: Issue) {
        self.mails.get_or_create(&[("result", issue.code())]).inc();
    }

    /// The gauge of open connections.
    pub fn connections(&self) -> &Gauge {
        &self.connections
    }

    /// The text of `/metrics`. The values of the database are read now. If the database does not answer,
    /// `iel_database_up` is 0 and the other values are still given.
    pub async fn text(&self, db: &Db, passwords: &Passwords, now: Millis) -> String {
        self.releve.read(db, passwords, now).await;
        let mut text = String::new();
        // Writing into a text does not fail.
        if encode(&mut text, &self.registry).is_err() {
            text.clear();
        }
        text
    }
}

impl Issue {
    fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }
}

/// From 5 ms to 30 s, the time limit of a request.
fn answer_times() -> Histogram {
    Histogram::new([0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0])
}
