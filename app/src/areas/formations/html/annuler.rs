use domain::formation::seance::dates;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::avis;
use crate::areas::formations::api::preinscriptions::WithdrawPreinscription;
use crate::areas::formations::port::MaPreinscription;
use crate::base::adresses::preinscription_path;
use crate::base::routage::Recherche;
use crate::ui::{ErrorCode, PageRendue};

/// « Annuler ma préinscription », which asks once.
pub fn annuler(row: MaPreinscription, recherche: &Recherche) -> PageRendue {
    let refus = ErrorCode::read(|name| recherche.get(name));
    let erreur = refus.is_some();
    let reference = row.reference.to_string();
    let lost = match row.etat.holds_a_place() {
        true => "Votre place sera libérée.",
        false => "Vous perdrez votre rang.",
    };
    let contenu = view! {
        {refus.map(|refus| avis(false, refus.message()))}
        <p>{format!("{}, {}.", row.intitule, dates(&row.seances))}</p>
        <p>{lost}" Si vous vous préinscrivez de nouveau, ce sera avec un autre rang."</p>
        <div class="boutons">
            <form action=WithdrawPreinscription::url() method="post">
                <input type="hidden" name="reference" value=reference.clone()/>
                <button type="submit" class="danger">"Annuler ma préinscription"</button>
            </form>
            <a class="bouton discret" href=preinscription_path(&reference)>"Garder ma préinscription"</a>
        </div>
    };
    PageRendue::new("Annuler ma préinscription", erreur, contenu.into_any())
}
