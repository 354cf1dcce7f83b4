use app::areas::acces::{
    ChoixMotDePasse, InvitationServiceFormation, InvitationVue, Invitations, Invite, Lien, ServiceFormationInvite,
};
use app::base::appelants::{Administrateur, Role};
use app::base::exchange::Client;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::collectivite::CleCollectivite;
use domain::valeurs::{AdresseCourriel, MotDePasse};
use sea_orm::ConnectionTrait;

use crate::backend::{Backend, plain_text};
use crate::error::BackendError;
use crate::persistence::courriels::Genre;
use crate::persistence::entities::gestionnaire;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{compteurs, connexions, essais, gestionnaires, invitations, jetons, journal};
use crate::security::limits;
use crate::security::tokens::Usage;

/// The address that the first start on a developer's machine invites.
pub const PREMIER: &str = "gestionnaire@example.org";

/// The longest name, in characters.
const NOM_MAX: usize = 80;

#[async_trait]
impl Invitations for Backend {
    async fn open(&self, token: &str) -> Reply<Lien<InvitationVue>> {
        Ok(match self.invitation_link(self.db.connection(), token).await? {
            Lien::Vivant((jeton, row)) => {
                let role = self.invited_role(self.db.connection(), &jeton.id, &row).await?;
                Lien::Vivant(InvitationVue { courriel: row.courriel, invite: Invite::Equipe(role) })
            }
            Lien::Expire => Lien::Expire,
            Lien::Utilise => Lien::Utilise,
            Lien::Inconnu => self.open_service_invitation(token).await?,
        })
    }

    async fn accept(&self, client: &Client, token: &str, nom: &str, password: &str) -> Reply<ChoixMotDePasse> {
        let outcome = match self.key.verify(Usage::InvitationServiceFormation, token) {
            Some(_) => self.retried(|| self.accept_service_invitation(client, token, password)).await,
            None => self.retried(|| self.accept_invitation(client, token, nom, password)).await,
        };
        Ok(outcome?)
    }

    async fn invite_service_formation(
        &self,
        by: &Administrateur,
        courriel: &str,
        collectivite: &CleCollectivite,
    ) -> Reply<InvitationServiceFormation> {
        match AdresseCourriel::parse(courriel) {
            Some(courriel) => Ok(self.mail_service(by, &courriel, collectivite).await?),
            None => Ok(InvitationServiceFormation::AdresseInvalide),
        }
    }

    async fn services_formation(&self, _: &Administrateur) -> Reply<Vec<ServiceFormationInvite>> {
        Ok(self.list_services().await?)
    }

    async fn disable_service_formation(&self, by: &Administrateur, id: i64) -> Reply<bool> {
        let outcome = self.retried(|| self.disable_service(by, id)).await;
        Ok(outcome?)
    }
}

impl Backend {
    /// Invites a gestionnaire and returns the link, which the caller hands over. The link gives this role when it is
    /// accepted. Its 72 hours start now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn invite(&self, role: Role, courriel: &AdresseCourriel) -> Result<String, BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        let gestionnaire = match gestionnaires::by_courriel(&*write, courriel.cle()).await? {
            Some(known) => {
                gestionnaires::invite_as(&*write, known.id, role).await?;
                known
            }
            None => gestionnaires::insert(&*write, courriel, role, now).await?,
        };
        jetons::revoke(&*write, Usage::Invitation, gestionnaire.id, now).await?;
        let jeton_id = self.issue_link(&*write, Usage::Invitation, gestionnaire.id).await?;
        invitations::keep(&*write, &jeton_id, Some(role), None, None).await?;
        jetons::handed_over(&*write, &jeton_id, now).await?;
        let champs = ["role", &Acteur::Gestionnaire(gestionnaire.id).code()];
        journal::write(&*write, now, Acteur::LigneDeCommande, None, Action::Invitation, &champs).await?;
        write.commit().await?;
        Ok(self.link(Usage::Invitation, &jeton_id))
    }

    /// Ends the link that the first start printed, unless it was used.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn end_first_invitation(&self) -> Result<(), BackendError> {
        let write = self.db.begin().await?;
        self.end_first(&*write).await?;
        write.commit().await
    }

    async fn end_first(&self, db: &impl ConnectionTrait) -> Result<(), BackendError> {
        match gestionnaires::by_courriel(db, PREMIER).await? {
            Some(first) => jetons::revoke(db, Usage::Invitation, first.id, self.now()).await,
            None => Ok(()),
        }
    }

    async fn accept_invitation(
        &self,
        client: &Client,
        token: &str,
        nom: &str,
        password: &str,
    ) -> Result<ChoixMotDePasse, BackendError> {
        let now = self.now();
        self.limits.count(&self.db, now, limits::Action::Token, client).await?;
        let Lien::Vivant((_, row)) = self.invitation_link(self.db.connection(), token).await? else {
            return Ok(ChoixMotDePasse::LienMort);
        };
        // Colleagues read this name in the journal. If it is blank, they read the address.
        let nom = match plain_text(nom, NOM_MAX).replace('\n', " ") {
            blank if blank.trim().is_empty() => row.courriel.clone(),
            nom => nom,
        };
        let own_data = staff_data(&nom, &row.courriel);
        let hash = match self.passwords.choose(client, password, MotDePasse::MIN_STAFF, own_data).await? {
            Ok(hash) => hash,
            Err(why) => return Ok(ChoixMotDePasse::Refuse(why)),
        };

        let write = self.db.begin().await?;
        gestionnaires::find_locked(&*write, row.id).await?;
        let Lien::Vivant((jeton, row)) = self.invitation_link(&*write, token).await? else {
            return Ok(ChoixMotDePasse::LienMort);
        };
        let role = self.invited_role(&*write, &jeton.id, &row).await?;
        if !jetons::consume(&*write, &jeton.id, now).await? {
            return Ok(ChoixMotDePasse::LienMort);
        }
        // Locks in the same order as a login: the password before the counters.
        gestionnaires::accept(&*write, row.id, &nom, &hash, role).await?;
        let staff_cle = self.hide(&compteurs::staff_cle(&row.courriel_cle));
        compteurs::forget_failures(&*write, &staff_cle).await?;
        match row.mot_de_passe {
            Some(_) => self.queue_for_gestionnaire(&*write, Genre::MotDePasseChange, &row, None).await?,
            None => essais::forget(&*write, &staff_cle).await?,
        }
        jetons::revoke(&*write, Usage::Invitation, row.id, now).await?;
        // The team has a member now, so the printed link of the first start is not needed any more.
        self.end_first(&*write).await?;
        connexions::close_all(&*write, connexions::Genre::Gestion, row.id).await?;
        let by = Acteur::Gestionnaire(row.id);
        journal::write(&*write, now, by, None, Action::InvitationAcceptee, &["nom", "mot_de_passe"]).await?;
        let connexion = self.open_connexion(&*write, connexions::Genre::GestionEnAttente, row.id).await?;
        self.commit(write).await?;
        Ok(ChoixMotDePasse::Enregistre(connexion))
    }
}

impl Backend {
    /// The role that an invitation gives. Invitations of the former version have no role: they give the role of the
    /// member's row.
    async fn invited_role(
        &self,
        db: &impl ConnectionTrait,
        jeton_id: &str,
        row: &gestionnaire::Model,
    ) -> Result<Role, BackendError> {
        let invited = invitations::find(db, jeton_id).await?;
        let role = invited.as_ref().map(invitations::role).transpose()?.flatten();
        role.map_or_else(|| gestionnaires::role(row), Ok)
    }
}

/// The personal data that a staff password must not contain.
pub(crate) fn staff_data(nom: &str, courriel: &str) -> Vec<String> {
    let mut data: Vec<String> = [nom, courriel, "gestionnaire", "cnfpt"].map(str::to_owned).into();
    data.extend(courriel.split(['@', '.', '-', '_', '+']).chain(nom.split(' ')).map(str::to_owned));
    data
}
