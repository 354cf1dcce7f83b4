use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::server::codee::string::FromToStringCodec;
use leptos_router::hooks::use_location;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Attente, Avis, Reponses, escape, refill};
use crate::base::appel::{Appel, Requete};
use crate::base::browser;
use crate::base::paquet::unpacked;
use crate::base::routage::Ici;

/// The data of a page: read on the server for the first page, and through the network after that.
pub struct Lecture<T> {
    donnees: Donnees,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Lecture<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Lecture<T> {}

impl<T> Lecture<T> {
    /// See [`Donnees::refresh`].
    pub fn refresh(self, part: &'static str, seconds: u32) {
        self.donnees.refresh(part, seconds);
    }
}

/// One resource type serves all pages. A resource with types of its own would be compiled apart.
#[derive(Clone, Copy)]
pub struct Donnees {
    /// `=` and the answer, or `!` and the words for the person.
    texte: Resource<String, FromToStringCodec>,
    passive: StoredValue<bool>,
    /// What is shown.
    last: StoredValue<String>,
}

impl Donnees {
    pub fn new(requete: Arc<dyn Fn() -> Requete + Send + Sync>) -> Self {
        let passive = StoredValue::new(false);
        let last = StoredValue::new(String::new());
        let ici = use_context::<Ici>();
        let former = StoredValue::new(None::<Requete>);
        let texte = Resource::new_str_blocking(
            move || {
                // Nothing more is asked for once the page is left: the address is already that of another one. Its signals
                // may be gone by then.
                if ici.is_some_and(|ici| ici.is_left.try_get().unwrap_or(true)) {
                    return former.try_get_value().flatten().unwrap_or_else(Requete::never);
                }
                let requete = requete();
                former.set_value(Some(requete.clone()));
                requete
            },
            move |requete: Requete| {
                let asked = passive.try_update_value(|passive| std::mem::replace(passive, false)).unwrap_or(false);
                let answer = (requete.envoyer)(asked);
                async move {
                    match answer.await {
                        Ok(text) => format!("={text}"),
                        // What is shown stays until somebody asks for something.
                        Err(_) if asked => last.try_get_value().unwrap_or_default(),
                        Err(error) => format!("!{error}"),
                    }
                }
            },
        );
        Self { texte, passive, last }
    }

    /// Reads again every so many seconds, while nobody works in this part of the page and the page is in view. The answer
    /// takes the place of the former one.
    pub fn refresh(self, part: &'static str, seconds: u32) {
        browser::every(seconds, move || {
            if browser::is_idle(part) {
                self.passive.try_set_value(true);
                self.texte.refetch();
            }
        });
    }

    /// Shows the view of the answer, and words instead if there is none.
    pub fn show(self, vue: Arc<dyn Fn(&str) -> AnyView + Send + Sync>) -> AnyView {
        view! {
            <Transition fallback=Attente>
                {move || {
                    let vue = vue.clone();
                    Suspend::new(async move {
                        let text = self.texte.await;
                        self.last.try_set_value(text.clone());
                        refill();
                        match text.strip_prefix('=') {
                            Some(answer) => vue(answer),
                            None => view! { <Avis alerte=true><p inner_html=escape(&text[1..])></p></Avis> }.into_any(),
                        }
                    })
                }}
            </Transition>
        }
        .into_any()
    }
}

/// Reads the data of a page. They are read again when the call or the address changes, and when a form of the page was
/// answered.
pub fn lire<D: Appel>(call: impl Fn() -> D + Send + Sync + 'static) -> Lecture<D::Output>
where
    D::Output: Serialize,
{
    let reponses = use_context::<Reponses>();
    let here = use_location();
    let requete = move || {
        let answers = reponses.map_or(0, |reponses| reponses.0.get());
        let mut requete = Requete::of(call());
        requete.cle = format!("{answers} {} {} {}", here.pathname.get(), here.search.get(), requete.cle);
        requete
    };
    Lecture { donnees: Donnees::new(Arc::new(requete)), of: PhantomData }
}

/// Shows a page once its data are read.
pub fn lecture<T>(page: Lecture<T>, show: impl Fn(T) -> AnyView + Send + Sync + 'static) -> AnyView
where
    T: DeserializeOwned + 'static,
{
    page.donnees.show(Arc::new(move |text| match unpacked(text) {
        Some(read) => show(read),
        None => view! { <Avis alerte=true><p>"Cette page a changé\u{a0}: rechargez-la."</p></Avis> }.into_any(),
    }))
}

/// The same, if the reading may redirect a caller who has nothing to see.
pub fn lu<T>(page: Lecture<Option<T>>, show: impl Fn(T) -> AnyView + Send + Sync + 'static) -> AnyView
where
    T: DeserializeOwned + 'static,
{
    lecture(page, move |read: Option<T>| read.map_or_else(|| view! { <Attente/> }.into_any(), &show))
}
