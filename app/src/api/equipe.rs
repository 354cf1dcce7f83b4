use domain::ports::{Annonces, ChangementEquipe, ConnexionOuverte, InvitationEquipe, Membre, Reply, Role};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::connexions::own_connexions;
use super::notices::{NoticeEquipe, NoticeReglages};
use crate::api::appel::appels;
use crate::api::vue::{Qui, Vue};
use crate::base::adresses::{DEMANDES, EQUIPE, REGLAGES};
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::Notice;
use crate::base::paquet::Paquet;

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
    let contenu = ports.equipe.members(&by).await?;
    Ok(Some(Vue { qui: Qui::from(&*by), contenu }))
}

#[server]
pub async fn invite_membre(
    #[server(default)] role: String,
    #[server(default)] courriel: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<InviteMembre>().await? else { return Ok(()) };
    let role = Role::from_code(&role).unwrap_or(Role::Gestionnaire);
    let outcome = ports.equipe.invite_member(&by, role, &courriel).await.map(|outcome| match outcome {
        InvitationEquipe::Envoyee => NoticeEquipe::Invite.at(EQUIPE),
        InvitationEquipe::AdresseInvalide => format!("{EQUIPE}?erreur=adresse"),
        InvitationEquipe::DejaMembre => format!("{EQUIPE}?erreur=membre"),
        InvitationEquipe::SansDroit => format!("{DEMANDES}?erreur=droit"),
    });
    go(outcome, EQUIPE)
}

#[server]
pub async fn invite_again(id: i64) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<InviteAgain>().await? else { return Ok(()) };
    go(after(ports.equipe.invite_again(&by, id).await, NoticeEquipe::Invite), EQUIPE)
}

#[server]
pub async fn change_role(id: i64, #[server(default)] role: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<ChangeRole>().await? else { return Ok(()) };
    let role = Role::from_code(&role).unwrap_or(Role::Gestionnaire);
    go(after(ports.equipe.change_role(&by, id, role).await, NoticeEquipe::Role), EQUIPE)
}

#[server]
pub async fn disable_membre(id: i64) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<DisableMembre>().await? else { return Ok(()) };
    go(after(ports.equipe.disable(&by, id).await, NoticeEquipe::Desactive), EQUIPE)
}

#[server]
pub async fn enable_membre(id: i64) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<EnableMembre>().await? else { return Ok(()) };
    go(after(ports.equipe.enable(&by, id).await, NoticeEquipe::Reactive), EQUIPE)
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
        annonces: ports.equipe.announces(&by).await?,
        codes: ports.second_facteur.codes_left(&by).await?,
        connexions: own_connexions(&ports).await?,
    };
    Ok(Some(Vue { qui: Qui::from(&by), contenu }))
}

#[server]
pub async fn choose_annonces(#[server(default)] annonces: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<ChooseAnnonces>().await? else { return Ok(()) };
    let Some(annonces) = Annonces::from_code(&annonces) else { return go(Ok(REGLAGES.to_owned()), REGLAGES) };
    let done = ports.equipe.choose_announces(&by, annonces).await;
    go(done.map(|()| NoticeReglages::Enregistre.at(REGLAGES)), REGLAGES)
}
