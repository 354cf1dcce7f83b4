//! The pages, as HTML.

mod annuler;
mod catalogue;
mod formation;
mod ma_preinscription;
mod mes_preinscriptions;
mod preinscription;
mod seances;
#[cfg(test)]
mod tests;

pub use annuler::annuler;
pub use catalogue::catalogue;
pub use formation::formation;
use leptos::prelude::*;
pub use mes_preinscriptions::mes_preinscriptions;
pub use preinscription::preinscription;

use super::port::LigneCatalogue;
use crate::base::adresses::formation_path;
use crate::base::notice::{FAIT, Notice};
use crate::base::routage::Recherche;
use crate::ui::{Avis, PageRendue};

/// The parameter of the address of a session with which a visitor signs in first.
pub const PREINSCRIRE: &str = "preinscrire";

/// The page of an address at which nothing is.
pub fn introuvable() -> PageRendue {
    let contenu = view! {
        <p>"L’adresse est peut-être incomplète, ou la page a changé de place."</p>
        <p><a class="bouton" href="/">"Revenir à l’accueil"</a></p>
    };
    PageRendue::new("Cette page n’existe pas", false, contenu.into_any())
}

/// The notice that the address asks for.
fn notice<N: Notice>(recherche: &Recherche) -> Option<N> {
    N::from_code(&recherche.get(FAIT)?)
}

/// A notice in these words.
fn avis(done: bool, words: String) -> AnyView {
    view! { <Avis succes=done alerte=!done><p>{words}</p></Avis> }.into_any()
}

/// A list of sessions, each with its title as a heading: a lower one, if the list has a heading of its own. It tells no
/// number of places or of people.
fn sessions(lignes: Vec<LigneCatalogue>, titled: bool) -> AnyView {
    let ligne = |ligne: LigneCatalogue| {
        let LigneCatalogue { adresse, intitule, dates, lieux, modalite: _, phase } = ligne;
        let link = view! { <a href=formation_path(&adresse)>{intitule}</a> };
        let heading = match titled {
            true => view! { <h3>{link}</h3> }.into_any(),
            false => view! { <h2>{link}</h2> }.into_any(),
        };
        view! {
            <li>
                {heading}
                <p>{dates}<br/>{lieux}</p>
                <p><span class="etiquette">{phase.label()}</span></p>
            </li>
        }
    };
    view! { <ul class="formations">{lignes.into_iter().map(ligne).collect_view()}</ul> }.into_any()
}
