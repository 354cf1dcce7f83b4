//! The team: who may decide, who may manage the others, and what each wants to be told.

use async_trait::async_trait;
use domain::codes;
use domain::instant::Millis;
use serde::{Deserialize, Serialize};

use crate::base::appelants::{Administrateur, Gestionnaire, Role};
use crate::base::port::Reply;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membre {
    pub id: i64,
    /// Empty until the invitation is accepted.
    pub nom: String,
    pub courriel: String,
    pub role: Role,
    pub etat: EtatMembre,
    pub derniere_connexion: Option<Millis>,
    pub moi: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EtatMembre {
    /// Invited, but has not accepted yet.
    Invite,
    Actif,
    Desactive,
}

impl EtatMembre {
    pub fn label(self) -> &'static str {
        match self {
            Self::Invite => "Invité, pas encore venu",
            Self::Actif => "Actif",
            Self::Desactive => "Désactivé",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationEquipe {
    Envoyee,
    AdresseInvalide,
    /// An active member has this address already.
    DejaMembre,
    /// The person who invites lost their right meanwhile.
    SansDroit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangementEquipe {
    Fait,
    /// Nobody could manage the team any more.
    DernierAdministrateur,
    /// Not in the team, or not in a state that allows it.
    SansObjet,
}

codes! {
    /// When a gestionnaire is told of requests that wait.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Annonces {
        Chaque = "chaque", "À chaque demande";
        /// At 7:00, unless nothing waits.
        ParJour = "jour", "Un résumé par jour";
        Jamais = "jamais", "Jamais";
    }
}

#[async_trait]
pub trait Equipe: Send + Sync {
    async fn members(&self, by: &Administrateur) -> Reply<Vec<Membre>>;
    /// Mails an invitation. The right changes only when it is accepted. A member who was invited or disabled before
    /// may be invited again.
    async fn invite_member(&self, by: &Administrateur, role: Role, courriel: &str) -> Reply<InvitationEquipe>;
    /// Mails a new link to a member who has not accepted yet or has lost their password. Former links end.
    async fn invite_again(&self, by: &Administrateur, id: i64) -> Reply<ChangementEquipe>;
    /// Ends their connexions.
    async fn change_role(&self, by: &Administrateur, id: i64, role: Role) -> Reply<ChangementEquipe>;
    /// Ends their connexions and links.
    async fn disable(&self, by: &Administrateur, id: i64) -> Reply<ChangementEquipe>;
    async fn enable(&self, by: &Administrateur, id: i64) -> Reply<ChangementEquipe>;
    async fn announces(&self, by: &Gestionnaire) -> Reply<Annonces>;
    async fn choose_announces(&self, by: &Gestionnaire, annonces: Annonces) -> Reply<()>;
}
