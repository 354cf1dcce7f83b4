use domain::ports::{Annonces, ChangementEquipe, InvitationEquipe, Membre, Reply, Role, SessionOuverte};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::droits::{acces, entrer};
use super::gestion::{Qui, Vue};
use super::sessions::own_sessions;
use super::{ApiError, go};
use crate::gestion::{DEMANDES, EQUIPE, REGLAGES};

acces! {
    Gestionnaire: ReadReglages, ChooseAnnonces;
    Administrateur: ReadEquipe, InviteMembre, InviteAgain, ChangeRole, DisableMembre, EnableMembre;
}

#[server]
pub async fn read_equipe() -> Result<Option<Vue<Vec<Membre>>>, ApiError> {
    let Some((by, services)) = entrer::<ReadEquipe>().await? else { return Ok(None) };
    let contenu = services.equipe.members(&by).await?;
    Ok(Some(Vue { qui: Qui::from(&*by), contenu }))
}

#[server]
pub async fn invite_membre(
    #[server(default)] role: String,
    #[server(default)] courriel: String,
) -> Result<(), ApiError> {
    let Some((by, services)) = entrer::<InviteMembre>().await? else { return Ok(()) };
    let role = Role::from_code(&role).unwrap_or(Role::Gestionnaire);
    let outcome = services.equipe.invite_member(&by, role, &courriel).await.map(|outcome| match outcome {
        InvitationEquipe::Envoyee => format!("{EQUIPE}?fait=invite"),
        InvitationEquipe::AdresseInvalide => format!("{EQUIPE}?erreur=adresse"),
        InvitationEquipe::DejaMembre => format!("{EQUIPE}?erreur=membre"),
        InvitationEquipe::SansDroit => format!("{DEMANDES}?erreur=droit"),
    });
    go(outcome, EQUIPE)
}

#[server]
pub async fn invite_again(id: i64) -> Result<(), ApiError> {
    let Some((by, services)) = entrer::<InviteAgain>().await? else { return Ok(()) };
    go(after(services.equipe.invite_again(&by, id).await, "invite"), EQUIPE)
}

#[server]
pub async fn change_role(id: i64, #[server(default)] role: String) -> Result<(), ApiError> {
    let Some((by, services)) = entrer::<ChangeRole>().await? else { return Ok(()) };
    let role = Role::from_code(&role).unwrap_or(Role::Gestionnaire);
    go(after(services.equipe.change_role(&by, id, role).await, "role"), EQUIPE)
}

#[server]
pub async fn disable_membre(id: i64) -> Result<(), ApiError> {
    let Some((by, services)) = entrer::<DisableMembre>().await? else { return Ok(()) };
    go(after(services.equipe.disable(&by, id).await, "desactive"), EQUIPE)
}

#[server]
pub async fn enable_membre(id: i64) -> Result<(), ApiError> {
    let Some((by, services)) = entrer::<EnableMembre>().await? else { return Ok(()) };
    go(after(services.equipe.enable(&by, id).await, "reactive"), EQUIPE)
}

fn after(outcome: Reply<ChangementEquipe>, done: &str) -> Reply<String> {
    let code = match outcome? {
        ChangementEquipe::Fait => done,
        ChangementEquipe::DernierAdministrateur => "dernier",
        ChangementEquipe::SansObjet => "sans-objet",
    };
    Ok(format!("{EQUIPE}?fait={code}"))
}

/// What a gestionnaire keeps for themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reglages {
    pub annonces: Annonces,
    /// How many recovery codes are left.
    pub codes: u64,
    pub sessions: Vec<SessionOuverte>,
}

#[server]
pub async fn read_reglages() -> Result<Option<Vue<Reglages>>, ApiError> {
    let Some((by, services)) = entrer::<ReadReglages>().await? else { return Ok(None) };
    let contenu = Reglages {
        annonces: services.equipe.announces(&by).await?,
        codes: services.second_facteur.codes_left(&by).await?,
        sessions: own_sessions(&services).await?,
    };
    Ok(Some(Vue { qui: Qui::from(&by), contenu }))
}

#[server]
pub async fn choose_annonces(#[server(default)] annonces: String) -> Result<(), ApiError> {
    let Some((by, services)) = entrer::<ChooseAnnonces>().await? else { return Ok(()) };
    let Some(annonces) = Annonces::from_code(&annonces) else { return go(Ok(REGLAGES.to_owned()), REGLAGES) };
    let done = services.equipe.choose_announces(&by, annonces).await;
    go(done.map(|()| format!("{REGLAGES}?fait=enregistre")), REGLAGES)
}
