use async_trait::async_trait;
use domain::collectivite::CleCollectivite;
use domain::ports::{
    Administrateur, ChoixMotDePasse, Client, InvitationService, InvitationVue, Invitations, Invite, Lien, Reply, Role,
    ServiceInvite,
};
use domain::valeurs::{Courriel, MotDePasse};

use super::{Backend, plain_text, read_courriel};
use crate::error::BackendError;
use crate::persistence::courriels::Genre;
use crate::persistence::journal::{self, Acteur, Action};
use crate::persistence::{compteurs, essais, gestionnaires, jetons, sessions};
use crate::security::limits;
use crate::security::secrets::public_id;
use crate::security::tokens::Usage;

/// In characters.
const NOM_MAX: usize = 80;

#[async_trait]
impl Invitations for Backend {
    async fn open(&self, token: &str) -> Reply<Lien<InvitationVue>> {
        let outcome = async {
            Ok(match self.invitation_link(self.db.connection(), token).await? {
                Lien::Vivant((_, row)) => {
                    let role = gestionnaires::role(&row)?;
                    Lien::Vivant(InvitationVue { courriel: row.courriel, invite: Invite::Equipe(role) })
                }
                Lien::Expire => Lien::Expire,
                Lien::Utilise => Lien::Utilise,
                Lien::Inconnu => self.open_service_invitation(token).await?,
            })
        };
        self.reply("invitations.open", outcome.await)
    }

    async fn accept(&self, client: &Client, token: &str, nom: &str, password: &str) -> Reply<ChoixMotDePasse> {
        let outcome = match self.key.verify(Usage::InvitationService, token) {
            Some(_) => self.accept_service_invitation(client, token, password).await,
            None => self.accept_invitation(client, token, nom, password).await,
        };
        self.reply("invitations.accept", outcome)
    }

    async fn invite_service_formation(
        &self,
        by: &Administrateur,
        courriel: &str,
        collectivite: &CleCollectivite,
    ) -> Reply<InvitationService> {
        let outcome = async {
            match read_courriel(courriel) {
                Some(courriel) => self.mail_service(Acteur::Gestionnaire(by.id), &courriel, collectivite).await,
                None => Ok(InvitationService::AdresseInvalide),
            }
        };
        self.reply("invitations.invite_service_formation", outcome.await)
    }

    async fn services_formation(&self, _: &Administrateur) -> Reply<Vec<ServiceInvite>> {
        self.reply("invitations.services_formation", self.list_services().await)
    }

    async fn disable_service_formation(&self, by: &Administrateur, id: i64) -> Reply<bool> {
        let outcome = self.disable_service(Acteur::Gestionnaire(by.id), id).await;
        self.reply("invitations.disable_service_formation", outcome)
    }
}

impl Backend {
    /// Makes the gestionnaire, or invites them again with this role, and returns the link to hand over. Handing it
    /// over is the caller's: its 72 hours begin now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn invite(&self, role: Role, courriel: &Courriel) -> Result<String, BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        let gestionnaire = match gestionnaires::by_courriel(&*write, courriel.cle()).await? {
            Some(known) => {
                gestionnaires::set_role(&*write, known.id, role).await?;
                sessions::close_all(&*write, sessions::Genre::Gestion, known.id).await?;
                known
            }
            None => gestionnaires::insert(&*write, courriel, role, now).await?,
        };
        jetons::revoke(&*write, Usage::Invitation, gestionnaire.id, now).await?;
        let jeton_id = public_id(&*self.random);
        jetons::issue(&*write, &jeton_id, Usage::Invitation, gestionnaire.id, self.key.kid(), now).await?;
        jetons::handed_over(&*write, &jeton_id, now).await?;
        journal::write(&*write, now, Acteur::LigneDeCommande, None, Action::Invitation, &["role"]).await?;
        write.commit().await?;
        Ok(self.link(Usage::Invitation, &jeton_id))
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
        // The name is what the others read in the journal: without one, they read the address.
        let nom = match plain_text(nom, NOM_MAX).replace('\n', " ") {
            blank if blank.trim().is_empty() => row.courriel.clone(),
            nom => nom,
        };
        let own_data = staff_data(&nom, &row.courriel);
        let hash = match self.passwords.choose(password, MotDePasse::MIN_STAFF, own_data).await? {
            Ok(hash) => hash,
            Err(why) => return Ok(ChoixMotDePasse::Refuse(why)),
        };

        let write = self.db.begin().await?;
        let Lien::Vivant((jeton, row)) = self.invitation_link(&*write, token).await? else {
            return Ok(ChoixMotDePasse::LienMort);
        };
        if !jetons::consume(&*write, &jeton.id, now).await? {
            return Ok(ChoixMotDePasse::LienMort);
        }
        // In the order of a login, which waits for the password before the counters.
        gestionnaires::accept(&*write, row.id, &nom, &hash).await?;
        let staff_cle = compteurs::staff_cle(&row.courriel_cle);
        compteurs::forget_failures(&*write, &staff_cle).await?;
        match row.mot_de_passe {
            Some(_) => self.queue_for_gestionnaire(&*write, Genre::MotDePasseChange, &row, None).await?,
            None => essais::forget(&*write, &staff_cle).await?,
        }
        jetons::revoke(&*write, Usage::Invitation, row.id, now).await?;
        sessions::close_all(&*write, sessions::Genre::Gestion, row.id).await?;
        let by = Acteur::Gestionnaire(row.id);
        journal::write(&*write, now, by, None, Action::InvitationAcceptee, &["nom", "mot_de_passe"]).await?;
        let session = self.open_session(&*write, sessions::Genre::GestionEnAttente, row.id).await?;
        write.commit().await?;
        self.outbox.notify_one();
        Ok(ChoixMotDePasse::Enregistre(session))
    }
}

/// What the password of someone of the staff must not be guessed from.
pub(super) fn staff_data(nom: &str, courriel: &str) -> Vec<String> {
    let mut data: Vec<String> = [nom, courriel, "gestionnaire", "cnfpt"].map(str::to_owned).into();
    data.extend(courriel.split(['@', '.', '-', '_', '+']).chain(nom.split(' ')).map(str::to_owned));
    data
}
