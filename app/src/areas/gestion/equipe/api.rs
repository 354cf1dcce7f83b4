use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::port::{Annonces, ChangementEquipe, Equipe, InvitationEquipe, Membre};
use crate::areas::acces::{ConnexionOuverte, own_connexions};
use crate::areas::gestion::second_facteur::port::SecondFacteur;
use crate::base::adresses::{DEMANDES, EQUIPE, REGLAGES};
use crate::base::appel::appels;
use crate::base::appelants::Role;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::{Notice, notices};
use crate::base::paquet::Paquet;
use crate::base::port::Reply;
use crate::base::refus::Refus;
use crate::base::vue::{Qui, Vue};

notices! {
    /// On the page of the team.
    pub enum NoticeEquipe {
        Invite = "invite", true, "Invitation envoyée. Le lien vaut 72\u{a0}heures\u{a0}; ceux d’avant ne servent plus.";
        Role = "role", true, "Droit changé. La personne doit se reconnecter.";
        Desactive = "desactive", true, "Accès désactivé\u{a0}: ses connexions sont fermées.";
        Reactive = "reactive", true, "Accès réactivé.";
        Facteur = "facteur", true, "Second facteur réinitialisé\u{a0}: ses connexions sont fermées, un courriel prévient la personne.";
        Dernier = "dernier", false, "C’est le dernier administrateur\u{a0}: donnez d’abord ce droit à quelqu’un d’autre.";
        Connexions = "connexions", true, "Connexions fermées\u{a0}: la personne doit se reconnecter.";
        SansObjet = "sans-objet", false, "Rien n’a été changé\u{a0}: la situation a changé entre-temps.";
    }
}

notices! {
    /// On the settings of a gestionnaire.
    pub enum NoticeReglages {
        Enregistre = "enregistre", true, "Votre choix est enregistré.";
    }
}

acces! {
    Gestionnaire: ReadReglages, ChooseAnnonces;
    Administrateur: ReadEquipe, InviteMembre, InviteAgain, ChangeRole, DisableMembre, EnableMembre;
}

appels! {
    ReadEquipe {}
    ReadReglages {}
}

#[server(output = Paquet)]
pub async fn read_equipe() -> Result<Option<Vue<Vec<Membre>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadEquipe>().await? else { return Ok(None) };
    let contenu = ports.of::<dyn Equipe>().members(&by).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server]
pub async fn invite_membre(
    #[server(default)] role: String,
    #[server(default)] courriel: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<InviteMembre>().await? else { return Ok(()) };
    let role = Role::from_code(&role).unwrap_or(Role::Gestionnaire);
    let outcome = ports.of::<dyn Equipe>().invite_member(&by, role, &courriel).await.map(|outcome| match outcome {
        InvitationEquipe::Envoyee => NoticeEquipe::Invite.at(EQUIPE),
        InvitationEquipe::AdresseInvalide => Refus::Adresse.at(EQUIPE),
        InvitationEquipe::DejaMembre => Refus::Membre.at(EQUIPE),
        InvitationEquipe::SansDroit => Refus::Droit.at(DEMANDES),
    });
    go(outcome, EQUIPE)
}

#[server]
pub async fn invite_again(id: i64) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<InviteAgain>().await? else { return Ok(()) };
    go(after(ports.of::<dyn Equipe>().invite_again(&by, id).await, NoticeEquipe::Invite), EQUIPE)
}

#[server]
pub async fn change_role(id: i64, #[server(default)] role: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<ChangeRole>().await? else { return Ok(()) };
    let role = Role::from_code(&role).unwrap_or(Role::Gestionnaire);
    go(after(ports.of::<dyn Equipe>().change_role(&by, id, role).await, NoticeEquipe::Role), EQUIPE)
}

#[server]
pub async fn disable_membre(id: i64) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<DisableMembre>().await? else { return Ok(()) };
    go(after(ports.of::<dyn Equipe>().disable(&by, id).await, NoticeEquipe::Desactive), EQUIPE)
}

#[server]
pub async fn enable_membre(id: i64) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<EnableMembre>().await? else { return Ok(()) };
    go(after(ports.of::<dyn Equipe>().enable(&by, id).await, NoticeEquipe::Reactive), EQUIPE)
}

fn after(outcome: Reply<ChangementEquipe>, done: NoticeEquipe) -> Reply<String> {
    let notice = match outcome? {
        ChangementEquipe::Fait => done,
        ChangementEquipe::DernierAdministrateur => NoticeEquipe::Dernier,
        ChangementEquipe::SansObjet => NoticeEquipe::SansObjet,
    };
    Ok(notice.at(EQUIPE))
}

/// The settings of one gestionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reglages {
    pub annonces: Annonces,
    /// How many recovery codes are left.
    pub codes: u64,
    pub connexions: Vec<ConnexionOuverte>,
}

#[server(output = Paquet)]
pub async fn read_reglages() -> Result<Option<Vue<Reglages>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadReglages>().await? else { return Ok(None) };
    let contenu = Reglages {
        annonces: ports.of::<dyn Equipe>().announces(&by).await?,
        codes: ports.of::<dyn SecondFacteur>().codes_left(&by).await?,
        connexions: own_connexions(&ports).await?,
    };
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server]
pub async fn choose_annonces(#[server(default)] annonces: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<ChooseAnnonces>().await? else { return Ok(()) };
    let Some(annonces) = Annonces::from_code(&annonces) else { return go(Ok(REGLAGES.to_owned()), REGLAGES) };
    let done = ports.of::<dyn Equipe>().choose_announces(&by, annonces).await;
    go(done.map(|()| NoticeReglages::Enregistre.at(REGLAGES)), REGLAGES)
}
