use domain::exploitant::Exploitant;
use domain::instant::{Millis, en_clair};
use leptos::prelude::*;

use super::api::mes_donnees::ReadMesDonnees;
use super::port::MesDonnees;
use crate::base::adresses::{CORRECTIONS, EFFACER, EXPORT_CSV, EXPORT_JSON, MON_COMPTE};
use crate::ui::{Page, lire, lu};

/// « Mes données »: a copy, the consultations, how to correct, how to erase.
#[component]
pub fn PageMesDonnees() -> impl IntoView {
    les_miennes(|donnees, exploitant| page(donnees, exploitant).into_any())
}

/// A page about the data kept on the person, once they are read.
pub(super) fn les_miennes(show: fn(MesDonnees, Exploitant) -> AnyView) -> impl IntoView {
    lu(lire(|| ReadMesDonnees {}), move |(donnees, exploitant)| show(donnees, exploitant))
}

fn page(donnees: MesDonnees, exploitant: Exploitant) -> impl IntoView {
    view! {
        <Page titre="Mes données">
            <p>{format!("Ce que ce service garde de vous, sous la référence {}.", donnees.reference)}</p>
            <h2>"En obtenir une copie"</h2>
            <p>
                "Tout ce qui est gardé de vous\u{a0}: compte, réponses, décisions, corrections, courriels, notes des gestionnaires, "
                "consultations, connexions. Avant la validation, la date de naissance, les téléphones et les adresses postales n’y "
                "sont pas\u{a0}: ils se demandent par écrit. Cinq copies par heure."
            </p>
            <ul>
                <li><a href=EXPORT_JSON rel="external" download="mes-donnees.json">"Télécharger mes données (JSON)"</a></li>
                <li><a href=EXPORT_CSV rel="external" download="mes-donnees.csv">"Télécharger mes données (CSV, pour un tableur)"</a></li>
            </ul>
            <h2>"Qui a consulté mon dossier"</h2>
            {moments(donnees.consultations, "Un gestionnaire, le ", "Aucun gestionnaire ne l’a ouvert.")}
            <p>"Une ligne par gestionnaire et par heure. Votre service formation, s’il vous a inscrit, ne voit pas votre dossier."</p>
            <h3>"Exports de la liste des demandes"</h3>
            {moments(donnees.exports, "Le ", "Aucun depuis votre demande.")}
            <p>"Votre nom, votre adresse de messagerie et l’état de votre demande ont pu y figurer."</p>
            <h2>"Les faire rectifier"</h2>
            <p>
                "Si un gestionnaire vous a demandé des corrections, elles se font à la page « "
                <a href=CORRECTIONS>"Mes corrections"</a>" ». Votre adresse de messagerie se change dans "
                <a href=MON_COMPTE>"votre compte"</a>", une fois validé. Pour le reste, "{whom(&exploitant)}
            </p>
            <h2>"Les effacer"</h2>
            <p><a href=EFFACER>"Effacer mon compte et mes données"</a></p>
            <p>
                <a href="/donnees-personnelles">"Pourquoi et combien de temps ces données sont gardées"</a>
            </p>
        </Page>
    }
}

fn moments(moments: Vec<Millis>, before: &'static str, none: &'static str) -> impl IntoView {
    if moments.is_empty() {
        return view! { <p>{none}</p> }.into_any();
    }
    let line = |le: Millis| view! { <li>{format!("{before}{}", en_clair(le))}</li> };
    view! { <ul>{moments.into_iter().map(line).collect_view()}</ul> }.into_any()
}

/// The contact of the operator, as far as the operator gave it.
pub(super) fn whom(exploitant: &Exploitant) -> String {
    match [&exploitant.dpo, &exploitant.courriel].into_iter().find(|text| !text.trim().is_empty()) {
        Some(to) => format!("écrivez à {}.", to.trim()),
        None => "adressez-vous à l’exploitant de ce service, qui n’a pas renseigné d’adresse.".to_owned(),
    }
}
