use domain::exploitant::Exploitant;
use domain::instant;
use leptos::prelude::*;

use super::api::compte::ReadReceipt;
use super::port::AccuseReception;
use crate::base::adresses::MON_COMPTE;
use crate::base::browser;
use crate::ui::{Page, lire, lu};

/// The « accusé de réception » of CRPA R112-11-1, to read, to print, to keep.
#[component]
pub fn PageAccuse() -> impl IntoView {
    lu(lire(|| ReadReceipt {}), |(accuse, service)| view! { <Accuse accuse service/> }.into_any())
}

#[component]
fn Accuse(accuse: AccuseReception, service: Exploitant) -> impl IntoView {
    let day = instant::jour(instant::today(accuse.recue_le));
    let contact: Vec<String> = [service.nom, service.adresse, service.courriel, service.telephone]
        .into_iter()
        .filter(|line| !line.trim().is_empty())
        .collect();
    view! {
        <Page titre="Accusé de réception">
            <p>{format!("{} {},", accuse.prenom, accuse.nom)}</p>
            <p>
                "Nous avons reçu le "<strong>{day}</strong>" votre demande de compte de préinscription d’intervenant, référence "
                <strong class="insecable">{accuse.reference.to_string()}</strong>"."
            </p>
            {(!contact.is_empty()).then(|| view! {
                <h2>"Le service chargé de votre demande"</h2>
                <p class="adresse">{contact.join("\n")}</p>
            })}
            {(!accuse.silence.is_empty()).then(|| view! {
                <h2>"Sans réponse de notre part"</h2>
                <p>{accuse.silence}</p>
            })}
            <p class="aide">
                "Cet accusé de réception est délivré en application de l’article R112-11-1 du code des relations entre le "
                "public et l’administration. Il ne vaut pas acceptation de la demande."
            </p>
            <p class="boutons">
                <button type="button" class="avec-script" on:click=|_| browser::print()>"Imprimer ou garder en PDF"</button>
                <a class="bouton discret" href=MON_COMPTE>"Revenir à mon compte"</a>
            </p>
        </Page>
    }
}
