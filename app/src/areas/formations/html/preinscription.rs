use domain::formation::{EtatPreinscription, Phase};
use domain::instant::{en_clair, heure_breve, jour_et_heure, jour_et_mois, today};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::seances::seances;
use super::{avis, notice};
use crate::areas::formations::api::preinscriptions::{AcceptOffer, DeclineOffer};
use crate::areas::formations::avis::NoticePreinscription;
use crate::areas::formations::port::MaPreinscription;
use crate::base::adresses::{MES_PREINSCRIPTIONS, annuler_preinscription_path, formation_path};
use crate::base::notice::Notice;
use crate::base::routage::Recherche;
use crate::ui::{ErrorCode, PageRendue};

/// The page of one's préinscription.
pub fn preinscription(row: MaPreinscription, recherche: &Recherche) -> PageRendue {
    let said = notice::<NoticePreinscription>(recherche);
    let refus = ErrorCode::read(|name| recherche.get(name));
    let erreur = refus.is_some();
    let reference = row.reference.to_string();
    let contenu = view! {
        {refus.map(|refus| avis(false, refus.message()))}
        {said.map(|said| avis(said.is_done(), words(said, &row)))}
        <p><a href=formation_path(&row.adresse)>{row.intitule.clone()}</a></p>
        <p><span class="etiquette">{row.etat.label()}</span></p>
        {cancelled(&row).map(|words| view! { <p>{words}</p> })}
        {next_step(&row).map(|words| view! { <p>{words}</p> })}
        {(row.etat == EtatPreinscription::Proposee).then(|| answers(&reference))}
        {why(&row)}
        {seances(row.seances.clone())}
        <dl class="fiche">
            <div><dt>"Référence"</dt><dd>{reference.clone()}</dd></div>
            <div><dt>"Enregistrée le"</dt><dd>{en_clair(row.creee_le)}</dd></div>
            {row.par.map(|par| view! { <div><dt>"Faite par"</dt><dd>{par}</dd></div> })}
            {(!row.attentes.is_empty()).then(|| view! {
                <div><dt>"Ce que vous attendez de cette formation"</dt><dd>{row.attentes.clone()}</dd></div>
            })}
            {row.contact_referent.then(|| view! {
                <div><dt>"Référent handicap"</dt><dd>"Vous souhaitez être contacté."</dd></div>
            })}
        </dl>
        {row.may_be_withdrawn().then(|| view! {
            <p><a href=annuler_preinscription_path(&reference)>"Annuler ma préinscription"</a></p>
        })}
        <p class="seul"><a href=MES_PREINSCRIPTIONS>"Mes préinscriptions"</a></p>
    };
    PageRendue::new(&format!("Préinscription {reference}"), erreur, contenu.into_any())
}

/// A notice, with what only the row knows.
fn words(said: NoticePreinscription, row: &MaPreinscription) -> String {
    let words = said.words();
    match said {
        NoticePreinscription::Liste | NoticePreinscription::Derniere => match row.devant {
            Some(count) => format!("{}\u{a0}: {}.", words.trim_end_matches('.'), ahead(count)),
            None => words.to_owned(),
        },
        NoticePreinscription::Deja => format!("Vous êtes déjà préinscrit à cette session ({}).", row.reference),
        NoticePreinscription::Passee => match row.offre_fin {
            Some(end) => format!(
                "Cette offre a pris fin le {} à {}. La place est passée à la personne suivante.",
                jour_et_mois(today(end)),
                heure_breve(end)
            ),
            None => words.to_owned(),
        },
        _ => words.to_owned(),
    }
}

/// « au plus 3 personnes avant vous ».
fn ahead(count: u32) -> String {
    match count {
        0 => "personne avant vous".to_owned(),
        1 => "au plus 1 personne avant vous".to_owned(),
        count => format!("au plus {count} personnes avant vous"),
    }
}

/// The session itself may be cancelled.
fn cancelled(row: &MaPreinscription) -> Option<String> {
    (row.phase == Phase::Annulee).then(|| row.phase.why_not()).flatten()
}

/// Who acts next, and until when. `None` once it has ended.
pub fn next_step(row: &MaPreinscription) -> Option<String> {
    if row.passee {
        return None;
    }
    Some(match row.etat {
        EtatPreinscription::AvisDemande => "Votre service formation doit donner son avis.".to_owned(),
        EtatPreinscription::Demandee => "Le CNFPT examine votre demande.".to_owned(),
        EtatPreinscription::ListeAttente => match row.devant {
            Some(count) => format!("Vous êtes en liste d’attente\u{a0}: {}.", ahead(count)),
            None => "Vous êtes en liste d’attente.".to_owned(),
        },
        EtatPreinscription::Proposee => match row.offre_fin {
            Some(end) => format!("Une place vous est proposée. À vous de répondre, jusqu’au {}.", jour_et_heure(end)),
            None => {
                "Une place vous est proposée. À vous de répondre\u{a0}: un courriel vous dira jusqu’à quand.".to_owned()
            }
        },
        EtatPreinscription::Retenue => "Vous avez une place. Vous n’avez rien à faire pour l’instant.".to_owned(),
        EtatPreinscription::Refusee | EtatPreinscription::Annulee => return None,
    })
}

/// The two answers to an offer.
fn answers(reference: &str) -> AnyView {
    view! {
        <div class="boutons">
            <form action=AcceptOffer::url() method="post">
                <input type="hidden" name="reference" value=reference.to_owned()/>
                <button type="submit" class="principal">"Accepter la place"</button>
            </form>
            <form action=DeclineOffer::url() method="post">
                <input type="hidden" name="reference" value=reference.to_owned()/>
                <button type="submit">"Décliner la place"</button>
            </form>
        </div>
    }
    .into_any()
}

/// Why it ended.
fn why(row: &MaPreinscription) -> Option<AnyView> {
    let cause = row.cause.map(|cause| view! { <p>{cause.label()}"."</p> });
    let motif = row.motif.clone().map(|motif| view! { <h2>"Le motif"</h2><p class="message">{motif}</p> });
    let observation = Some(row.observation.clone()).filter(|text| !text.is_empty()).map(|text| {
        view! { <h2>"L’observation de votre service formation"</h2><p class="message">{text}</p> }
    });
    (cause.is_some() || motif.is_some() || observation.is_some())
        .then(|| view! { <div class="note">{cause}{motif}{observation}</div> }.into_any())
}
