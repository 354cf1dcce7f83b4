use std::collections::BTreeMap;
use std::time::Duration;

use domain::{Brouillon, Etape};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::demande::ask;
use crate::api::inscription::Autosave as Save;

/// How what is being typed stands with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sauvegarde {
    Repos,
    EnCours,
    Enregistre,
    /// The server did not answer: the text stays in the page and is sent again.
    EnAttente,
    /// The draft is gone: nothing can be kept.
    Perdu,
}

/// Long enough not to save at every letter, short enough to survive a closed lid.
const PAUSE: Duration = Duration::from_millis(700);
const RETRY: Duration = Duration::from_secs(5);

/// Saves, field by field, what differs from what the server last kept.
#[derive(Clone, Copy)]
pub struct Autosave {
    etape: Etape,
    draft: RwSignal<Brouillon>,
    kept: StoredValue<Brouillon>,
    /// Only the newest planned save runs.
    generation: StoredValue<u64>,
    pub state: RwSignal<Sauvegarde>,
}

impl Autosave {
    pub fn new(etape: Etape, draft: RwSignal<Brouillon>, kept: Brouillon) -> Self {
        Self {
            etape,
            draft,
            kept: StoredValue::new(kept),
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
        let Some(changed) = self.kept.try_with_value(|kept| differences(self.etape, kept, &now)) else { return };
        if changed.is_empty() {
            return;
        }
        self.state.try_set(Sauvegarde::EnCours);
        let outcome = ask(Save { etape: self.etape, champs: changed }).await;
        match outcome {
            Ok(kept) if kept.rows("garde").next().is_some() => {
                self.kept.try_update_value(|kept| *kept = now);
                self.state.try_set(Sauvegarde::Enregistre);
            }
            Ok(_) => {
                self.state.try_set(Sauvegarde::Perdu);
            }
            Err(_) => {
                self.state.try_set(Sauvegarde::EnAttente);
                self.plan_in(RETRY);
            }
        }
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
        Sauvegarde::Repos => "",
        Sauvegarde::EnCours => "Enregistrement…",
        Sauvegarde::Enregistre => "Enregistré",
        Sauvegarde::EnAttente => "Pas encore enregistré\u{a0}: le service ne répond pas. Nous réessayons.",
        Sauvegarde::Perdu => "Ce brouillon n’existe plus\u{a0}: il a expiré, ou il a été effacé ou envoyé ailleurs.",
    };
    view! { <p class="sauvegarde" role="status">{text}</p> }
}
