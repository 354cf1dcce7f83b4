//! The form of a session: one press.

use domain::formation::{Phase, SiComplet};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::PREINSCRIRE;
use crate::areas::formations::api::preinscriptions::{ATTENTES_MAX, AskPlace, VU_LISTE, VU_PLACES};
use crate::areas::formations::port::{FicheFormation, Formulaire, Possible};
use crate::base::adresses::{formation_path, preinscription_path, with_parameter};
use crate::base::refus::Refus;
use crate::ui::{ErrorCode, champ_id};

/// « Ma préinscription », or the link that leads a visitor to it.
pub fn ma_preinscription(
    fiche: &FicheFormation,
    possible: Option<Possible>,
    refus: Option<&ErrorCode>,
) -> Option<AnyView> {
    let Some(possible) = possible else { return visitor(fiche) };
    let contenu = match possible {
        Possible::Ouverte(formulaire) => open(fiche, formulaire, refus),
        Possible::Deja { reference, etat } => {
            let reference = reference.to_string();
            view! {
                <p>
                    "Vous êtes déjà préinscrit à cette session ("
                    <a href=preinscription_path(&reference)>{reference.clone()}</a>")."
                </p>
                <p><span class="etiquette">{etat.label()}</span></p>
            }
            .into_any()
        }
        Possible::Impossible(why) => view! { <p>{why.message()}</p> }.into_any(),
    };
    Some(view! { <section class="note"><h2>"Ma préinscription"</h2>{contenu}</section> }.into_any())
}

/// What a visitor reads: when it opens, and the way in.
fn visitor(fiche: &FicheFormation) -> Option<AnyView> {
    let why = fiche.phase.why_not().map(|why| view! { <p>{why}</p> });
    let soon = fiche.phase.is_open() || matches!(fiche.phase, Phase::Ouvre(_));
    let way = with_parameter(&formation_path(&fiche.adresse), PREINSCRIRE, "1");
    let way = soon.then(|| {
        view! { <p><a class="bouton principal" href=way>"Se connecter pour se préinscrire"</a></p> }
    });
    (why.is_some() || way.is_some()).then(|| view! { <div class="note">{why}{way}</div> }.into_any())
}

fn open(fiche: &FicheFormation, formulaire: Formulaire, refus: Option<&ErrorCode>) -> AnyView {
    let Formulaire { par_le_service, chevauche } = formulaire;
    let free = fiche.phase == Phase::PlacesDisponibles;
    let full = fiche.phase == Phase::Complete;
    // The opinion of the service formation comes later: places may be free again by then.
    if full && !fiche.a_une_liste && !fiche.sur_examen && !par_le_service {
        return view! { <p>"Cette session est complète."</p> }.into_any();
    }
    let bouton = match (par_le_service, free || fiche.sur_examen) {
        (true, _) => "Demander à mon service formation",
        (false, true) => "Me préinscrire",
        (false, false) => "M’inscrire en liste d’attente",
    };
    let chooses = !fiche.sur_examen && fiche.a_une_liste && (free || par_le_service);
    let words = match (fiche.sur_examen, full) {
        (true, _) => "Votre demande sera examinée.",
        (false, true) if fiche.a_une_liste => "Cette session est complète, et sa liste d’attente aussi.",
        (false, true) => "Cette session est complète.",
        (false, false) if free => "Il reste des places.",
        (false, false) => "Il n’y a plus de place\u{a0}: vous rejoignez la liste d’attente.",
    };
    view! {
        <p>{words}</p>
        {chevauche.map(|titre| view! {
            <p>{format!("Ces dates chevauchent votre demande «\u{a0}{titre}\u{a0}»\u{a0}: vous devrez choisir.")}</p>
        })}
        <form action=AskPlace::url() method="post" novalidate=true>
            <input type="hidden" name="adresse" value=fiche.adresse.clone()/>
            <input type="hidden" name="vu" value=if free { VU_PLACES } else { VU_LISTE }/>
            {chooses.then(choix)}
            {fiche.sur_examen.then(|| attentes(refus))}
            {(!fiche.delegation.referent_courriel.is_empty()).then(referent)}
            <div class="boutons"><button type="submit" class="principal">{bouton}</button></div>
        </form>
    }
    .into_any()
}

/// What the person wants if the last place has just been taken.
fn choix() -> AnyView {
    let option = |choix: SiComplet| {
        let id = format!("si-complet-{}", choix.code());
        view! {
            <div class="option">
                <input type="radio" name="si_complet" value=choix.code() id=id.clone()
                    checked=choix == SiComplet::default()/>
                <label for=id>{choix.label()}</label>
            </div>
        }
    };
    view! {
        <fieldset class="champ">
            <legend>"S’il n’y a plus de place"</legend>
            {SiComplet::ALL.map(option).collect_view()}
        </fieldset>
    }
    .into_any()
}

fn attentes(refus: Option<&ErrorCode>) -> AnyView {
    let id = champ_id("attentes");
    let (hint, error) = (format!("{id}-aide"), format!("{id}-erreur"));
    let wrong = refus.is_some_and(|error| error.refus == Refus::Long);
    let described = if wrong { format!("{hint} {error}") } else { hint.clone() };
    view! {
        <div class="champ long">
            <label for=id.clone()>"Ce que vous attendez de cette formation (facultatif)"</label>
            <p class="aide" id=hint>{format!("{ATTENTES_MAX} caractères au plus.")}</p>
            {wrong.then(|| view! { <p class="erreur" id=error>{format!("Écrivez {ATTENTES_MAX} caractères au plus.")}</p> })}
            <textarea id=id name="attentes" rows="4" maxlength=ATTENTES_MAX.to_string() aria-describedby=described
                aria-invalid=wrong.then_some("true")></textarea>
        </div>
    }
    .into_any()
}

fn referent() -> AnyView {
    view! {
        <div class="champ">
            <div class="option">
                <input type="checkbox" name="contact_referent" value="oui" id="contact-referent"
                    aria-describedby="contact-referent-aide"/>
                <label for="contact-referent">"Je souhaite être contacté par le référent handicap"</label>
            </div>
            <p class="aide" id="contact-referent-aide">
                "Ne décrivez pas votre situation ici\u{a0}: le référent vous contactera."
            </p>
        </div>
    }
    .into_any()
}
