use std::sync::Arc;

use domain::Etape;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use crate::areas::acces::{PageActivation, PageInvitation, PageMotDePasse, PageMotDePassePerdu, PageReinitialisation};
use crate::areas::accueil::{PageNonChargee, PageTexte, Texte};
use crate::areas::compte::{
    PageAccuse, PageAdresse, PageCorrectionOnglet, PageCorrections, PageEfface, PageEffacer, PageMesDonnees,
    PageMonCompte, PageRetirer, PageSuivi, PageSuiviDemande,
};
use crate::areas::formations::{PageCatalogue, PageFormation, PageMesPreinscriptions, PagePreinscription};
use crate::areas::gestion::PageMotDePasseGestion;
use crate::areas::gestion::annuaire::{PageAjoutCollectivite, PageCollectivites, PageImport};
use crate::areas::gestion::connexions::PageFermerConnexions;
use crate::areas::gestion::courriels::PageCourriels;
use crate::areas::gestion::delegations::{PageDelegation, PageDelegations};
use crate::areas::gestion::dossiers::{
    PageComparaison, PageCorriger, PageDemandes, PageDossier, PageLot, PageRefuser, PageRetablir, PageRouvrir,
    PageSuspendre, PageValider,
};
use crate::areas::gestion::equipe::{PageEquipe, PageReglages};
use crate::areas::gestion::formations::{
    PageFicheFormation, PageFormations, PageImportFormations, PageSaisieFormation,
};
use crate::areas::gestion::journal::PageJournal;
use crate::areas::gestion::motifs::{PageMotif, PageMotifs};
use crate::areas::gestion::preinscriptions::{PageDeliberation, PagePreinscriptions};
use crate::areas::gestion::second_facteur::{PageCodesSecours, PageSecondFacteur};
use crate::areas::gestion::services_formation::PageServicesFormation;
use crate::areas::gestion::statistiques::PageStatistiques;
use crate::areas::inscription::{PageCollectivite, PageOnglet, PageReprise};
use crate::areas::service_formation::{
    PageAgentsPresentes, PageEffacerAgent, PageMotDePasseService, PageOngletAgent, PageRetirerAgent,
};
use crate::areas::{self, gestion};
use crate::base::adresses::{
    CHANGER_MOT_DE_PASSE, COLLECTIVITE, COLLECTIVITES, CORRECTIONS, COURRIELS, DELEGATIONS, DEMANDES, EFFACER, ENVOYEE,
    EQUIPE, FORMATIONS, GESTION_FORMATIONS, IMPORT, IMPORT_FORMATIONS, LOGIN, LOST_PASSWORD, MES_PREINSCRIPTIONS,
    MON_COMPTE, MOTIFS, ORIENTATION, REGLAGES, RETIRER, SECOND_FACTEUR, SERVICE_FORMATION, SERVICES_FORMATION,
    STAFF_LOGIN, SUIVI,
};
use crate::base::appelants::Appelants;
use crate::base::droits::{Declaree, Droit};
use crate::base::port::Offer;
use crate::base::routage::{Parametres, at_once, matched};
use crate::onglet::annuaire;

/// Declares a part of the program that the browser loads when someone walks in: its pages, and the function behind which
/// all their code stands. There is one function a part, and not one a page: each set of functions that share code becomes
/// a file of its own (wasm-split-prototype#65).
macro_rules! aire {
    ($(#[$doc:meta])* $aire:ident, $charge:ident, $precharge:ident { $($page:ident => $vue:expr,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) enum $aire { $($page),+ }

        #[leptos::wasm_split::wasm_split($charge, wasm_split_path = leptos::wasm_split, preload($precharge), fallible)]
        fn $charge(page: $aire) -> Result<AnyView, SplitLoaderError> {
            Ok(match page { $($aire::$page => $vue.into_any(),)+ })
        }
    };
}

aire! {
    /// For who has an account or a request: signed in, or on the way there.
    Compte, compte, preload_compte {
        Reprise => view! { <PageReprise/> },
        Activation => view! { <PageActivation/> },
        Invitation => view! { <PageInvitation/> },
        Reinitialisation => view! { <PageReinitialisation/> },
        Adresse => view! { <PageAdresse/> },
        MotDePassePerdu => view! { <PageMotDePassePerdu/> },
        Suivi => view! { <PageSuivi/> },
        SuiviDemande => view! { <PageSuiviDemande/> },
        Espace => view! { <PageMonCompte/> },
        Accuse => view! { <PageAccuse/> },
        Retirer => view! { <PageRetirer/> },
        MotDePasse => view! { <PageMotDePasse/> },
        MesDonnees => view! { <PageMesDonnees/> },
        Effacer => view! { <PageEffacer/> },
        Efface => view! { <PageEfface/> },
        Corrections => view! { <PageCorrections/> },
        CorrectionOnglet => view! { <PageCorrectionOnglet/> },
        AgentsPresentes => view! { <PageAgentsPresentes/> },
        MotDePasseService => view! { <PageMotDePasseService/> },
        RetirerAgent => view! { <PageRetirerAgent/> },
        EffacerAgent => view! { <PageEffacerAgent/> },
        OngletAgent => view! { <PageOngletAgent/> },
    }
}

aire! {
    /// For the staff.
    Gestion, gestion, preload_gestion {
        MotDePasse => view! { <PageMotDePasseGestion/> },
        SecondFacteur => view! { <PageSecondFacteur/> },
        CodesSecours => view! { <PageCodesSecours/> },
        Demandes => view! { <PageDemandes/> },
        Lot => view! { <PageLot/> },
        Dossier => view! { <PageDossier/> },
        Comparaison => view! { <PageComparaison/> },
        Rouvrir => view! { <PageRouvrir/> },
        Suspendre => view! { <PageSuspendre/> },
        Retablir => view! { <PageRetablir/> },
        Valider => view! { <PageValider/> },
        Refuser => view! { <PageRefuser/> },
        FermerCompte => view! { <PageFermerConnexions de="compte"/> },
        Corriger => view! { <PageCorriger/> },
        Collectivites => view! { <PageCollectivites/> },
        AjoutCollectivite => view! { <PageAjoutCollectivite/> },
        Import => view! { <PageImport/> },
        Collectivite => view! { <gestion::annuaire::PageCollectivite/> },
        Preinscriptions => view! { <PagePreinscriptions/> },
        Deliberation => view! { <PageDeliberation/> },
        Motifs => view! { <PageMotifs/> },
        Motif => view! { <PageMotif/> },
        Courriels => view! { <PageCourriels/> },
        Delegations => view! { <PageDelegations/> },
        Delegation => view! { <PageDelegation/> },
        Formations => view! { <PageFormations/> },
        ImportFormations => view! { <PageImportFormations/> },
        SaisieFormation => view! { <PageSaisieFormation/> },
        Formation => view! { <PageFicheFormation/> },
        Statistiques => view! { <PageStatistiques/> },
        Equipe => view! { <PageEquipe/> },
        FermerMembre => view! { <PageFermerConnexions de="membre"/> },
        FermerService => view! { <PageFermerConnexions de="service"/> },
        ServicesFormation => view! { <PageServicesFormation/> },
        Reglages => view! { <PageReglages/> },
        Journal => view! { <PageJournal/> },
    }
}

aire! {
    /// For who looks for a session of training.
    Formations, formations, preload_formations {
        Catalogue => view! { <PageCatalogue/> },
        Formation => view! { <PageFormation/> },
        MesPreinscriptions => view! { <PageMesPreinscriptions/> },
        Preinscription => view! { <PagePreinscription/> },
    }
}

/// Where the code of a page is.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// In what every visitor loads, like the next two.
    Collectivite,
    Onglet(Etape),
    Texte(Texte),
    Compte(Compte),
    Formations(Formations),
    Gestion(Gestion),
}

impl Place {
    /// Loads the code of the page. It is there at once when it was loaded before.
    async fn load(self) -> Result<(), SplitLoaderError> {
        match self {
            Self::Collectivite | Self::Onglet(_) | Self::Texte(_) => Ok(()),
            Self::Compte(_) => preload_compte().await,
            Self::Formations(_) => preload_formations().await,
            Self::Gestion(_) => preload_gestion().await,
        }
    }

    /// The page. Its code must be there.
    pub(crate) fn vue(self) -> AnyView {
        let vue = match self {
            Self::Collectivite => return view! { <PageCollectivite/> }.into_any(),
            Self::Onglet(etape) => return view! { <PageOnglet etape/> }.into_any(),
            Self::Texte(quoi) => return view! { <PageTexte quoi/> }.into_any(),
            Self::Compte(page) => at_once(compte(page)),
            Self::Formations(page) => at_once(formations(page)),
            Self::Gestion(page) => at_once(gestion(page)),
        };
        match vue {
            Some(Ok(vue)) => vue,
            _ => view! { <PageNonChargee/> }.into_any(),
        }
    }
}

/// Every page: its path, and its code. The first path that matches wins.
pub(crate) const PAGES: [(&str, Place); 82] = [
    ("/inscription", Place::Texte(Texte::Orientation)),
    ("/inscription/collectivite", Place::Collectivite),
    ("/inscription/identite", Place::Onglet(Etape::Identite)),
    ("/inscription/coordonnees", Place::Onglet(Etape::Coordonnees)),
    ("/inscription/adresses", Place::Onglet(Etape::Adresses)),
    ("/inscription/interlocuteurs", Place::Onglet(Etape::Interlocuteurs)),
    ("/inscription/situation-professionnelle", Place::Onglet(Etape::SituationProfessionnelle)),
    ("/inscription/validation", Place::Onglet(Etape::Validation)),
    ("/", Place::Texte(Texte::Connexion)),
    ("/inscription/service-rh", Place::Texte(Texte::ServiceRh)),
    ("/inscription/annuler", Place::Texte(Texte::Annuler)),
    ("/inscription/envoyee", Place::Texte(Texte::Envoyee)),
    ("/mot-de-passe-perdu", Place::Compte(Compte::MotDePassePerdu)),
    ("/suivi", Place::Compte(Compte::Suivi)),
    ("/aide", Place::Texte(Texte::Aide)),
    ("/accessibilite", Place::Texte(Texte::Accessibilite)),
    ("/donnees-personnelles", Place::Texte(Texte::DonneesPersonnelles)),
    ("/mentions-legales", Place::Texte(Texte::MentionsLegales)),
    ("/plan-du-site", Place::Texte(Texte::Plan)),
    ("/reprendre/:token", Place::Compte(Compte::Reprise)),
    ("/activation/:token", Place::Compte(Compte::Activation)),
    ("/invitation/:token", Place::Compte(Compte::Invitation)),
    ("/mot-de-passe/:token", Place::Compte(Compte::Reinitialisation)),
    ("/adresse/:token", Place::Compte(Compte::Adresse)),
    ("/suivi/:token", Place::Compte(Compte::SuiviDemande)),
    ("/mon-compte", Place::Compte(Compte::Espace)),
    ("/mon-compte/accuse-de-reception", Place::Compte(Compte::Accuse)),
    ("/mon-compte/retirer", Place::Compte(Compte::Retirer)),
    ("/mon-compte/mot-de-passe", Place::Compte(Compte::MotDePasse)),
    ("/mon-compte/donnees", Place::Compte(Compte::MesDonnees)),
    ("/mon-compte/donnees/effacer", Place::Compte(Compte::Effacer)),
    ("/compte-efface", Place::Compte(Compte::Efface)),
    ("/mon-compte/corrections", Place::Compte(Compte::Corrections)),
    ("/mon-compte/corrections/:etape", Place::Compte(Compte::CorrectionOnglet)),
    ("/mon-compte/preinscriptions", Place::Formations(Formations::MesPreinscriptions)),
    ("/mon-compte/preinscriptions/:reference", Place::Formations(Formations::Preinscription)),
    ("/mon-compte/preinscriptions/:reference/annuler", Place::Formations(Formations::Preinscription)),
    ("/formations", Place::Formations(Formations::Catalogue)),
    ("/formations/:code/:numero", Place::Formations(Formations::Formation)),
    ("/service-formation", Place::Compte(Compte::AgentsPresentes)),
    ("/service-formation/mot-de-passe", Place::Compte(Compte::MotDePasseService)),
    ("/service-formation/agents/:reference/retirer", Place::Compte(Compte::RetirerAgent)),
    ("/service-formation/inscriptions/:id/effacer", Place::Compte(Compte::EffacerAgent)),
    ("/service-formation/inscriptions/:id/:etape", Place::Compte(Compte::OngletAgent)),
    ("/gestion/connexion", Place::Texte(Texte::ConnexionGestion)),
    ("/gestion/mes-reglages/mot-de-passe", Place::Gestion(Gestion::MotDePasse)),
    ("/gestion/second-facteur", Place::Gestion(Gestion::SecondFacteur)),
    ("/gestion/second-facteur/codes", Place::Gestion(Gestion::CodesSecours)),
    ("/gestion/demandes", Place::Gestion(Gestion::Demandes)),
    ("/gestion/demandes/lot", Place::Gestion(Gestion::Lot)),
    ("/gestion/demandes/:id", Place::Gestion(Gestion::Dossier)),
    ("/gestion/demandes/:id/comparer/:autre", Place::Gestion(Gestion::Comparaison)),
    ("/gestion/demandes/:id/rouvrir", Place::Gestion(Gestion::Rouvrir)),
    ("/gestion/demandes/:id/suspendre", Place::Gestion(Gestion::Suspendre)),
    ("/gestion/demandes/:id/retablir", Place::Gestion(Gestion::Retablir)),
    ("/gestion/demandes/:id/valider", Place::Gestion(Gestion::Valider)),
    ("/gestion/demandes/:id/refuser", Place::Gestion(Gestion::Refuser)),
    ("/gestion/demandes/:id/connexions", Place::Gestion(Gestion::FermerCompte)),
    ("/gestion/demandes/:id/corrections", Place::Gestion(Gestion::Corriger)),
    ("/gestion/collectivites", Place::Gestion(Gestion::Collectivites)),
    ("/gestion/collectivites/nouvelle", Place::Gestion(Gestion::AjoutCollectivite)),
    ("/gestion/collectivites/import", Place::Gestion(Gestion::Import)),
    ("/gestion/collectivites/:id", Place::Gestion(Gestion::Collectivite)),
    ("/gestion/formations/:id/preinscriptions", Place::Gestion(Gestion::Preinscriptions)),
    ("/gestion/formations/:id/preinscriptions/lot", Place::Gestion(Gestion::Deliberation)),
    ("/gestion/motifs", Place::Gestion(Gestion::Motifs)),
    ("/gestion/motifs/:id", Place::Gestion(Gestion::Motif)),
    ("/gestion/courriels", Place::Gestion(Gestion::Courriels)),
    ("/gestion/delegations", Place::Gestion(Gestion::Delegations)),
    ("/gestion/delegations/:id", Place::Gestion(Gestion::Delegation)),
    ("/gestion/formations", Place::Gestion(Gestion::Formations)),
    ("/gestion/formations/nouvelle", Place::Gestion(Gestion::SaisieFormation)),
    ("/gestion/formations/import", Place::Gestion(Gestion::ImportFormations)),
    ("/gestion/formations/:id", Place::Gestion(Gestion::Formation)),
    ("/gestion/formations/:id/modifier", Place::Gestion(Gestion::SaisieFormation)),
    ("/gestion/statistiques", Place::Gestion(Gestion::Statistiques)),
    ("/gestion/equipe", Place::Gestion(Gestion::Equipe)),
    ("/gestion/equipe/:id/connexions", Place::Gestion(Gestion::FermerMembre)),
    ("/gestion/services-formation/:id/connexions", Place::Gestion(Gestion::FermerService)),
    ("/gestion/services-formation", Place::Gestion(Gestion::ServicesFormation)),
    ("/gestion/mes-reglages", Place::Gestion(Gestion::Reglages)),
    ("/gestion/journal", Place::Gestion(Gestion::Journal)),
];

/// The paths of all pages, as patterns: `/suivi/:token`.
pub fn paths() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|(pattern, _)| *pattern)
}

pub(crate) fn find(path: &str) -> Option<(usize, Parametres)> {
    PAGES.iter().enumerate().find_map(|(at, (pattern, _))| Some((at, matched(pattern, path)?)))
}

/// The parts that a browser loads apart from the main one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partie {
    Compte,
    Formations,
    Gestion,
}

/// The part that the page of this path needs besides the main one.
pub fn part_of(path: &str) -> Option<Partie> {
    match PAGES[find(path)?.0].1 {
        Place::Compte(_) => Some(Partie::Compte),
        Place::Formations(_) => Some(Partie::Formations),
        Place::Gestion(_) => Some(Partie::Gestion),
        Place::Collectivite | Place::Onglet(_) | Place::Texte(_) => None,
    }
}

/// Loads the code of the page at this path.
pub async fn load(path: &str) -> Result<(), SplitLoaderError> {
    match find(path) {
        Some((at, _)) => PAGES[at].1.load().await,
        None => Ok(()),
    }
}

/// The page of the form that posts to `chemin`. A browser may ask for that address by GET: a reload, a bookmark.
pub fn page_of(chemin: &str) -> Option<String> {
    let form = acces().find(|form| form.chemin == chemin)?;
    let page = match (form.nom, form.droit) {
        ("ChooseCas" | "EraseDraft" | "Resume", _) => ORIENTATION,
        ("ChooseCollectivite", _) => COLLECTIVITE,
        ("ReadTexte", _) => LOGIN,
        ("SaveTab" | "Autosave", _) => return Some(Etape::Identite.path()),
        ("Resend" | "CorrectAddress", _) => ENVOYEE,
        ("Follow" | "ResendActivation", _) => SUIVI,
        ("RequestReset" | "ResetPassword", _) => LOST_PASSWORD,
        ("StaffLogin", _) => STAFF_LOGIN,
        ("OpenReview" | "SaveCorrection" | "SendBack", _) => CORRECTIONS,
        ("Withdraw", _) => RETIRER,
        ("ReadCatalogue" | "ReadFormation" | "AskPlace", _) => FORMATIONS,
        (
            "ReadPreinscriptions" | "ReadPreinscription" | "AcceptOffer" | "DeclineOffer" | "WithdrawPreinscription",
            _,
        ) => MES_PREINSCRIPTIONS,
        ("EraseAccount", _) => EFFACER,
        ("ChangePassword", _) => CHANGER_MOT_DE_PASSE,
        ("AddCollectivite" | "RenameCollectivite" | "ArchiveCollectivite", _) => COLLECTIVITES,
        ("WriteImport", _) => IMPORT,
        ("SaveMotif" | "ActivateMotif", _) => MOTIFS,
        ("AddDelegation" | "ChangeDelegation" | "ActivateDelegation", _) => DELEGATIONS,
        ("PublishFormation" | "CloseFormation" | "DuplicateFormation", _) => GESTION_FORMATIONS,
        ("SaveFormation", _) => return Some(format!("{GESTION_FORMATIONS}/nouvelle")),
        ("WriteImportFormations", _) => IMPORT_FORMATIONS,
        ("Requeue" | "PauseCourriels" | "ResumeCourriels", _) => COURRIELS,
        ("Deliberate" | "TakeLotBack" | "PressFor", _) => GESTION_FORMATIONS,
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
        annuaire::ACCES,
        areas::acces::ACCES,
        areas::accueil::ACCES,
        areas::compte::ACCES,
        areas::formations::ACCES,
        areas::inscription::ACCES,
        areas::service_formation::ACCES,
        gestion::annuaire::ACCES,
        gestion::connexions::ACCES,
        gestion::courriels::ACCES,
        gestion::delegations::ACCES,
        gestion::dossiers::ACCES,
        gestion::equipe::ACCES,
        gestion::formations::ACCES,
        gestion::journal::ACCES,
        gestion::motifs::ACCES,
        gestion::preinscriptions::ACCES,
        gestion::second_facteur::ACCES,
        gestion::services_formation::ACCES,
        gestion::statistiques::ACCES,
    ]
    .into_iter()
    .flatten()
    .flat_map(|file| file.iter())
    .copied()
}

/// Declares the ports that a server must offer: a server that lacks one does not compile.
macro_rules! offre {
    ($($port:path,)+) => {
        /// The ports of this server, for the pages.
        pub fn offer<S: $($port +)+ 'static>(server: Arc<S>) -> Offer {
            let mut offer = Offer::default();
            $(offer.put::<dyn $port>(server.clone());)+
            offer
        }
    };
}

offre! {
    annuaire::Annuaire,
    Appelants,
    areas::acces::Activations,
    areas::acces::Authentification,
    areas::acces::Connexions,
    areas::acces::Invitations,
    areas::acces::MotsDePasse,
    areas::compte::ChangementsAdresse,
    areas::compte::Comptes,
    areas::compte::Corrections,
    areas::compte::DonneesPersonnelles,
    areas::compte::Suivis,
    areas::formations::Catalogue,
    areas::formations::Preinscriptions,
    areas::inscription::Brouillons,
    areas::inscription::Inscriptions,
    areas::inscription::Reprises,
    areas::service_formation::ServicesFormation,
    gestion::annuaire::Repertoire,
    gestion::courriels::Expedition,
    gestion::delegations::Delegations,
    gestion::dossiers::Decisions,
    gestion::dossiers::Demandes,
    gestion::dossiers::Lots,
    gestion::dossiers::Statuts,
    gestion::equipe::Equipe,
    gestion::formations::ImportsFormations,
    gestion::formations::SessionsFormation,
    gestion::journal::Journaux,
    gestion::motifs::Motifs,
    gestion::preinscriptions::Inscrits,
    gestion::second_facteur::SecondFacteur,
    gestion::statistiques::Mesures,
}
