use std::collections::BTreeMap;
use std::time::Duration;

use domain::{Brouillon, Etape};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::demande::ask;
use crate::api::inscription::Autosave as Save;

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

/// Saves, field by field, what differs from what the server last kept.
#[derive(Clone, Copy)]
pub struct Autosave {
    etape: Etape,
    draft: RwSignal<Brouillon>,
    /// With the whole draft as the page was made with it, as text.
    kept: StoredValue<(Brouillon, String)>,
    /// Only the newest planned save runs.
    generation: StoredValue<u64>,
    pub state: RwSignal<Sauvegarde>,
}

impl Autosave {
    pub fn new(etape: Etape, draft: RwSignal<Brouillon>, kept: Brouillon, page: String) -> Self {
        Self {
            etape,
            draft,
            kept: StoredValue::new((kept, page)),
            generation: StoredValue::new(0),
            state: RwSignal::new(Sauvegarde::Repos),
        }
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
                    spawn_local(self.save());
                }
            },
            delay,
        );
    }

    async fn save(self) {
        let Some(now) = self.draft.try_get_untracked() else { return };
        let Some(changed) = self.kept.try_with_value(|(kept, _)| differences(self.etape, kept, &now)) else { return };
        if changed.is_empty() {
            return;
        }
        self.state.try_set(Sauvegarde::EnCours);
        let mut save = Save { etape: self.etape, champs: changed, page: String::new() };
        let outcome = loop {
            let asked_all = !save.page.is_empty();
            let outcome = ask(save).await;
            // The draft is gone: once more, with all the page holds.
            if asked_all || !outcome.as_ref().is_ok_and(|said| said.0.is_empty()) {
                break outcome;
            }
            let Some(page) = self.kept.try_with_value(|(_, page)| page.clone()) else { return };
            save = Save { etape: self.etape, champs: differences(self.etape, &Brouillon::default(), &now), page };
        };
        let state = match outcome {
            Ok(said) if said.rows("perdu").next().is_some() => Sauvegarde::Perdu,
            Ok(said) => {
                self.kept.try_update_value(|(kept, _)| *kept = now);
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

fn differences(etape: Etape, kept: &Brouillon, now: &Brouillon) -> BTreeMap<String, String> {
    let (kept, now) = (kept.onglet(etape), now.onglet(etape));
    now.specs()
        .iter()
        .enumerate()
        .filter(|(at, _)| kept.get(*at) != now.get(*at))
        .map(|(at, spec)| (spec.name.to_owned(), now.get(at).to_owned()))
        .collect()
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
    view! { <p class="sauvegarde" role="status">{text}</p> }
}
