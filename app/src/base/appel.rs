//! How pages call the server: they post a form and read a text. The calls that `#[server]` writes do more and weigh
//! more: a JSON reader, a form writer and a client for each.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

use domain::{Etape, Tableau};
use leptos::server_fn::ServerFn;
use serde::Serialize;

use super::erreur::ApiError;
use super::paquet::packed;

/// A server function that pages call for its answer.
pub trait Appel: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static {
    /// Its arguments as a form sends them: (name, value).
    fn champs(&self) -> Vec<(String, String)>;
}

/// An argument as a form sends it.
pub trait Champ {
    fn paires(&self, nom: &str) -> Vec<(String, String)>;
}

impl Champ for String {
    fn paires(&self, nom: &str) -> Vec<(String, String)> {
        vec![(nom.to_owned(), self.clone())]
    }
}

impl Champ for i64 {
    fn paires(&self, nom: &str) -> Vec<(String, String)> {
        vec![(nom.to_owned(), self.to_string())]
    }
}

impl Champ for Etape {
    fn paires(&self, nom: &str) -> Vec<(String, String)> {
        vec![(nom.to_owned(), self.slug().to_owned())]
    }
}

impl Champ for Option<String> {
    fn paires(&self, nom: &str) -> Vec<(String, String)> {
        self.iter().map(|value| (nom.to_owned(), value.clone())).collect()
    }
}

impl Champ for BTreeMap<String, String> {
    fn paires(&self, nom: &str) -> Vec<(String, String)> {
        self.iter().map(|(key, value)| (format!("{nom}[{key}]"), value.clone())).collect()
    }
}

/// Declares the server functions of a file that pages call, with their arguments: `appels! { ReadDraft { etape } }`.
macro_rules! appels {
    ($($fonction:ident { $($champ:ident),* })+) => {
        $(impl $crate::base::appel::Appel for $fonction {
            fn champs(&self) -> Vec<(String, String)> {
                let paires: Vec<Vec<(String, String)>> =
                    vec![$($crate::base::appel::Champ::paires(&self.$champ, stringify!($champ))),*];
                paires.concat()
            }
        })+
    };
}
pub(crate) use appels;

/// What tells a call from another: its arguments.
pub fn cle(champs: &[(String, String)]) -> String {
    champs.iter().flat_map(|(name, value)| [name.as_str(), "=", value, "&"]).collect()
}

/// A text that the server answers, on its way.
pub type Texte = Pin<Box<dyn Future<Output = Result<String, ApiError>> + Send>>;

/// A call that is ready to be made. All of them have one type, because a resource of its own for each page would be
/// compiled apart.
#[derive(Clone)]
pub struct Requete {
    /// Two requests with the same key are the same.
    pub cle: String,
    /// Sends it. `true`: the page asks by itself, and nobody is there for certain.
    pub envoyer: Arc<dyn Fn(bool) -> Texte + Send + Sync>,
}

impl PartialEq for Requete {
    fn eq(&self, other: &Self) -> bool {
        self.cle == other.cle
    }
}

impl Requete {
    /// A call that is not made.
    pub fn never() -> Self {
        Self { cle: String::new(), envoyer: Arc::new(|_| Box::pin(std::future::pending())) }
    }

    /// A call whose answer travels as a packed text.
    pub fn of<D: Appel>(call: D) -> Self
    where
        D::Output: Serialize,
    {
        let champs = call.champs();
        let cle = cle(&champs);
        #[cfg(not(target_family = "wasm"))]
        let envoyer = Arc::new(move |_| -> Texte {
            let call = call.clone();
            Box::pin(async move {
                packed(&call.run_body().await?).map_err(|error| ApiError::Unavailable { incident: error.to_string() })
            })
        });
        #[cfg(target_family = "wasm")]
        let envoyer = Arc::new(move |passive| -> Texte {
            Box::pin(crate::base::browser::ask(D::url(), champs.clone(), passive))
        });
        Self { cle, envoyer }
    }

    /// A call whose answer is a table.
    pub fn table<D: Appel + ServerFn<Output = Tableau>>(cle: String, call: D) -> Self {
        let envoyer = Arc::new(move |_| -> Texte {
            let call = call.clone();
            Box::pin(async move { ask(call).await.map(|table| table.to_string()) })
        });
        Self { cle, envoyer }
    }
}

/// Calls a server function that answers a table: on the server its body, in the browser its address.
#[cfg(not(target_family = "wasm"))]
pub async fn ask<D: Appel + ServerFn<Output = Tableau>>(call: D) -> Result<Tableau, ApiError> {
    call.run_body().await
}

/// Calls a server function that answers a table: on the server its body, in the browser its address.
#[cfg(target_family = "wasm")]
pub async fn ask<D: Appel + ServerFn<Output = Tableau>>(call: D) -> Result<Tableau, ApiError> {
    crate::base::browser::ask(D::url(), call.champs(), false).await.map(Tableau::from)
}
