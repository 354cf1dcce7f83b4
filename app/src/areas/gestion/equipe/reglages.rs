use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{ChooseAnnonces, NoticeReglages, ReadReglages, Reglages};
use super::port::Annonces;
use crate::areas::acces::{MesConnexions, connexions_closed, password_changed};
use crate::areas::gestion::avis::notice;
use crate::areas::gestion::lecture::lue;
use crate::areas::gestion::second_facteur::api::RenewCodes;
use crate::areas::gestion::second_facteur::page::{CODE_FAUX, ChampCode};
use crate::base::adresses::STAFF_MOT_DE_PASSE;
use crate::base::refus::Refus;
use crate::ui::{Formulaire, Page, Resume, lire, query_error, refus, summary_of};

/// The settings of a gestionnaire.
#[component]
pub fn PageReglages() -> impl IntoView {
    lue(lire(|| ReadReglages {}), |Reglages { annonces, codes, connexions }| {
        let refused = query_error();
        let code = Signal::derive(move || {
            refused.get().filter(|error| error.refus == Refus::Code).map(|_| CODE_FAUX.to_owned())
        });
        let summary = summary_of("code", code);
        view! {
            <Page titre="Mes réglages" erreur=Signal::derive(move || refused.get().is_some())>
                <Resume erreurs=summary/>
                {notice::<NoticeReglages>()}
                {refus(&[Refus::Code])}
                {connexions_closed()}
                {password_changed()}
                <Prevenu annonces/>
                <section>
                    <h2>"Codes de secours"</h2>
                    <p>{restants(codes)}</p>
                    <Formulaire action=RenewCodes::url()>
                        <ChampCode erreur=code/>
                        <p class="aide">"Les nouveaux codes remplacent tous les anciens."</p>
                        <div class="boutons"><button type="submit">"Faire de nouveaux codes"</button></div>
                    </Formulaire>
                </section>
                <section>
                    <h2>"Mot de passe"</h2>
                    <p><a href=STAFF_MOT_DE_PASSE>"Changer de mot de passe"</a></p>
                </section>
                <MesConnexions connexions changer=STAFF_MOT_DE_PASSE/>
            </Page>
        }
        .into_any()
    })
}

fn restants(codes: u64) -> String {
    match codes {
        0 => "Il ne vous reste aucun code de secours\u{a0}: faites-en de nouveaux.".to_owned(),
        1 => "Il vous reste un code de secours.".to_owned(),
        codes => format!("Il vous reste {codes}\u{a0}codes de secours."),
    }
}

/// The choice of the mails that announce waiting requests.
#[component]
fn Prevenu(annonces: Annonces) -> impl IntoView {
    let chosen = annonces;
    view! {
        <Formulaire action=ChooseAnnonces::url()>
            <fieldset class="champ">
                <legend>"Être prévenu par courriel des demandes à valider"</legend>
                {Annonces::ALL.map(|annonces| {
                    let id = format!("annonces-{}", annonces.code());
                    view! {
                        <div class="option">
                            <input type="radio" name="annonces" value=annonces.code() id=id.clone() checked=annonces == chosen/>
                            <label for=id>{annonces.label()}</label>
                        </div>
                    }
                }).collect_view()}
            </fieldset>
            <p class="aide">"Le résumé part à 7\u{a0}heures, s’il y a des demandes à valider."</p>
            <div class="boutons"><button type="submit" class="principal">"Enregistrer"</button></div>
        </Formulaire>
    }
}
