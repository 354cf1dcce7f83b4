use app::areas::inscription::{DemandeEnvoyee, Envoi, Inscriptions, Renvoi};
use app::base::exchange::{Client, DraftKey};
use app::base::port::Reply;
use async_trait::async_trait;
use domain::compte::Statut;
use domain::valeurs::AdresseCourriel;
use domain::{Demande, Reference};
use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::compteurs::{Fenetre, Table};
use crate::persistence::courriels::Genre;
use crate::persistence::entities::{brouillon, compte};
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{annuaire, brouillons, comptes, compteurs, courriels, jetons, journal};
use crate::security::limits;
use crate::security::secrets::at_rest;
use crate::security::tokens::Usage;

#[async_trait]
impl Inscriptions for Backend {
    async fn submit(&self, client: &Client, key: &DraftKey) -> Reply<Envoi> {
        let cle_hash = at_rest(&key.0);
        // A first read, outside the transaction. A draft that cannot be sent is not counted, and a draft already sent
        // is not counted twice.
        let db = self.db.connection();
        let Some(row) = brouillons::find(db, &cle_hash).await? else { return Ok(Envoi::BrouillonAbsent) };
        if let Err(envoi) = self.readable(db, &row).await? {
            return Ok(envoi);
        }
        let now = self.now();
        self.limits.count(&self.db, now, limits::Action::Signup, client).await?;

        let write = self.db.begin().await?;
        let Some(row) = brouillons::find_locked(&*write, &cle_hash).await? else { return Ok(Envoi::BrouillonAbsent) };
        let (demande, collectivite_id) = match self.readable(&*write, &row).await? {
            Ok(read) => read,
            Err(envoi) => return Ok(envoi),
        };
        let retenu = !self.may_mail(&*write, demande.coordonnees.courriel.cle(), client).await?;
        let reference = self.free_reference(&*write).await?;
        let compte = comptes::insert(&*write, demande, reference, collectivite_id, None, now).await?;
        journal::write(&*write, now, Acteur::Personne, Some(compte.id), Action::Envoi, &[]).await?;
        self.queue_activation(&*write, &compte, retenu).await?;
        brouillons::sent(&*write, row, compte.id, now).await?;
        self.commit(write).await?;
        Ok(Envoi::Enregistre)
    }

    async fn sent(&self, key: &DraftKey) -> Reply<Option<DemandeEnvoyee>> {
        let Some(compte) = self.sent_account(key).await? else { return Ok(None) };
        let courriel = AdresseCourriel::parse(&compte.courriel)
            .ok_or(BackendError::Corrupt { table: "compte", column: "courriel" })?;
        Ok(Some(DemandeEnvoyee {
            reference: comptes::reference(&compte)?,
            courriel_masque: courriel.masked(),
            cas: comptes::cas(&compte)?,
            en_attente: comptes::statut(&compte)? == Statut::EnAttenteActivation,
            courriel: self.activation_suivie(self.db.connection(), compte.id).await?,
        }))
    }

    async fn resend(&self, client: &Client, key: &DraftKey) -> Reply<Renvoi> {
        Ok(self.send_again(client, key, None).await?)
    }

    async fn correct_address(&self, client: &Client, key: &DraftKey, courriel: &str) -> Reply<Renvoi> {
        match AdresseCourriel::parse(courriel) {
            Some(courriel) => Ok(self.send_again(client, key, Some(courriel)).await?),
            None => Ok(Renvoi::AdresseInvalide),
        }
    }
}

impl Backend {
    /// Parses every tab of a draft, and finds its employer. Otherwise returns the answer to give.
    async fn readable(
        &self,
        db: &impl ConnectionTrait,
        row: &brouillon::Model,
    ) -> Result<Result<(Demande, i64), Envoi>, BackendError> {
        if row.compte_id.is_some() {
            return Ok(Err(Envoi::Enregistre));
        }
        if !self.is_open(row) {
            return Ok(Err(Envoi::BrouillonAbsent));
        }
        let contexte = self.contexte(brouillons::cas(row)?);
        // Cas 1 has no public sign-up. The two other cas take the generic employer.
        let generic = match row.collectivite_id {
            Some(id) if contexte.cas != domain::Cas::ServiceRh => {
                annuaire::find(db, id).await?.filter(|chosen| chosen.is_generic()).map(|_| id)
            }
            _ => None,
        };
        let Some(collectivite_id) = generic else { return Ok(Err(Envoi::Incomplet(None))) };
        Ok(match brouillons::read(row)?.parse(&contexte) {
            Ok(demande) => Ok((demande, collectivite_id)),
            Err((etape, _)) => Err(Envoi::Incomplet(Some(etape))),
        })
    }

    async fn sent_account(&self, key: &DraftKey) -> Result<Option<compte::Model>, BackendError> {
        let row = brouillons::find(self.db.connection(), &at_rest(&key.0)).await?;
        match row.and_then(|row| row.compte_id) {
            Some(id) => comptes::find(self.db.connection(), id).await,
            None => Ok(None),
        }
    }

    /// Sends a new link, to the same address or to a corrected one. If the address did not change, the former link
    /// stays valid.
    async fn send_again(
        &self,
        client: &Client,
        key: &DraftKey,
        corrected: Option<AdresseCourriel>,
    ) -> Result<Renvoi, BackendError> {
        let now = self.now();
        let Some(compte) = self.sent_account(key).await? else { return Ok(Renvoi::SansObjet) };
        self.limits.count(&self.db, now, limits::Action::Signup, client).await?;

        let write = self.db.begin().await?;
        let Some(mut compte) = comptes::find_locked(&*write, compte.id).await? else { return Ok(Renvoi::SansObjet) };
        if comptes::statut(&compte)? != Statut::EnAttenteActivation {
            return Ok(Renvoi::SansObjet);
        }
        let corrected = corrected.filter(|courriel| courriel.cle() != compte.courriel_cle);
        let action = if corrected.is_some() { Action::CorrectionAdresse } else { Action::Renvoi };
        if let Some(courriel) = corrected {
            jetons::revoke(&*write, Usage::Activation, compte.id, now).await?;
            if !comptes::correct_address(&*write, compte.id, &courriel).await? {
                return Ok(Renvoi::SansObjet);
            }
            compte.courriel_cle = courriel.cle().to_owned();
            compte.courriel = courriel.to_string();
        }
        // The person pressed the button several times. The mail about to leave is enough.
        if action == Action::Renvoi && courriels::is_waiting(&*write, compte.id, Genre::Activation).await? {
            return Ok(Renvoi::Envoye);
        }
        // The count is per request: the person who holds its key may see the refusal.
        let own = Fenetre { max: (self.limits.quotas.mails_per_day - 1).max(1), length: DAY };
        match compteurs::count(&*write, Table::Durable, &format!("renvoi:{}", compte.id), now, own).await {
            Err(BackendError::TooMany { .. }) => return Ok(Renvoi::TropDeCourriels),
            counted => counted?,
        }
        let retenu = !self.may_mail(&*write, &compte.courriel_cle, client).await?;
        let champs: &[&str] = if action == Action::CorrectionAdresse { &["courriel"] } else { &[] };
        journal::write(&*write, now, Acteur::Personne, Some(compte.id), action, champs).await?;
        self.queue_activation(&*write, &compte, retenu).await?;
        self.commit(write).await?;
        Ok(Renvoi::Envoye)
    }

    /// Counts one more activation mail to this address, known or not. Says whether the mail may leave.
    pub(crate) async fn may_mail(
        &self,
        db: &impl ConnectionTrait,
        courriel_cle: &str,
        client: &Client,
    ) -> Result<bool, BackendError> {
        let fenetre = Fenetre { max: self.limits.quotas.mails_per_day, length: DAY };
        compteurs::may_send(db, "courriel", &self.hide(courriel_cle), &client.0, self.now(), fenetre).await
    }

    pub(crate) async fn queue_activation(
        &self,
        db: &impl ConnectionTrait,
        compte: &compte::Model,
        retenu: bool,
    ) -> Result<(), BackendError> {
        let jeton_id = self.issue_link(db, Usage::Activation, compte.id).await?;
        self.queue_or_retain(db, Genre::Activation, compte, Some(jeton_id), retenu).await
    }

    pub(crate) async fn free_reference(&self, db: &impl ConnectionTrait) -> Result<Reference, BackendError> {
        loop {
            let reference = Reference::new(self.random.u64());
            if comptes::by_reference(db, reference).await?.is_none() {
                return Ok(reference);
            }
        }
    }
}
