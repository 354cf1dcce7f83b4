use app::areas::gestion::equipe::{Annonces, ChangementEquipe, Equipe, EtatMembre, InvitationEquipe, Membre};
use app::base::appelants::{Administrateur, Gestionnaire, Role};
use app::base::port::Reply;
use async_trait::async_trait;
use domain::valeurs::AdresseCourriel;
use sea_orm::ConnectionTrait;

use crate::areas::gestion::dossiers::prises;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::courriels::{Genre, NouveauCourriel};
use crate::persistence::entities::gestionnaire;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{connexions, gestionnaires, invitations, jetons, journal};
use crate::security::tokens::Usage;

#[async_trait]
impl Equipe for Backend {
    async fn members(&self, by: &Administrateur) -> Reply<Vec<Membre>> {
        let rows = gestionnaires::team(self.db.connection()).await?;
        Ok(rows.into_iter().map(|row| membre(row, by.id)).collect::<Result<_, _>>()?)
    }

    async fn invite_member(&self, by: &Administrateur, role: Role, courriel: &str) -> Reply<InvitationEquipe> {
        let outcome = self.invite_by_mail(by, role, courriel).await;
        let outcome = match outcome {
            // The same address was invited twice at once.
            Err(error) if error.is_unique_violation() => Ok(InvitationEquipe::DejaMembre),
            outcome => outcome,
        };
        Ok(outcome?)
    }

    async fn invite_again(&self, by: &Administrateur, id: i64) -> Reply<ChangementEquipe> {
        let write = self.db.begin().await?;
        let allowed = self.others_left(&*write, by, id).await?.is_some();
        let row = gestionnaires::find(&*write, id).await?.filter(|row| allowed && row.desactive_le.is_none());
        let Some(row) = row else { return Ok(ChangementEquipe::SansObjet) };
        self.queue_invitation(&*write, by, &row, gestionnaires::role(&row)?).await?;
        self.commit(write).await?;
        Ok(ChangementEquipe::Fait)
    }

    async fn change_role(&self, by: &Administrateur, id: i64, role: Role) -> Reply<ChangementEquipe> {
        let outcome = || async {
            let write = self.db.begin().await?;
            let left = self.others_left(&*write, by, id).await?;
            if role != Role::Administrateur && left == Some(0) {
                return Ok(ChangementEquipe::DernierAdministrateur);
            }
            if left.is_none() || !gestionnaires::set_right(&*write, id, role).await? {
                return Ok(ChangementEquipe::SansObjet);
            }
            connexions::close_all(&*write, connexions::Genre::Gestion, id).await?;
            if role != Role::Administrateur {
                invitations::revoke_made_by(&*write, id, self.now()).await?;
            }
            self.note_of_team(&*write, by, Action::ChangementDroit, id, "role").await?;
            write.commit().await?;
            Ok(ChangementEquipe::Fait)
        };
        Ok(self.retried(outcome).await?)
    }

    async fn disable(&self, by: &Administrateur, id: i64) -> Reply<ChangementEquipe> {
        let outcome = || async {
            let now = self.now();
            let write = self.db.begin().await?;
            let left = self.others_left(&*write, by, id).await?;
            if left == Some(0) {
                return Ok(ChangementEquipe::DernierAdministrateur);
            }
            if left.is_none() || !gestionnaires::set_disabled(&*write, id, Some(now)).await? {
                return Ok(ChangementEquipe::SansObjet);
            }
            connexions::close_all(&*write, connexions::Genre::Gestion, id).await?;
            jetons::revoke(&*write, Usage::Invitation, id, now).await?;
            invitations::revoke_made_by(&*write, id, now).await?;
            self.cancel_all_of(&*write, by, id).await?;
            prises::release_all(&*write, id).await?;
            self.note_of_team(&*write, by, Action::MembreDesactive, id, "desactive_le").await?;
            write.commit().await?;
            Ok(ChangementEquipe::Fait)
        };
        Ok(self.retried(outcome).await?)
    }

    async fn enable(&self, by: &Administrateur, id: i64) -> Reply<ChangementEquipe> {
        let write = self.db.begin().await?;
        let allowed = self.others_left(&*write, by, id).await?.is_some();
        if !allowed || !gestionnaires::set_disabled(&*write, id, None).await? {
            return Ok(ChangementEquipe::SansObjet);
        }
        self.note_of_team(&*write, by, Action::MembreReactive, id, "desactive_le").await?;
        write.commit().await?;
        Ok(ChangementEquipe::Fait)
    }

    async fn announces(&self, by: &Gestionnaire) -> Reply<Annonces> {
        let row = gestionnaires::find(self.db.connection(), by.id).await?;
        let code = row.map(|row| row.annonces).unwrap_or_default();
        Annonces::from_code(&code).ok_or(BackendError::Corrupt { table: "gestionnaire", column: "annonces" }.into())
    }

    async fn choose_announces(&self, by: &Gestionnaire, annonces: Annonces) -> Reply<()> {
        let now = self.now();
        let write = self.db.begin().await?;
        if gestionnaires::find_locked(&*write, by.id).await?.is_none_or(|row| row.desactive_le.is_some()) {
            return Ok(());
        }
        gestionnaires::set_announces(&*write, by.id, annonces, now).await?;
        let acteur = Acteur::Gestionnaire(by.id);
        journal::write(&*write, now, acteur, None, Action::ChoixAnnonces, &["annonces"]).await?;
        Ok(write.commit().await?)
    }
}

impl Backend {
    /// How many active administrateurs would be left without `id`. They and `id` are locked. `None` when `by` is not an
    /// active administrateur any more.
    pub(crate) async fn others_left(
        &self,
        db: &impl ConnectionTrait,
        by: &Administrateur,
        id: i64,
    ) -> Result<Option<usize>, BackendError> {
        let administrateurs = gestionnaires::administrateurs_locked(db, id).await?;
        let left = administrateurs.iter().filter(|other| **other != id).count();
        Ok(administrateurs.contains(&by.id).then_some(left))
    }

    async fn invite_by_mail(
        &self,
        by: &Administrateur,
        role: Role,
        courriel: &str,
    ) -> Result<InvitationEquipe, BackendError> {
        let Some(courriel) = AdresseCourriel::parse(courriel) else { return Ok(InvitationEquipe::AdresseInvalide) };
        let write = self.db.begin().await?;
        let known = gestionnaires::by_courriel(&*write, courriel.cle()).await?;
        let id = known.as_ref().map_or(by.id, |known| known.id);
        if self.others_left(&*write, by, id).await?.is_none() {
            return Ok(InvitationEquipe::SansDroit);
        }
        let row = match known {
            Some(known) if known.mot_de_passe.is_some() && known.desactive_le.is_none() => {
                return Ok(InvitationEquipe::DejaMembre);
            }
            Some(known) => {
                gestionnaires::invite_as(&*write, known.id, role).await?;
                known
            }
            None => gestionnaires::insert(&*write, &courriel, role, self.now()).await?,
        };
        self.queue_invitation(&*write, by, &row, role).await?;
        self.commit(write).await?;
        Ok(InvitationEquipe::Envoyee)
    }

    /// Queues an invitation. Its validity starts when its mail is handed over.
    async fn queue_invitation(
        &self,
        db: &impl ConnectionTrait,
        by: &Administrateur,
        row: &gestionnaire::Model,
        role: Role,
    ) -> Result<(), BackendError> {
        let now = self.now();
        jetons::revoke(db, Usage::Invitation, row.id, now).await?;
        let jeton_id = self.issue_link(db, Usage::Invitation, row.id).await?;
        invitations::keep(db, &jeton_id, Some(role), None, Some(by.id)).await?;
        let courriel = NouveauCourriel {
            gestionnaire_id: Some(row.id),
            jeton_id: Some(jeton_id),
            ..self.mail(Genre::Invitation, self.hide(&row.courriel_cle))
        };
        self.queue(db, courriel).await?;
        self.note_of_team(db, by, Action::Invitation, row.id, "role").await
    }

    async fn note_of_team(
        &self,
        db: &impl ConnectionTrait,
        by: &Administrateur,
        action: Action,
        member: i64,
        champ: &str,
    ) -> Result<(), BackendError> {
        let who = Acteur::Gestionnaire(member).code();
        journal::write(db, self.now(), Acteur::Gestionnaire(by.id), None, action, &[champ, &who]).await
    }
}

fn membre(row: gestionnaire::Model, me: i64) -> Result<Membre, BackendError> {
    Ok(Membre {
        id: row.id,
        role: gestionnaires::role(&row)?,
        etat: match (&row.mot_de_passe, row.desactive_le) {
            (_, Some(_)) => EtatMembre::Desactive,
            (None, None) => EtatMembre::Invite,
            (Some(_), None) => EtatMembre::Actif,
        },
        nom: row.nom,
        courriel: row.courriel,
        derniere_connexion: row.derniere_connexion,
        moi: row.id == me,
    })
}
