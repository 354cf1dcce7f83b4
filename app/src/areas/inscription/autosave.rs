use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::Duration;

use domain::onglet::Onglet;
use domain::{Brouillon, Etape, Tableau};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;

use super::api::inscription::Autosave as Save;
use crate::base::browser;
use crate::base::erreur::ApiError;
use crate::ui::{escape, live};

/// How far the server has the texts being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sauvegarde {
    Repos,
    EnCours,
    Enregistre,
    /// Why it was not kept. The text stays in the page and is sent again.
    EnAttente(String),
    /// The draft had expired: a new one holds the texts of the page.
    Rouvert,
    /// The draft was sent or erased: nothing can be kept.
    Perdu,
}

pub const ROUVERT: &str = "Votre brouillon avait expiré\u{a0}: nous l’avons rouvert avec ce que cette page contenait. \
                           Vérifiez les autres onglets.";

/// Long enough not to save at every letter, short enough to survive a closed lid.
const PAUSE: Duration = Duration::from_millis(700);
const RETRY: Duration = Duration::from_secs(5);

// The state of this document, in a browser only: the server never writes it.
thread_local! {
    /// The rank of the last write.
    static RANG: Cell<u32> = const { Cell::new(0) };
    /// The tab that is shown.
    static CURRENT: Cell<Option<Autosave>> = const { Cell::new(None) };
    /// The last writes of tabs that were left, oldest first, until the server has them.
    static LEFT: RefCell<Vec<(u32, Form)>> = const { RefCell::new(Vec::new()) };
}

type Form = Vec<(String, String)>;

/// One write of a tab.
pub struct Ecrit {
    rang: u32,
    /// `page.rang`, then the names of the fields that the server has not, blanks between.
    pub ecriture: String,
    changed: bool,
    /// Every field, in the order of the tab.
    texts: Vec<String>,
    form: Form,
}

/// Saves the fields that differ from those that the server last kept.
///
/// A field is sent again until a write that holds it was answered. So a later write makes up for every earlier write
/// on its way, and the server may refuse the earlier ones.
#[derive(Clone, Copy)]
pub struct Autosave {
    etape: Etape,
    draft: RwSignal<Brouillon>,
    /// The whole draft, as text, with which the page was made.
    page: StoredValue<String>,
    /// For each field: the text that the server has, and the rank of the last unanswered write that holds it, or 0.
    fields: StoredValue<Vec<(String, u32)>>,
    /// Only the newest planned save runs.
    generation: StoredValue<u64>,
    pub state: RwSignal<Sauvegarde>,
}

impl Autosave {
    pub fn new(etape: Etape, draft: RwSignal<Brouillon>, page: String) -> Self {
        let kept = draft.with_untracked(|draft| texts(draft.onglet(etape)));
        let autosave = Self {
            etape,
            draft,
            page: StoredValue::new(page),
            fields: StoredValue::new(kept.into_iter().map(|text| (text, 0)).collect()),
            generation: StoredValue::new(0),
            state: RwSignal::new(Sauvegarde::Repos),
        };
        if cfg!(target_family = "wasm") {
            CURRENT.set(Some(autosave));
            on_cleanup(move || {
                autosave.leave();
                spawn_local(try_left());
            });
        }
        autosave
    }

    pub fn plan(self) {
        self.plan_in(PAUSE);
    }

    fn plan_in(self, delay: Duration) {
        let Some(generation) = self.generation.try_update_value(|generation| {
            *generation += 1;
            *generation
        }) else {
            return;
        };
        let run = move || {
            if self.generation.try_get_value() == Some(generation) {
                self.save_now();
            }
        };
        browser::after(delay, Box::new(run));
    }

    /// The next write of this tab: all its fields, and the names of those that the server has not.
    pub fn write(self) -> Option<Ecrit> {
        let rang = RANG.get() + 1;
        RANG.set(rang);
        let now = self.draft.try_get_untracked()?;
        let now = now.onglet(self.etape);
        let mut ecrit = Ecrit {
            rang,
            ecriture: format!("{}.{rang}", browser::document_name()),
            changed: false,
            texts: texts(now),
            form: vec![("etape".to_owned(), self.etape.slug().to_owned())],
        };
        self.fields.try_update_value(|fields| {
            for ((spec, text), (kept, sent)) in now.specs().iter().zip(&ecrit.texts).zip(fields) {
                ecrit.form.push((format!("champs[{}]", spec.name), text.clone()));
                if *sent != 0 || kept != text {
                    *sent = rang;
                    ecrit.changed = true;
                    ecrit.ecriture.push(' ');
                    ecrit.ecriture.push_str(spec.name);
                }
            }
        })?;
        ecrit.form.push(("ecriture".to_owned(), ecrit.ecriture.clone()));
        Some(ecrit)
    }

    /// The server has this write.
    pub fn answered(self, ecrit: &Ecrit) {
        self.fields.try_update_value(|fields| {
            for (text, (kept, sent)) in ecrit.texts.iter().zip(fields) {
                if *sent == ecrit.rang {
                    *sent = 0;
                    kept.clone_from(text);
                }
            }
        });
    }

    /// Sends at once the fields that the server has not, and says whether there were any. The request outlives the
    /// page.
    pub fn save_now(self) -> bool {
        let ecrit = self.write().filter(|ecrit| ecrit.changed);
        let some = ecrit.is_some();
        if let Some(ecrit) = ecrit {
            spawn_local(self.save(ecrit));
        }
        some
    }

    /// Keeps the unsent fields as a write that goes before anything is read again.
    fn leave(self) {
        let (Some(mut ecrit), Some(page)) = (self.write(), self.page.try_get_value()) else { return };
        if ecrit.changed {
            ecrit.form.push(("page".to_owned(), page));
            LEFT.with_borrow_mut(|left| left.push((ecrit.rang, ecrit.form)));
        }
    }

    async fn save(self, mut ecrit: Ecrit) {
        self.state.try_set(Sauvegarde::EnCours);
        let mut outcome = send(&ecrit.form).await;
        // The draft is gone: the write is sent once more, with all the page holds.
        if outcome.as_ref().is_ok_and(|said| said.0.is_empty()) {
            let Some(page) = self.page.try_get_value() else { return };
            ecrit.form.push(("page".to_owned(), page));
            outcome = send(&ecrit.form).await;
        }
        let state = match outcome {
            Ok(said) if said.rows("perdu").next().is_some() => Sauvegarde::Perdu,
            Ok(said) => {
                self.answered(&ecrit);
                if said.rows("garde").next().is_some() { Sauvegarde::Enregistre } else { Sauvegarde::Rouvert }
            }
            Err(error) => {
                self.plan_in(RETRY);
                Sauvegarde::EnAttente(error.to_string())
            }
        };
        self.state.try_set(state);
    }
}

/// Sends the unsent fields of the shown tab, because the page may be about to go. Says whether there were any.
pub fn save_before_leaving() -> bool {
    spawn_local(try_left());
    CURRENT.get().is_some_and(Autosave::save_now)
}

/// Waits until the server has all that was typed in this document.
///
/// # Errors
/// Why the server has not all of it. The typed texts are kept, and sent the next time.
pub async fn all_saved() -> Result<(), ApiError> {
    if let Some(current) = CURRENT.get() {
        current.leave();
    }
    send_left().await
}

/// A write that fails here is sent again before the next page is read.
async fn try_left() {
    let _ = send_left().await;
}

async fn send_left() -> Result<(), ApiError> {
    while let Some((rang, form)) = LEFT.with_borrow(|left| left.first().cloned()) {
        send(&form).await?;
        LEFT.with_borrow_mut(|left| left.retain(|(other, _)| *other != rang));
    }
    Ok(())
}

/// Calls the server function by its address. Its arguments hold a map, and the browser then needs no code for it.
async fn send(form: &[(String, String)]) -> Result<Tableau, ApiError> {
    browser::ask(Save::url(), form.to_vec(), false).await.map(Tableau::from)
}

fn texts(onglet: &dyn Onglet) -> Vec<String> {
    (0..onglet.specs().len()).map(|at| onglet.get(at).to_owned()).collect()
}

/// The visible state, read out politely.
#[component]
pub fn EtatSauvegarde(state: RwSignal<Sauvegarde>) -> impl IntoView {
    let text = move || match state.get() {
        Sauvegarde::Repos => String::new(),
        Sauvegarde::EnCours => "Enregistrement…".to_owned(),
        Sauvegarde::Enregistre => "Enregistré".to_owned(),
        Sauvegarde::EnAttente(why) => format!("Pas encore enregistré. {why} Nous réessayons."),
        Sauvegarde::Rouvert => ROUVERT.to_owned(),
        Sauvegarde::Perdu => "Ce brouillon n’existe plus\u{a0}: il a été effacé ou envoyé ailleurs.".to_owned(),
    };
    view! { <p class="sauvegarde" role="status" inner_html=live(Arc::new(move || escape(&text())))></p> }
}
