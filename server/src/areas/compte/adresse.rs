//! Changes the address of an active account (E13). Nothing changes before the new mailbox confirms. The former mailbox
//! can undo the change for a week, whatever happened to the account meanwhile.

use app::areas::acces::Lien;
use app::areas::compte::{AdresseVue, ChangementsAdresse, EnvoiConfirmation, IssueAdresse};
use app::base::appelants::Formateur;
use app::base::exchange::{Client, ConnexionToken};
use app::base::port::Reply;
use async_trait::async_trait;
use domain::compte::Statut;
use domain::valeurs::AdresseCourriel;
use sea_orm::ConnectionTrait;

use crate::areas::acces::{Preuve, RESETS};
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::compteurs::Table;
use crate::persistence::courriels::{Genre, NouveauCourriel};
use crate::persistence::entities::changement_adresse::Model;
use crate::persistence::entities::{compte, jeton};
use crate::persistence::jetons::Etat;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{changements_adresse, comptes, compteurs, connexions, identifiants, jetons, journal};
use crate::security::limits;
use crate::security::secrets::at_rest;
use crate::security::tokens::Usage;

#[async_trait]
impl ChangementsAdresse for Backend {
    async fn ask_address(
        &self,
        client: &Client,
        who: &Formateur,
        password: &str,
        courriel: &str,
    ) -> Reply<EnvoiConfirmation> {
        let now = self.now();
        self.limits.count(&self.db, now, limits::Action::Reset, client).await?;
        let db = self.db.connection();
        let Some(compte) = comptes::find(db, who.compte_id).await? else { return Ok(EnvoiConfirmation::SansObjet) };
        if comptes::statut(&compte)? != Statut::Actif {
            return Ok(EnvoiConfirmation::SansObjet);
        }
        let Some(courriel) = AdresseCourriel::parse(courriel) else { return Ok(EnvoiConfirmation::AdresseInvalide) };
        if courriel.cle() == compte.courriel_cle {
            return Ok(EnvoiConfirmation::MemeAdresse);
        }
        let proved = match self.prove_again(client, &compte, password).await? {
            Preuve::Faite(proved) => proved,
            Preuve::Fausse => return Ok(EnvoiConfirmation::MotDePasseFaux),
            Preuve::Retardee { minutes } => return Ok(EnvoiConfirmation::Retardee { minutes }),
        };

        let write = self.db.begin().await?;
        let Some(compte) = comptes::find_locked(&*write, compte.id).await? else {
            return Ok(EnvoiConfirmation::SansObjet);
        };
        if comptes::statut(&compte)? != Statut::Actif {
            return Ok(EnvoiConfirmation::SansObjet);
        }
        if !identifiants::confirm(&*write, &compte.courriel_cle, &proved, &proved).await? {
            return Ok(EnvoiConfirmation::MotDePasseFaux);
        }
        // This count is per account, and its person may see the refusal. The count by address is hidden: it includes
        // what others asked for.
        match compteurs::count(&*write, Table::Durable, &compteurs::change_key(compte.id), now, RESETS).await {
            Err(BackendError::TooMany { seconds }) => {
                return Ok(EnvoiConfirmation::TropDeChangements { minutes: seconds.div_ceil(60) });
            }
            counted => counted?,
        }
        let (destinataire, asker) = (self.hide(courriel.cle()), format!("compte:{}", compte.id));
        let retenu = !compteurs::may_send(&*write, "changement_vers", &destinataire, &asker, now, RESETS).await?;
        // Only the newest change can be confirmed.
        changements_adresse::revoke_from(&*write, Usage::Adresse, compte.id, 0, now).await?;
        let change = changements_adresse::insert(&*write, &compte, &courriel, now).await?;
        let acteur = Acteur::Personne;
        journal::write(&*write, now, acteur, Some(compte.id), Action::ChangementAdresseDemande, &["courriel"]).await?;
        self.queue_change(&*write, Usage::Adresse, Genre::Adresse, &change, retenu).await?;
        self.commit(write).await?;
        Ok(EnvoiConfirmation::Envoyee)
    }

    async fn open_address(&self, token: &str) -> Reply<Lien<AdresseVue>> {
        let db = self.db.connection();
        Ok(match self.address_link(db, token).await? {
            Lien::Vivant((Usage::Adresse, _, change)) => {
                let connue = identifiants::by_courriel(db, &change.nouveau_cle).await?.is_some();
                Lien::Vivant(AdresseVue::Confirmer { nouvelle: change.nouveau, connue })
            }
            Lien::Vivant((_, _, change)) => Lien::Vivant(AdresseVue::Annuler { ancienne: change.ancien }),
            Lien::Expire => Lien::Expire,
            Lien::Utilise => Lien::Utilise,
            Lien::Inconnu => Lien::Inconnu,
        })
    }

    async fn apply_address(
        &self,
        client: &Client,
        token: &str,
        connexion: Option<&ConnexionToken>,
    ) -> Reply<IssueAdresse> {
        let outcome = || async {
            self.limits.count(&self.db, self.now(), limits::Action::Token, client).await?;
            match self.key.verify(Usage::Adresse, token) {
                Some(_) => self.confirm_change(token, connexion).await,
                None => self.undo_change(token).await,
            }
        };
        let outcome = match self.retried(outcome).await {
            // The unique index decides which account has an address. The transaction wrote nothing.
            Err(error) if error.is_unique_violation() => Ok(IssueAdresse::Prise),
            outcome => outcome,
        };
        Ok(outcome?)
    }
}

impl Backend {
    /// Finds a link of either purpose: the purpose, the token and the change.
    async fn address_link(
        &self,
        db: &impl ConnectionTrait,
        token: &str,
    ) -> Result<Lien<(Usage, jeton::Model, Model)>, BackendError> {
        for usage in [Usage::Adresse, Usage::AdresseAnnulation] {
            let Some(jeton) = self.jeton(db, usage, token).await? else { continue };
            let Some(change) = changements_adresse::find(db, jeton.sujet_id).await? else { return Ok(Lien::Expire) };
            return Ok(match jetons::etat(&jeton, self.validity(usage), self.now()) {
                Etat::Vivant => Lien::Vivant((usage, jeton, change)),
                Etat::Utilise => Lien::Utilise,
                Etat::Expire | Etat::Revoque => Lien::Expire,
            });
        }
        Ok(Lien::Inconnu)
    }

    /// Confirms a change: the account and its credential move together.
    async fn confirm_change(
        &self,
        token: &str,
        connexion: Option<&ConnexionToken>,
    ) -> Result<IssueAdresse, BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        let Lien::Vivant((_, jeton, change)) = self.address_link(&*write, token).await? else {
            return Ok(IssueAdresse::LienMort);
        };
        let Some(compte) = comptes::find_locked(&*write, change.compte_id).await? else {
            return Ok(IssueAdresse::LienMort);
        };
        for cle in ordered(&change.ancien_cle, &change.nouveau_cle) {
            identifiants::lock(&*write, cle).await?;
        }
        if comptes::statut(&compte)? != Statut::Actif
            || compte.courriel_cle != change.ancien_cle
            || !jetons::consume(&*write, &jeton.id, now).await?
        {
            return Ok(IssueAdresse::LienMort);
        }
        comptes::move_to(&*write, compte.id, &change.nouveau, &change.nouveau_cle).await?;
        identifiants::follow(&*write, &change.ancien_cle, &change.nouveau_cle, now).await?;
        // Links sent to the former mailbox open nothing any more, except the one that undoes the change.
        jetons::revoke(&*write, Usage::Reinitialisation, compte.id, now).await?;
        let kept = connexion.map(|connexion| at_rest(&connexion.secret)).unwrap_or_default();
        connexions::close_others(&*write, connexions::Genre::Formateur, compte.id, &kept).await?;
        let acteur = Acteur::Personne;
        journal::write(&*write, now, acteur, Some(compte.id), Action::ChangementAdresse, &["courriel"]).await?;
        let usage = Usage::AdresseAnnulation;
        self.queue_change(&*write, usage, Genre::AdresseChangee, &change, false).await?;
        self.commit(write).await?;
        Ok(IssueAdresse::Changee)
    }

    /// Gives the account back to the former mailbox. All connexions close, and only the mailed link can set a password.
    /// No later change can be confirmed or undone.
    async fn undo_change(&self, token: &str) -> Result<IssueAdresse, BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        let Lien::Vivant((_, jeton, change)) = self.address_link(&*write, token).await? else {
            return Ok(IssueAdresse::LienMort);
        };
        let Some(compte) = comptes::find_locked(&*write, change.compte_id).await? else {
            return Ok(IssueAdresse::LienMort);
        };
        for cle in ordered(&change.ancien_cle, &compte.courriel_cle) {
            identifiants::lock(&*write, cle).await?;
        }
        if !comptes::statut(&compte)?.is_activated() || !jetons::consume(&*write, &jeton.id, now).await? {
            return Ok(IssueAdresse::LienMort);
        }
        comptes::move_to(&*write, compte.id, &change.ancien, &change.ancien_cle).await?;
        // The password that moved with the account is deleted. A service formation of the new address keeps its own.
        identifiants::delete(&*write, &compte.courriel_cle).await?;
        // Whoever changed the address knows the former password, and a service formation may still use it. So it stops
        // working.
        identifiants::disarm(&*write, &change.ancien_cle, now).await?;
        self.end_uses(&*write, &change.ancien_cle, "").await?;
        for usage in [Usage::Adresse, Usage::AdresseAnnulation] {
            changements_adresse::revoke_from(&*write, usage, compte.id, change.id, now).await?;
        }
        let acteur = Acteur::Personne;
        journal::write(&*write, now, acteur, Some(compte.id), Action::AnnulationAdresse, &["courriel"]).await?;
        let restored = compte::Model { courriel_cle: change.ancien_cle, courriel: change.ancien, ..compte };
        let jeton_id = self.issue_link(&*write, Usage::Reinitialisation, restored.id).await?;
        self.queue_for_compte(&*write, Genre::Reinitialisation, &restored, Some(jeton_id)).await?;
        self.commit(write).await?;
        Ok(IssueAdresse::Retablie)
    }

    async fn queue_change(
        &self,
        db: &impl ConnectionTrait,
        usage: Usage,
        genre: Genre,
        change: &Model,
        retenu: bool,
    ) -> Result<(), BackendError> {
        let jeton_id = self.issue_link(db, usage, change.id).await?;
        let courriel_cle = if usage == Usage::Adresse { &change.nouveau_cle } else { &change.ancien_cle };
        let courriel = NouveauCourriel {
            compte_id: Some(change.compte_id),
            jeton_id: Some(jeton_id),
            retenu,
            ..self.mail(genre, self.hide(courriel_cle))
        };
        self.queue(db, courriel).await?;
        Ok(())
    }
}

/// Locks two credentials in the order of their addresses.
fn ordered<'a>(one: &'a str, other: &'a str) -> [&'a str; 2] {
    if one <= other { [one, other] } else { [other, one] }
}
