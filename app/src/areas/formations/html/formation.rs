use domain::valeurs::Telephone;
use leptos::prelude::*;

use super::ma_preinscription::ma_preinscription;
use super::seances::seances;
use super::{avis, notice, sessions};
use crate::areas::formations::avis::NoticeFormation;
use crate::areas::formations::port::{Delegation, FicheFormation, Possible};
use crate::base::adresses::FORMATIONS;
use crate::base::notice::Notice;
use crate::base::refus::Refus;
use crate::base::routage::Recherche;
use crate::ui::{ErrorCode, PageRendue, texte_libre};

/// The page of a session. `possible` is what the formateur who is signed in may do.
pub fn formation(fiche: FicheFormation, possible: Option<Possible>, recherche: &Recherche) -> PageRendue {
    let said = notice::<NoticeFormation>(recherche);
    let refus = ErrorCode::read(|name| recherche.get(name));
    let erreur = refus.is_some() || said.is_some();
    let attribution = match fiche.sur_examen {
        true => "Les places sont attribuées après un examen des demandes.",
        false => "Les places sont attribuées dans l’ordre des préinscriptions.",
    };
    let texts = [
        ("Objectifs", &fiche.objectifs),
        ("Public", &fiche.public),
        ("Prérequis", &fiche.prerequis),
        ("Accessibilité du lieu", &fiche.accessibilite),
    ];
    let texts = texts.into_iter().filter(|(_, text)| !text.trim().is_empty());
    let texts = texts.map(|(title, text)| view! { <h2>{title}</h2>{texte_libre(text)} }).collect_view();
    let contenu = view! {
        {refus.as_ref().map(|refus| avis(false, refusal(refus)))}
        {said.map(|said| avis(said.is_done(), said.words().to_owned()))}
        <p><span class="etiquette">{fiche.phase.label()}</span></p>
        <dl class="fiche">
            <div><dt>"Modalité"</dt><dd>{fiche.modalite.label()}</dd></div>
            <div><dt>"Attribution"</dt><dd>{attribution}</dd></div>
        </dl>
        {seances(fiche.seances.clone())}
        {ma_preinscription(&fiche, possible, refus.as_ref())}
        {texts}
        {contact(fiche.delegation)}
        {(!fiche.autres.is_empty()).then(|| view! {
            <h2>"Autres sessions de cette formation"</h2>
            {sessions(fiche.autres, true)}
        })}
        <p class="seul"><a href=FORMATIONS>"Toutes les formations"</a></p>
    };
    PageRendue::new(&fiche.intitule, erreur, contenu.into_any())
}

fn refusal(error: &ErrorCode) -> String {
    match error.refus {
        Refus::Refuse => "Rien n’a été enregistré.".to_owned(),
        Refus::Long => "Rien n’a été enregistré\u{a0}: votre texte est trop long.".to_owned(),
        _ => error.message(),
    }
}

/// Whom to ask.
fn contact(delegation: Delegation) -> AnyView {
    let Delegation { nom, courriel, telephone, referent_nom, referent_courriel } = delegation;
    let mail = |address: String| view! { <a href=format!("mailto:{address}")>{address.clone()}</a> };
    view! {
        <h2>"Contact"</h2>
        <dl class="fiche">
            <div><dt>"Délégation"</dt><dd>{nom}</dd></div>
            <div><dt>"Courriel"</dt><dd>{mail(courriel)}</dd></div>
            <div>
                <dt>"Téléphone"</dt>
                <dd><a href=format!("tel:{telephone}")>{Telephone::lisible(&telephone)}</a></dd>
            </div>
            {(!referent_courriel.is_empty()).then(|| {
                let nom = Some(referent_nom).filter(|nom| !nom.is_empty()).map(|nom| format!("{nom}, "));
                view! { <div><dt>"Référent handicap"</dt><dd>{nom}{mail(referent_courriel)}</dd></div> }
            })}
        </dl>
    }
    .into_any()
}
