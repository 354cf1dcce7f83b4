use domain::Etape;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::activation::{PageActivation, PageAdresse, PageInvitation, PageReinitialisation, PageReprise};
use crate::api;
use crate::base::adresses::{
    CHANGER_MOT_DE_PASSE, COLLECTIVITE, COLLECTIVITES, CORRECTIONS, COURRIELS, DEMANDES, EFFACER, ENVOYEE, EQUIPE,
    IMPORT, LOGIN, LOST_PASSWORD, MON_COMPTE, MOTIFS, ORIENTATION, REGLAGES, RETIRER, SECOND_FACTEUR,
    SERVICE_FORMATION, SERVICE_RH, SERVICES_FORMATION, STAFF_LOGIN, SUIVI,
};
use crate::base::browser;
use crate::base::droits::{Declaree, Droit};
use crate::compte::{
    PageAccuse, PageCorrectionOnglet, PageCorrections, PageEfface, PageEffacer, PageMesDonnees, PageMonCompte,
    PageMotDePasse, PageRetirer,
};
use crate::connexion::{PageLogin, PageMotDePassePerdu};
use crate::gestion::{
    self, PageComparaison, PageConnexionGestion, PageCorriger, PageDemandes, PageDossier, PageLot, PageRefuser,
    PageRetablir, PageRouvrir, PageSuspendre, PageValider,
};
use crate::informations::{
    PageAccessibilite, PageAide, PageDonneesPersonnelles, PageIntrouvable, PageMentionsLegales, PagePlan,
};
use crate::inscription::{PageAnnuler, PageCollectivite, PageEnvoyee, PageOrientation, PageServiceRh};
use crate::service_formation::{
    PageAgentsPresentes, PageEffacerAgent, PageMotDePasseService, PageOngletAgent, PageRetirerAgent,
};
use crate::suivi::{PageSuivi, PageSuiviDemande};
use crate::ui::{Attente, DernierePage};
use crate::wizard::PageOnglet;

/// The pages that WebAssembly takes over: those in which a person types at length. [`Pages`] holds all the others,
/// and the browser never downloads their code. A link to one of them is `rel="external"`. The header and the footer
/// are not hydrated: they belong to the document around the page.
///
/// Every page of both renders whole before it is sent, because a part streamed later needs JavaScript to be shown.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(DernierePage::none());
    view! {
        <Router>
            <FlatRoutes fallback=Ailleurs>
                <Route ssr=SsrMode::Async path=path!("/inscription") view=PageOrientation/>
                <Route ssr=SsrMode::Async path=path!("/inscription/collectivite") view=PageCollectivite/>
                <Route ssr=SsrMode::Async path=path!("/inscription/identite")
                    view=|| view! { <PageOnglet etape=Etape::Identite/> }/>
                <Route ssr=SsrMode::Async path=path!("/inscription/coordonnees")
                    view=|| view! { <PageOnglet etape=Etape::Coordonnees/> }/>
                <Route ssr=SsrMode::Async path=path!("/inscription/adresses")
                    view=|| view! { <PageOnglet etape=Etape::Adresses/> }/>
                <Route ssr=SsrMode::Async path=path!("/inscription/interlocuteurs")
                    view=|| view! { <PageOnglet etape=Etape::Interlocuteurs/> }/>
                <Route ssr=SsrMode::Async path=path!("/inscription/situation-professionnelle")
                    view=|| view! { <PageOnglet etape=Etape::SituationProfessionnelle/> }/>
                <Route ssr=SsrMode::Async path=path!("/inscription/validation")
                    view=|| view! { <PageOnglet etape=Etape::Validation/> }/>
            </FlatRoutes>
        </Router>
    }
}

/// The pages that only the server renders: links and plain forms, with the few lines of `pages.js`.
#[component]
pub fn Pages() -> impl IntoView {
    provide_meta_context();
    // The browser does not read the resources again, so they are not written into the page.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    view! {
        <Router>
            <FlatRoutes fallback=PageIntrouvable>
                <Route ssr=SsrMode::Async path=path!("/") view=PageLogin/>
                <Route ssr=SsrMode::Async path=path!("/inscription/service-rh") view=PageServiceRh/>
                <Route ssr=SsrMode::Async path=path!("/inscription/annuler") view=PageAnnuler/>
                <Route ssr=SsrMode::Async path=path!("/inscription/envoyee") view=PageEnvoyee/>
                <Route ssr=SsrMode::Async path=path!("/reprendre/:token") view=PageReprise/>
                <Route ssr=SsrMode::Async path=path!("/activation/:token") view=PageActivation/>
                <Route ssr=SsrMode::Async path=path!("/invitation/:token") view=PageInvitation/>
                <Route ssr=SsrMode::Async path=path!("/mot-de-passe-perdu") view=PageMotDePassePerdu/>
                <Route ssr=SsrMode::Async path=path!("/mot-de-passe/:token") view=PageReinitialisation/>
                <Route ssr=SsrMode::Async path=path!("/adresse/:token") view=PageAdresse/>
                <Route ssr=SsrMode::Async path=path!("/suivi") view=PageSuivi/>
                <Route ssr=SsrMode::Async path=path!("/suivi/:token") view=PageSuiviDemande/>
                <Route ssr=SsrMode::Async path=path!("/mon-compte") view=PageMonCompte/>
                <Route ssr=SsrMode::Async path=path!("/mon-compte/accuse-de-reception") view=PageAccuse/>
                <Route ssr=SsrMode::Async path=path!("/mon-compte/retirer") view=PageRetirer/>
                <Route ssr=SsrMode::Async path=path!("/mon-compte/mot-de-passe") view=PageMotDePasse/>
                <Route ssr=SsrMode::Async path=path!("/mon-compte/donnees") view=PageMesDonnees/>
                <Route ssr=SsrMode::Async path=path!("/mon-compte/donnees/effacer") view=PageEffacer/>
                <Route ssr=SsrMode::Async path=path!("/compte-efface") view=PageEfface/>
                <Route ssr=SsrMode::Async path=path!("/mon-compte/corrections") view=PageCorrections/>
                <Route ssr=SsrMode::Async path=path!("/mon-compte/corrections/:etape") view=PageCorrectionOnglet/>
                <Route ssr=SsrMode::Async path=path!("/service-formation") view=PageAgentsPresentes/>
                <Route ssr=SsrMode::Async path=path!("/service-formation/mot-de-passe") view=PageMotDePasseService/>
                <Route ssr=SsrMode::Async path=path!("/service-formation/agents/:reference/retirer") view=PageRetirerAgent/>
                <Route ssr=SsrMode::Async path=path!("/service-formation/inscriptions/:id/effacer") view=PageEffacerAgent/>
                <Route ssr=SsrMode::Async path=path!("/service-formation/inscriptions/:id/:etape") view=PageOngletAgent/>
                <Route ssr=SsrMode::Async path=path!("/gestion/connexion") view=PageConnexionGestion/>
                <Route ssr=SsrMode::Async path=path!("/gestion/mes-reglages/mot-de-passe") view=gestion::PageMotDePasseGestion/>
                <Route ssr=SsrMode::Async path=path!("/gestion/second-facteur") view=gestion::PageSecondFacteur/>
                <Route ssr=SsrMode::Async path=path!("/gestion/second-facteur/codes") view=gestion::PageCodesSecours/>
                <Route ssr=SsrMode::Async path=path!("/gestion/demandes") view=PageDemandes/>
                <Route ssr=SsrMode::Async path=path!("/gestion/demandes/lot") view=PageLot/>
                <Route ssr=SsrMode::Async path=path!("/gestion/demandes/:id") view=PageDossier/>
                <Route ssr=SsrMode::Async path=path!("/gestion/demandes/:id/comparer/:autre") view=PageComparaison/>
                <Route ssr=SsrMode::Async path=path!("/gestion/demandes/:id/rouvrir") view=PageRouvrir/>
                <Route ssr=SsrMode::Async path=path!("/gestion/demandes/:id/suspendre") view=PageSuspendre/>
                <Route ssr=SsrMode::Async path=path!("/gestion/demandes/:id/retablir") view=PageRetablir/>
                <Route ssr=SsrMode::Async path=path!("/gestion/demandes/:id/valider") view=PageValider/>
                <Route ssr=SsrMode::Async path=path!("/gestion/demandes/:id/refuser") view=PageRefuser/>
                <Route ssr=SsrMode::Async path=path!("/gestion/demandes/:id/connexions")
                    view=|| view! { <gestion::PageFermerConnexions de="compte"/> }/>
                <Route ssr=SsrMode::Async path=path!("/gestion/demandes/:id/corrections") view=PageCorriger/>
                <Route ssr=SsrMode::Async path=path!("/gestion/collectivites") view=gestion::PageCollectivites/>
                <Route ssr=SsrMode::Async path=path!("/gestion/collectivites/nouvelle") view=gestion::PageAjoutCollectivite/>
                <Route ssr=SsrMode::Async path=path!("/gestion/collectivites/import") view=gestion::PageImport/>
                <Route ssr=SsrMode::Async path=path!("/gestion/collectivites/:id") view=gestion::PageCollectivite/>
                <Route ssr=SsrMode::Async path=path!("/gestion/motifs") view=gestion::PageMotifs/>
                <Route ssr=SsrMode::Async path=path!("/gestion/motifs/:id") view=gestion::PageMotif/>
                <Route ssr=SsrMode::Async path=path!("/gestion/courriels") view=gestion::PageCourriels/>
                <Route ssr=SsrMode::Async path=path!("/gestion/statistiques") view=gestion::PageStatistiques/>
                <Route ssr=SsrMode::Async path=path!("/gestion/equipe") view=gestion::PageEquipe/>
                <Route ssr=SsrMode::Async path=path!("/gestion/equipe/:id/connexions")
                    view=|| view! { <gestion::PageFermerConnexions de="membre"/> }/>
                <Route ssr=SsrMode::Async path=path!("/gestion/services-formation/:id/connexions")
                    view=|| view! { <gestion::PageFermerConnexions de="service"/> }/>
                <Route ssr=SsrMode::Async path=path!("/gestion/services-formation") view=gestion::PageServicesFormation/>
                <Route ssr=SsrMode::Async path=path!("/gestion/mes-reglages") view=gestion::PageReglages/>
                <Route ssr=SsrMode::Async path=path!("/gestion/journal") view=gestion::PageJournal/>
                <Route ssr=SsrMode::Async path=path!("/aide") view=PageAide/>
                <Route ssr=SsrMode::Async path=path!("/accessibilite") view=PageAccessibilite/>
                <Route ssr=SsrMode::Async path=path!("/donnees-personnelles") view=PageDonneesPersonnelles/>
                <Route ssr=SsrMode::Async path=path!("/mentions-legales") view=PageMentionsLegales/>
                <Route ssr=SsrMode::Async path=path!("/plan-du-site") view=PagePlan/>
            </FlatRoutes>
        </Router>
    }
}

/// Reached when a form of [`App`] leads to one of [`Pages`]: the browser then asks the server for that page.
#[component]
fn Ailleurs() -> impl IntoView {
    Effect::new(|_| browser::load_current_page());
    view! { <Attente/> }
}

/// The page of the form that posts to `chemin`. A browser may ask for that address by GET: a reload, a bookmark.
pub fn page_of(chemin: &str) -> Option<String> {
    let form = acces().find(|form| form.chemin == chemin)?;
    let page = match (form.nom, form.droit) {
        ("ChooseCas" | "EraseDraft" | "Resume", _) => ORIENTATION,
        ("ChooseCollectivite", _) => COLLECTIVITE,
        ("ReadServiceFormation", _) => SERVICE_RH,
        ("SaveTab" | "Autosave", _) => return Some(Etape::Identite.path()),
        ("Resend" | "CorrectAddress", _) => ENVOYEE,
        ("Follow" | "ResendActivation", _) => SUIVI,
        ("RequestReset" | "ResetPassword", _) => LOST_PASSWORD,
        ("StaffLogin", _) => STAFF_LOGIN,
        ("OpenReview" | "SaveCorrection" | "SendBack", _) => CORRECTIONS,
        ("Withdraw", _) => RETIRER,
        ("EraseAccount", _) => EFFACER,
        ("ChangePassword", _) => CHANGER_MOT_DE_PASSE,
        ("AddCollectivite" | "RenameCollectivite" | "ArchiveCollectivite", _) => COLLECTIVITES,
        ("WriteImport", _) => IMPORT,
        ("SaveMotif" | "ActivateMotif", _) => MOTIFS,
        ("Requeue" | "PauseCourriels" | "ResumeCourriels", _) => COURRIELS,
        ("ChooseAnnonces", _) => REGLAGES,
        ("InviteService" | "DisableService", _) => SERVICES_FORMATION,
        (_, Droit::Public) => LOGIN,
        (_, Droit::Connecte | Droit::Formateur) => MON_COMPTE,
        (_, Droit::ServiceFormation) => SERVICE_FORMATION,
        (_, Droit::SecondFacteur) => SECOND_FACTEUR,
        (_, Droit::Gestionnaire) => DEMANDES,
        (_, Droit::Administrateur) => EQUIPE,
    };
    Some(page.to_owned())
}

/// Every server function and who may call it.
pub fn acces() -> impl Iterator<Item = Declaree> {
    [
        api::activation::ACCES,
        api::adresse::ACCES,
        api::annuaire::ACCES,
        api::compte::ACCES,
        api::connexion::ACCES,
        api::decisions::ACCES,
        api::equipe::ACCES,
        api::expedition::ACCES,
        api::exploitant::ACCES,
        api::gestion::ACCES,
        api::inscription::ACCES,
        api::journaux::ACCES,
        api::mes_donnees::ACCES,
        api::mesures::ACCES,
        api::motifs::ACCES,
        api::mots_de_passe::ACCES,
        api::repertoire::ACCES,
        api::reprise::ACCES,
        api::second_facteur::ACCES,
        api::service_formation::ACCES,
        api::services_rh::ACCES,
        api::connexions::ACCES,
        api::suivi::ACCES,
    ]
    .into_iter()
    .flatten()
    .copied()
}
