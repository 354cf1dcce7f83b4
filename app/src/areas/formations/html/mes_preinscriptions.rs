use domain::formation::seance::dates;
use leptos::prelude::*;

use super::avis;
use super::preinscription::next_step;
use crate::areas::formations::port::MaPreinscription;
use crate::base::adresses::{FORMATIONS, MON_COMPTE, preinscription_path};
use crate::base::refus::Refus;
use crate::base::routage::Recherche;
use crate::ui::{ErrorCode, PageRendue};

/// « Mes préinscriptions »: to come, then past.
pub fn mes_preinscriptions(all: Vec<MaPreinscription>, recherche: &Recherche) -> PageRendue {
    let refus = ErrorCode::read(|name| recherche.get(name)).map(|error| match error.refus {
        Refus::Absent => "Cette préinscription n’existe pas.".to_owned(),
        _ => error.message(),
    });
    let erreur = refus.is_some();
    let (past, coming): (Vec<_>, Vec<_>) = all.into_iter().partition(|row| row.passee);
    let contenu = view! {
        {refus.map(|words| avis(false, words))}
        <h2>"À venir"</h2>
        {match coming.is_empty() {
            true => view! { <p>"Vous n’avez aucune préinscription à venir."</p> }.into_any(),
            false => list(coming),
        }}
        <p><a class="bouton" href=FORMATIONS>"Voir les formations"</a></p>
        {(!past.is_empty()).then(|| view! { <h2>"Passées"</h2>{list(past)} })}
        <p class="seul"><a href=MON_COMPTE>"Mon espace"</a></p>
    };
    PageRendue::new("Mes préinscriptions", erreur, contenu.into_any())
}

fn list(rows: Vec<MaPreinscription>) -> AnyView {
    let ligne = |row: MaPreinscription| {
        let reference = row.reference.to_string();
        view! {
            <li>
                <h3><a href=preinscription_path(&reference)>{row.intitule.clone()}</a></h3>
                <p>{dates(&row.seances)}" – "{reference.clone()}</p>
                <p><span class="etiquette">{row.etat.label()}</span></p>
                {next_step(&row).map(|words| view! { <p>{words}</p> })}
            </li>
        }
    };
    view! { <ul class="formations">{rows.into_iter().map(ligne).collect_view()}</ul> }.into_any()
}
