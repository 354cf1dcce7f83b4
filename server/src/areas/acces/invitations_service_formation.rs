//! Invites and disables services formation. A service serves one collectivité. An address has one password for all its
//! uses.

use app::areas::acces::{
    ChoixMotDePasse, InvitationServiceFormation, InvitationVue, Invite, IssueAuthentification, Lien,
    ServiceFormationInvite,
};
use app::base::appelants::Administrateur;
use app::base::exchange::Client;
use domain::collectivite::CleCollectivite;
use domain::valeurs::{AdresseCourriel, MotDePasse};
use sea_orm::ConnectionTrait;

use super::usages as acces;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::courriels::{Genre, NouveauCourriel};
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::services_formation::Model;
use crate::persistence::{
    annuaire, comptes, compteurs, connexions, essais, identifiants, invitations, jetons, journal, services_formation,
};
use crate::security::limits;
use crate::security::passwords::Verdict;
use crate::security::tokens::Usage;

impl Backend {
    /// Invites a service formation and returns the link to hand over. A known service may be invited for another
    /// collectivité. `None` when the collectivité has no service formation. The 72 hours start now, and former links
    /// are revoked. Nothing else changes until the invitation is accepted.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn invite_service(
        &self,
        acteur: Acteur,
        courriel: &AdresseCourriel,
        collectivite: &CleCollectivite,
    ) -> Result<Option<String>, BackendError> {
        let write = self.db.begin().await?;
        let Some(jeton_id) = self.issue_service(&*write, acteur, courriel, collectivite).await? else {
            return Ok(None);
        };
        jetons::handed_over(&*write, &jeton_id, self.now()).await?;
        write.commit().await?;
        Ok(Some(self.link(Usage::InvitationServiceFormation, &jeton_id)))
    }

    /// The same by mail: the inviting member never sees the link.
    pub(crate) async fn mail_service(
        &self,
        by: &Administrateur,
        courriel: &AdresseCourriel,
        collectivite: &CleCollectivite,
    ) -> Result<InvitationServiceFormation, BackendError> {
        let write = self.db.begin().await?;
        let known = services_formation::by_courriel(&*write, courriel.cle()).await?;
        if let Some(known) = known {
            services_formation::find_locked(&*write, known.id).await?;
        }
        if self.others_left(&*write, by, by.id).await?.is_none() {
            return Ok(InvitationServiceFormation::SansDroit);
        }
        let acteur = Acteur::Gestionnaire(by.id);
        let Some(jeton_id) = self.issue_service(&*write, acteur, courriel, collectivite).await? else {
            return Ok(InvitationServiceFormation::CollectiviteInconnue);
        };
        let mail = NouveauCourriel {
            jeton_id: Some(jeton_id),
            ..self.mail(Genre::InvitationServiceFormation, self.hide(courriel.cle()))
        };
        self.queue(&*write, mail).await?;
        self.commit(write).await?;
        Ok(InvitationServiceFormation::Envoyee)
    }

    /// Makes the only valid link of this invitation. `None` when the collectivité has no service formation.
    async fn issue_service(
        &self,
        db: &impl ConnectionTrait,
        acteur: Acteur,
        courriel: &AdresseCourriel,
        collectivite: &CleCollectivite,
    ) -> Result<Option<String>, BackendError> {
        let now = self.now();
        let known = annuaire::id_of(db, collectivite).await?;
        let Some(collectivite_id) = known.filter(|_| !collectivite.is_generic()) else { return Ok(None) };
        let service = match services_formation::by_courriel(db, courriel.cle()).await? {
            Some(known) => {
                services_formation::invite_again(db, &known, collectivite_id, now).await?;
                known
            }
            None => services_formation::insert(db, courriel, collectivite_id, now).await?,
        };
        jetons::revoke(db, Usage::InvitationServiceFormation, service.id, now).await?;
        let jeton_id = self.issue_link(db, Usage::InvitationServiceFormation, service.id).await?;
        let par = match acteur {
            Acteur::Gestionnaire(id) => Some(id),
            _ => None,
        };
        invitations::keep(db, &jeton_id, None, Some(collectivite_id), par).await?;
        let (qui, ou) = (Acteur::ServiceFormation(service.id).code(), format!("collectivite:{collectivite_id}"));
        let champs = ["collectivite_id", qui.as_str(), ou.as_str()];
        journal::write(db, now, acteur, None, Action::InvitationServiceFormation, &champs).await?;
        Ok(Some(jeton_id))
    }

    pub(crate) async fn list_services(&self) -> Result<Vec<ServiceFormationInvite>, BackendError> {
        let db = self.db.connection();
        let mut services = Vec::new();
        for row in services_formation::all(db).await? {
            services.push(ServiceFormationInvite {
                collectivite: self.collectivite_of(db, &row).await?,
                id: row.id,
                courriel: row.courriel,
                invite_le: row.invite_le,
                accepte_le: row.accepte_le,
                desactive_le: row.desactive_le,
                derniere_connexion: row.derniere_connexion,
            });
        }
        services.sort_by(|one, other| one.collectivite.cmp(&other.collectivite));
        Ok(services)
    }

    /// Disables a service formation. Deletes its password, unless an account uses the address.
    pub(crate) async fn disable_service(&self, by: &Administrateur, id: i64) -> Result<bool, BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        let Some(row) = services_formation::find(&*write, id).await? else { return Ok(false) };
        let holder = comptes::holder_state(&*write, &row.courriel_cle).await?;
        if let Some((compte_id, _)) = holder {
            comptes::find_locked(&*write, compte_id).await?;
        }
        // If the service was already disabled, the transaction is dropped: this write is undone.
        identifiants::serve_instead(&*write, &row.courriel_cle, None).await?;
        if !services_formation::disable(&*write, id, now).await? {
            return Ok(false);
        }
        if self.others_left(&*write, by, by.id).await?.is_none() {
            return Ok(false);
        }
        connexions::close_all(&*write, connexions::Genre::ServiceFormation, id).await?;
        for usage in [Usage::InvitationServiceFormation, Usage::ReinitialisationService] {
            jetons::revoke(&*write, usage, id, now).await?;
        }
        if comptes::holder(&*write, &row.courriel_cle).await?.is_none() {
            identifiants::delete(&*write, &row.courriel_cle).await?;
        }
        let acteur = Acteur::Gestionnaire(by.id);
        let champs = ["desactive_le", &Acteur::ServiceFormation(id).code()];
        journal::write(&*write, now, acteur, None, Action::ServiceFormationDesactive, &champs).await?;
        write.commit().await?;
        Ok(true)
    }

    pub(crate) async fn open_service_invitation(&self, token: &str) -> Result<Lien<InvitationVue>, BackendError> {
        let db = self.db.connection();
        Ok(match self.service_link(db, Usage::InvitationServiceFormation, token).await? {
            Lien::Vivant((jeton, row)) => {
                let connue = identifiants::by_courriel(db, &row.courriel_cle).await?.is_some();
                let invited = self.invited_collectivite(db, &jeton.id, &row).await?;
                let collectivite = self.line_of(db, invited).await?;
                let invite = Invite::ServiceFormation { collectivite, connue };
                Lien::Vivant(InvitationVue { courriel: row.courriel, invite })
            }
            Lien::Expire => Lien::Expire,
            Lien::Utilise => Lien::Utilise,
            Lien::Inconnu => Lien::Inconnu,
        })
    }

    /// Accepts an invitation. Somebody else may have handed over the link, and must not get into another person's
    /// account with it. So an address that has a password must give it.
    pub(crate) async fn accept_service_invitation(
        &self,
        client: &Client,
        token: &str,
        password: &str,
    ) -> Result<ChoixMotDePasse, BackendError> {
        let now = self.now();
        self.limits.count(&self.db, now, limits::Action::Token, client).await?;
        let db = self.db.connection();
        let Lien::Vivant((_, row)) = self.service_link(db, Usage::InvitationServiceFormation, token).await? else {
            return Ok(ChoixMotDePasse::LienMort);
        };
        let known = identifiants::by_courriel(db, &row.courriel_cle).await?;
        let hash = match &known {
            Some(known) => {
                let failures = compteurs::failures_key(&self.hide(&row.courriel_cle), &client.0);
                if let Some(IssueAuthentification::Retardee { minutes }) = self.login_delay(client, &failures).await? {
                    return Ok(ChoixMotDePasse::Autre { minutes });
                }
                if self.passwords.verify(client, password, Some(known.mot_de_passe.clone())).await? == Verdict::Wrong {
                    let write = self.db.begin().await?;
                    self.password_failed(&*write, &row.courriel_cle, true, client).await?;
                    write.commit().await?;
                    return Ok(ChoixMotDePasse::Autre { minutes: 0 });
                }
                known.mot_de_passe.clone()
            }
            None => match self
                .passwords
                .choose(client, password, MotDePasse::MIN, self.service_data(db, &row).await?)
                .await?
            {
                Ok(hash) => hash,
                Err(why) => return Ok(ChoixMotDePasse::Refuse(why)),
            },
        };

        let write = self.db.begin().await?;
        acces::lock_service_formation(&*write, &row).await?;
        // Hashing took time. So all conditions are read again.
        let Lien::Vivant((jeton, row)) = self.service_link(&*write, Usage::InvitationServiceFormation, token).await?
        else {
            return Ok(ChoixMotDePasse::LienMort);
        };
        let same = match &known {
            Some(_) => identifiants::confirm(&*write, &row.courriel_cle, &hash, &hash).await?,
            None => identifiants::by_courriel(&*write, &row.courriel_cle).await?.is_none(),
        };
        if !same {
            return Ok(ChoixMotDePasse::Autre { minutes: 0 });
        }
        if !jetons::consume(&*write, &jeton.id, now).await? {
            return Ok(ChoixMotDePasse::LienMort);
        }
        if known.is_none() {
            essais::forget(&*write, &self.hide(&row.courriel_cle)).await?;
        }
        let collectivite_id = self.invited_collectivite(&*write, &jeton.id, &row).await?;
        identifiants::serve(&*write, &row.courriel_cle, &hash, collectivite_id, now).await?;
        services_formation::accept(&*write, row.id, collectivite_id, now).await?;
        jetons::revoke(&*write, Usage::InvitationServiceFormation, row.id, now).await?;
        connexions::close_all(&*write, connexions::Genre::ServiceFormation, row.id).await?;
        let acteur = Acteur::ServiceFormation(row.id);
        let champs = ["mot_de_passe", &format!("collectivite:{collectivite_id}")];
        journal::write(&*write, now, acteur, None, Action::InvitationAcceptee, &champs).await?;
        let connexion = self.open_connexion(&*write, connexions::Genre::ServiceFormation, row.id).await?;
        write.commit().await?;
        Ok(ChoixMotDePasse::Enregistre(connexion))
    }

    /// The data that the password of a service must not contain.
    pub(crate) async fn service_data(
        &self,
        db: &impl ConnectionTrait,
        row: &Model,
    ) -> Result<Vec<String>, BackendError> {
        let collectivite = self.collectivite_of(db, row).await?;
        let words = ["service", "formation", "cnfpt", "iel", "préinscription", &row.courriel, &collectivite];
        let mut data: Vec<String> = words.into_iter().map(str::to_owned).collect();
        data.extend(row.courriel.split(['@', '.', '-', '_', '+']).chain(collectivite.split(' ')).map(str::to_owned));
        Ok(data)
    }

    /// The collectivité of an invitation. Invitations of the former version have none: they use the collectivité of the
    /// row.
    async fn invited_collectivite(
        &self,
        db: &impl ConnectionTrait,
        jeton_id: &str,
        row: &Model,
    ) -> Result<i64, BackendError> {
        let invited = invitations::find(db, jeton_id).await?.and_then(|invited| invited.collectivite_id);
        Ok(invited.unwrap_or(row.collectivite_id))
    }

    async fn collectivite_of(&self, db: &impl ConnectionTrait, row: &Model) -> Result<String, BackendError> {
        self.line_of(db, row.collectivite_id).await
    }

    async fn line_of(&self, db: &impl ConnectionTrait, collectivite_id: i64) -> Result<String, BackendError> {
        let collectivite = annuaire::find(db, collectivite_id).await?;
        Ok(collectivite.map(|collectivite| collectivite.line()).unwrap_or_default())
    }
}
