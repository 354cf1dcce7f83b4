//! The page of the form of a session.

use domain::formation::lecture::{ATTENTES, SEANCES_MAX, SeanceSaisie, SessionSaisie};
use domain::formation::{Attribution, Fuseau, Liberation, Modalite};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::SaveFormation;
use super::champs::{Champ, Fautes};
use crate::areas::gestion::cadre::Cadre;
use crate::areas::gestion::formations::api::formations::NoticeFormations;
use crate::areas::gestion::formations::port::EditionFormation;
use crate::base::adresses::{GESTION_FORMATIONS, gestion_formation_path};
use crate::base::notice::{FAIT, Notice};
use crate::base::routage::Recherche;
use crate::base::vue::Qui;
use crate::ui::{Aide, Avis, ErrorCode, PageRendue, Resume, champ_id};

/// The page, under the header of the staff. `edition`: `None` when there is nothing to write.
pub fn page(qui: Qui, edition: Option<EditionFormation>, recherche: &str) -> PageRendue {
    let recherche = Recherche::read(recherche);
    let ici = match edition.as_ref().and_then(|edition| edition.id) {
        Some(id) => gestion_formation_path(id),
        None => format!("{GESTION_FORMATIONS}/nouvelle"),
    };
    let avant = view! { <Cadre qui ici>""</Cadre> }.into_any();
    let page = match edition {
        Some(edition) => form(edition, &recherche),
        None => PageRendue::new("Cette page n’existe pas", false, absente()),
    };
    page.under(avant)
}

fn absente() -> AnyView {
    view! {
        <p>"Cette session n’existe pas, ou elle est annulée\u{a0}: elle ne se modifie plus."</p>
        <p><a class="bouton" href=GESTION_FORMATIONS>"Revenir aux sessions"</a></p>
    }
    .into_any()
}

fn form(edition: EditionFormation, recherche: &Recherche) -> PageRendue {
    let refus = ErrorCode::read(|name| recherche.get(name));
    let notice = recherche.get(FAIT).and_then(|code| NoticeFormations::from_code(&code));
    let asked = notice == Some(NoticeFormations::ARevoir);
    let fautes = Fautes(if asked { &edition.fautes } else { &[] });
    let wrong = !fautes.0.is_empty();
    let titre = match edition.id {
        Some(_) => format!("Modifier la session {}", edition.adresse),
        None => "Nouvelle session".to_owned(),
    };
    let back = edition.id.map_or(GESTION_FORMATIONS.to_owned(), gestion_formation_path);
    let contenu = view! {
        <Resume erreurs=fautes.summary()/>
        // The summary says it better than the notice.
        {notice.filter(|_| !wrong).map(|notice| view! {
            <Avis succes=notice.is_done() alerte=!notice.is_done()><p>{notice.words()}</p></Avis>
        })}
        {refus.map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
        {edition.brouillon.then(|| view! {
            <p class="note">"Cette saisie n’est pas encore enregistrée\u{a0}: vous êtes seul à la voir."</p>
        })}
        <p class="aide">"Les champs marqués d’une étoile sont obligatoires."</p>
        <form action=SaveFormation::url() method="post" novalidate=true>
            <input type="hidden" name="id" value=edition.id.map(|id| id.to_string()).unwrap_or_default()/>
            <input type="hidden" name="version" value=edition.version/>
            // The Enter key presses the first button of a form: without this one, it would remove the first séance.
            <button type="submit" name="faire" value="enregistrer" class="hors-ecran" tabindex="-1" aria-hidden="true">"Enregistrer"</button>
            {textes(&edition, &fautes)}
            {regles(&edition.saisie, &fautes)}
            {seances(&edition.saisie.seances, &fautes)}
            <div class="boutons">
                <button type="submit" name="faire" value="enregistrer" class="principal">"Enregistrer"</button>
                {edition.brouillon.then(|| view! {
                    <button type="submit" name="faire" value="abandonner" class="discret">"Abandonner cette saisie"</button>
                })}
                <a class="bouton discret" href=back>{if edition.id.is_some() { "Revenir à la session" } else { "Revenir aux sessions" }}</a>
            </div>
        </form>
    };
    PageRendue::new(&titre, wrong, contenu.into_any()).large()
}

/// A label without its star, and whether it has one: the field is required.
fn starred(label: &'static str) -> (&'static str, bool) {
    label.strip_suffix(" *").map_or((label, false), |label| (label, true))
}

/// A field of the session itself.
fn champ(nom: &str, label: &'static str, conseil: &'static str, valeur: &str) -> Champ {
    let (label, obligatoire) = starred(label);
    Champ {
        faute: nom.to_owned(),
        nom: format!("saisie[{nom}]"),
        label,
        obligatoire,
        conseil,
        valeur: valeur.to_owned(),
    }
}

/// What people read about the session.
fn textes(edition: &EditionFormation, fautes: &Fautes) -> AnyView {
    let EditionFormation { saisie, delegations, publiee, .. } = edition;
    let code = if *publiee {
        fautes.fixe(champ(
            "code",
            "Code",
            "La session est publiée\u{a0}: son adresse contient ce code, qui ne change plus.",
            &saisie.code,
        ))
    } else {
        fautes.ligne("text", champ("code", "Code *", "2 à 20 lettres sans accent, chiffres ou tirets. Les sessions d’un même code sont celles d’une même formation.", &saisie.code))
    };
    let mut choices = vec![(String::new(), "Choisissez une délégation".to_owned())];
    choices.extend(delegations.iter().map(|(id, nom)| (id.to_string(), nom.clone())));
    view! {
        <section>
            <h2>"La formation"</h2>
            {code}
            {fautes.ligne("text", champ("intitule", "Intitulé *", "150 caractères au plus.", &saisie.intitule))}
            {fautes.texte(8, champ("objectifs", "Objectifs *", "2\u{a0}000 caractères au plus. Une ligne vide sépare deux paragraphes\u{a0}; une ligne qui commence par «\u{a0}-\u{a0}» est un élément de liste.", &saisie.objectifs))}
            {fautes.texte(3, champ("public", "Public", "Facultatif, 500 caractères au plus.", &saisie.public))}
            {fautes.texte(3, champ("prerequis", "Prérequis", "Facultatif, 500 caractères au plus.", &saisie.prerequis))}
            {fautes.texte(3, champ("accessibilite", "Accessibilité du lieu", "Facultatif, 300 caractères au plus.", &saisie.accessibilite))}
            {fautes.choix(choices, champ("delegation", "Délégation organisatrice *", "Une délégation active.", &saisie.delegation))}
        </section>
    }
    .into_any()
}

/// How places are given, and when.
fn regles(saisie: &SessionSaisie, fautes: &Fautes) -> AnyView {
    let coded = |known: &[(&str, &str)]| -> Vec<(String, String)> {
        known.iter().map(|(code, label)| ((*code).to_owned(), (*label).to_owned())).collect()
    };
    let attributions = coded(&Attribution::ALL.map(|known| (known.code(), known.label())));
    let liberations = coded(&Liberation::ALL.map(|known| (known.code(), known.label())));
    view! {
        <section>
            <h2>"Les places"</h2>
            {fautes.ligne("number", champ("places", "Places *", "De 1 à 2\u{a0}000.", &saisie.places))}
            {fautes.choix(attributions, champ("attribution", "Attribution *", "Sur examen\u{a0}: un gestionnaire choisit. À l’arrivée\u{a0}: la place est retenue dès la préinscription.", &saisie.attribution))}
            {fautes.choix(coded(&ATTENTES), champ("attente", "Liste d’attente *", "", &saisie.attente))}
            {fautes.ligne("number", champ("attente_max", "Nombre de personnes en liste d’attente, au plus", "Pour une liste limitée seulement.", &saisie.attente_max))}
            {fautes.choix(liberations, champ("liberation", "Places libérées *", "Ce que devient une place qui se libère quand des personnes attendent.", &saisie.liberation))}
            {fautes.ligne("number", champ("par_collectivite", "Places par collectivité, au plus", "Facultatif. Compte les agents que présente leur service formation.", &saisie.par_collectivite))}
            {fautes.ligne("date", champ("ouverture_jour", "Ouverture des préinscriptions, jour", "Facultatif\u{a0}: sans date, elles ouvrent à la publication.", &saisie.ouverture_jour))}
            {fautes.ligne("time", champ("ouverture_heure", "Ouverture des préinscriptions, heure", "Une heure ronde, à Paris\u{a0}; 9 h si elle est vide.", &saisie.ouverture_heure))}
            {fautes.ligne("date", champ("limite", "Date limite *", "Jusqu’à 23 h 59 de ce jour, à Paris. Au plus tard le jour de la première séance.", &saisie.limite))}
        </section>
    }
    .into_any()
}

fn seances(all: &[SeanceSaisie], fautes: &Fautes) -> AnyView {
    let id = champ_id("seances");
    let message = fautes.of("seances");
    let several = all.len() > 1;
    view! {
        <section id=id.clone() tabindex="-1">
            <h2>"Les séances"</h2>
            <Aide id=id.clone() conseil="De 1 à 30 séances, de 15 minutes à 12 heures, entre 6 h et 22 h. Aucune n’en chevauche une autre." erreur=Signal::derive(move || message.clone())/>
            {all.iter().enumerate().map(|(at, one)| seance(at, one, several, fautes)).collect_view()}
            {(all.len() < SEANCES_MAX).then(|| view! {
                <p><button type="submit" name="faire" value="ajouter">"Ajouter une séance"</button></p>
            })}
        </section>
    }
    .into_any()
}

/// A séance. `several`: it may be removed.
fn seance(at: usize, one: &SeanceSaisie, several: bool, fautes: &Fautes) -> AnyView {
    let champ = |nom: &str, label: &'static str, conseil, valeur: &str| {
        let (label, obligatoire) = starred(label);
        let (faute, nom) = (format!("seances-{at}-{nom}"), format!("saisie[seances][{at}][{nom}]"));
        Champ { faute, nom, label, obligatoire, conseil, valeur: valeur.to_owned() }
    };
    let capital = |text: &str| {
        let mut letters = text.chars();
        letters.next().map(|first| format!("{}{}", first.to_uppercase(), letters.as_str())).unwrap_or_default()
    };
    let fuseaux = Fuseau::ALL.map(|known| (known.code().to_owned(), capital(known.label()))).to_vec();
    let modalites = Modalite::SEANCES.map(|known| (known.code().to_owned(), known.label().to_owned())).to_vec();
    view! {
        <fieldset class="groupe" id=champ_id(&format!("seances-{at}"))>
            <legend>{format!("Séance {}", at + 1)}</legend>
            {fautes.ligne("date", champ("jour", "Date *", "", &one.jour))}
            {fautes.ligne("time", champ("debut", "Début *", "", &one.debut))}
            {fautes.ligne("time", champ("fin", "Fin *", "Le même jour.", &one.fin))}
            {fautes.choix(fuseaux, champ("fuseau", "Heure locale", "", &one.fuseau))}
            {fautes.choix(modalites, champ("modalite", "Modalité *", "", &one.modalite))}
            {fautes.ligne("text", champ("lieu", "Lieu", "En présentiel, obligatoire. 100 caractères au plus.", &one.lieu))}
            {fautes.ligne("text", champ("salle", "Salle", "Facultatif, 60 caractères au plus.", &one.salle))}
            {fautes.ligne("text", champ("voie", "Numéro et voie", "Facultatif, 38 caractères au plus.", &one.voie))}
            {fautes.ligne("text", champ("complement", "Complément d’adresse", "Facultatif, 38 caractères au plus.", &one.complement))}
            {fautes.ligne("text", champ("code_postal", "Code postal", "Facultatif, 5 chiffres.", &one.code_postal))}
            {fautes.ligne("text", champ("commune", "Commune", "Facultatif\u{a0}: c’est elle que le catalogue montre.", &one.commune))}
            {fautes.ligne("url", champ("lien", "Lien", "À distance, facultatif\u{a0}: il peut venir plus tard. Il commence par https://. Seules les personnes retenues le lisent.", &one.lien))}
            {several.then(|| view! {
                <p><button type="submit" name="faire" value=format!("retirer-{at}") class="discret">"Retirer cette séance"</button></p>
            })}
        </fieldset>
    }
    .into_any()
}
