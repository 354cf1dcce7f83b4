use std::cell::{Cell, RefCell};
use std::time::Duration;

use domain::{Brouillon, Etape};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ApiError;
use crate::api::demande::ask;
use crate::api::inscription::Autosave as Save;
use crate::browser;
use crate::ui::escape;

/// How what is being typed stands with the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sauvegarde {
    Repos,
    EnCours,
    Enregistre,
    /// Why it was not kept; the text stays in the page and is sent again.
    EnAttente(String),
    /// The draft had expired: there is a new one, with what the page held.
    Rouvert,
    /// The draft was sent or erased: nothing can be kept.
    Perdu,
}

pub const ROUVERT: &str = "Votre brouillon avait expiré\u{a0}: nous l’avons rouvert avec ce que cette page contenait. \
                           Vérifiez les autres onglets.";

/// Long enough not to save at every letter, short enough to survive a closed lid.
const PAUSE: Duration = Duration::from_millis(700);
const RETRY: Duration = Duration::from_secs(5);

// Of this document. A server never writes them.
thread_local! {
    /// The rank of the last write.
    static RANG: Cell<u32> = const { Cell::new(0) };
    /// The tab that is shown.
    static CURRENT: Cell<Option<Autosave>> = const { Cell::new(None) };
    /// The last writes of tabs that were left, oldest first, until the server has them.
    static LEFT: RefCell<Vec<Save>> = const { RefCell::new(Vec::new()) };
}

/// Saves, field by field, what differs from what the server last kept.
///
/// A field is sent again until a write that holds it was answered. So a later write makes up for every earlier one that
/// is still on its way, and the server may refuse those.
#[derive(Clone, Copy)]
pub struct Autosave {
    etape: Etape,
    draft: RwSignal<Brouillon>,
    /// The whole draft as the page was made with it, as text.
    page: StoredValue<String>,
    /// Of each field, the text the server has, and the rank of the last write that holds it and was not answered; or 0.
    fields: StoredValue<Vec<(String, u32)>>,
    /// Only the newest planned save runs.
    generation: StoredValue<u64>,
    pub state: RwSignal<Sauvegarde>,
}

impl Autosave {
    pub fn new(etape: Etape, draft: RwSignal<Brouillon>, page: String) -> Self {
        let kept = draft.with_untracked(|draft| texts(draft, etape).map(|text| (text, 0)).collect());
        let autosave = Self {
            etape,
            draft,
            page: StoredValue::new(page),
            fields: StoredValue::new(kept),
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
        set_timeout(
            move || {
                if self.generation.try_get_value() == Some(generation) {
                    self.save_now();
                }
            },
            delay,
        );
    }

    /// The next write of this tab: its rank, and the whole tab with the names of what changed.
    pub fn write(self) -> Option<(u32, Save)> {
        let rang = RANG.get() + 1;
        RANG.set(rang);
        let now = self.draft.try_get_untracked()?;
        let now = now.onglet(self.etape);
        let mut save = Save {
            etape: self.etape,
            champs: Default::default(),
            page: String::new(),
            ecriture: format!("{}.{rang}", browser::document_name()),
            changes: String::new(),
        };
        self.fields.try_update_value(|fields| {
            for (at, (spec, (kept, sent))) in now.specs().iter().zip(fields).enumerate() {
                save.champs.insert(spec.name.to_owned(), now.get(at).to_owned());
                if *sent != 0 || kept != now.get(at) {
                    *sent = rang;
                    save.changes.push_str(spec.name);
                    save.changes.push(' ');
                }
            }
        })?;
        Some((rang, save))
    }

    /// The server has this write.
    pub fn answered(self, rang: u32, save: &Save) {
        self.fields.try_update_value(|fields| {
            let now = self.draft.try_get_untracked().unwrap_or_default();
            for (spec, (kept, sent)) in now.onglet(self.etape).specs().iter().zip(fields) {
                if *sent == rang {
                    *sent = 0;
                    *kept = save.champs.get(spec.name).cloned().unwrap_or_default();
                }
            }
        });
    }

    /// Sends at once what the server has not. The request outlives the page.
    pub fn save_now(self) {
        if let Some((rang, save)) = self.write()
            && !save.changes.is_empty()
        {
            spawn_local(self.save(rang, save));
        }
    }

    /// Puts what the server has not among the writes to send before anything is read again.
    fn leave(self) {
        let (Some((_, mut save)), Some(page)) = (self.write(), self.page.try_get_value()) else { return };
        if !save.changes.is_empty() {
            save.page = page;
            LEFT.with_borrow_mut(|left| left.push(save));
        }
    }

    async fn save(self, rang: u32, mut save: Save) {
        self.state.try_set(Sauvegarde::EnCours);
        let mut outcome = ask(save.clone()).await;
        // The draft is gone: once more, with all the page holds.
        if outcome.as_ref().is_ok_and(|said| said.0.is_empty()) {
            let Some(page) = self.page.try_get_value() else { return };
            save.page = page;
            outcome = ask(save.clone()).await;
        }
        let state = match outcome {
            Ok(said) if said.rows("perdu").next().is_some() => Sauvegarde::Perdu,
            Ok(said) => {
                self.answered(rang, &save);
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

/// Sends what the shown tab has not sent yet: the page may be about to go.
pub fn save_before_leaving() {
    if let Some(current) = CURRENT.get() {
        current.save_now();
    }
    spawn_local(try_left());
}

/// Waits until the server has all that was typed in this document.
///
/// # Errors
/// Why it has not; what was typed is kept, and sent the next time.
pub async fn all_saved() -> Result<(), ApiError> {
    if let Some(current) = CURRENT.get() {
        current.leave();
    }
    send_left().await
}

/// What fails now goes before the next page is read.
async fn try_left() {
    let _ = send_left().await;
}

async fn send_left() -> Result<(), ApiError> {
    while let Some(save) = LEFT.with_borrow(|left| left.first().cloned()) {
        let ecriture = save.ecriture.clone();
        ask(save).await?;
        LEFT.with_borrow_mut(|left| left.retain(|other| other.ecriture != ecriture));
    }
    Ok(())
}

fn texts(draft: &Brouillon, etape: Etape) -> impl Iterator<Item = String> {
    let onglet = draft.onglet(etape);
    (0..onglet.specs().len()).map(|at| onglet.get(at).to_owned())
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
    view! { <p class="sauvegarde" role="status" inner_html=move || escape(&text())></p> }
}
