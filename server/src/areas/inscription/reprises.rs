use app::areas::acces::Lien;
use app::areas::inscription::{EnvoiLien, Reprise, Reprises};
use app::base::exchange::{Client, DraftKey};
use app::base::port::Reply;
use async_trait::async_trait;
use domain::onglet::Read;
use domain::valeurs::{AdresseCourriel, DateNaissance};
use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::compteurs::{Fenetre, Table};
use crate::persistence::courriels::{Genre, NouveauCourriel};
use crate::persistence::entities::{brouillon, jeton, reprise};
use crate::persistence::jetons::Etat;
use crate::persistence::{brouillons, compteurs, jetons, reprises};
use crate::security::limits::Action;
use crate::security::secrets::{at_rest, cookie_secret};
use crate::security::tokens::Usage;

#[async_trait]
impl Reprises for Backend {
    async fn send_link(&self, client: &Client, key: &DraftKey) -> Reply<EnvoiLien> {
        let now = self.now();
        self.limits.count(&self.db, now, Action::Token, client).await?;
        let write = self.db.begin().await?;
        let row = brouillons::find_locked(&*write, &at_rest(&key.0)).await?;
        let Some(row) = row.filter(|row| self.is_open(row)) else { return Ok(EnvoiLien::BrouillonAbsent) };
        let Some(courriel) = draft_courriel(&row)? else { return Ok(EnvoiLien::SansAdresse) };
        if self.draft_birth_date(&row)?.is_none() {
            return Ok(EnvoiLien::SansDate);
        }
        let fenetre = Fenetre { max: (self.limits.quotas.mails_per_day - 1).max(1), length: DAY };
        // The count is per draft: the person who holds its key may see the refusal.
        match compteurs::count(&*write, Table::Durable, &format!("lien:{}", row.cle_hash), now, fenetre).await {
            Err(BackendError::TooMany { .. }) => return Ok(EnvoiLien::TropDeCourriels),
            counted => counted?,
        }
        let destinataire = self.hide(courriel.cle());
        let retenu = !compteurs::may_send(&*write, "reprise", &destinataire, &client.0, now, fenetre).await?;
        let jeton_id = self.issue_link(&*write, Usage::Reprise, 0).await?;
        reprises::issue(&*write, &jeton_id, &row.cle_hash, &destinataire).await?;
        let mail = NouveauCourriel { jeton_id: Some(jeton_id), retenu, ..self.mail(Genre::Reprise, destinataire) };
        self.queue(&*write, mail).await?;
        self.commit(write).await?;
        Ok(EnvoiLien::Envoye)
    }

    async fn open(&self, token: &str) -> Reply<Lien<()>> {
        Ok(match self.reprise_link(self.db.connection(), token).await? {
            Lien::Vivant(_) => Lien::Vivant(()),
            Lien::Inconnu => Lien::Inconnu,
            Lien::Expire | Lien::Utilise => Lien::Expire,
        })
    }

    async fn resume(&self, client: &Client, token: &str, date_naissance: &str) -> Reply<Reprise> {
        let now = self.now();
        self.limits.count(&self.db, now, Action::Token, client).await?;
        let write = self.db.begin().await?;
        let Lien::Vivant(vivante) = self.reprise_link(&*write, token).await? else { return Ok(Reprise::LienMort) };
        let contexte = self.contexte(brouillons::cas(&vivante.brouillon)?);
        let Ok(date_naissance) = DateNaissance::read(date_naissance, &contexte) else { return Ok(Reprise::Illisible) };
        let jeton_id = &vivante.jeton.id;
        // Locks the draft first, as all other code does. Otherwise an erasure and a resumption could block each other.
        let brouillon = brouillons::find_locked(&*write, &vivante.brouillon.cle_hash).await?;
        let Some(brouillon) = brouillon.filter(|row| self.is_open(row)) else { return Ok(Reprise::LienMort) };
        if !reprises::take_try(&*write, jeton_id).await? {
            return Ok(Reprise::LienMort);
        }
        let outcome = if date_naissance == vivante.date_naissance {
            reprises::give_back(&*write, jeton_id).await?;
            let key = cookie_secret(&*self.random);
            reprises::add_key(&*write, at_rest(&key), &brouillon.cle_hash, now).await?;
            Reprise::Ouverte(DraftKey(key))
        } else {
            let used = reprises::find(&*write, jeton_id).await?.map_or(reprises::ESSAIS_MAX, |row| row.essais);
            match u32::try_from(reprises::ESSAIS_MAX - used) {
                Ok(restants) if restants > 0 => Reprise::Fausse { restants },
                _ => Reprise::LienMort,
            }
        };
        write.commit().await?;
        Ok(outcome)
    }
}

/// A valid link, and what is needed to open its draft.
struct Vivante {
    jeton: jeton::Model,
    brouillon: brouillon::Model,
    date_naissance: DateNaissance,
}

impl Backend {
    async fn reprise_link(&self, db: &impl ConnectionTrait, token: &str) -> Result<Lien<Vivante>, BackendError> {
        let Some(jeton) = self.jeton(db, Usage::Reprise, token).await? else { return Ok(Lien::Inconnu) };
        if jetons::etat(&jeton, self.validity(Usage::Reprise), self.now()) != Etat::Vivant {
            return Ok(Lien::Expire);
        }
        // The row of the link is deleted with its draft.
        let reprise = reprises::find(db, &jeton.id).await?.filter(|row| row.essais < reprises::ESSAIS_MAX);
        let Some(reprise) = reprise else { return Ok(Lien::Expire) };
        let Some((brouillon, _)) = self.resumable(db, &reprise).await? else { return Ok(Lien::Expire) };
        Ok(match self.draft_birth_date(&brouillon)? {
            Some(date_naissance) => Lien::Vivant(Vivante { jeton, brouillon, date_naissance }),
            None => Lien::Expire,
        })
    }

    /// The open draft of a link, and the address that the link was mailed to. `None` when the draft's address has
    /// changed since.
    pub(crate) async fn resumable(
        &self,
        db: &impl ConnectionTrait,
        reprise: &reprise::Model,
    ) -> Result<Option<(brouillon::Model, AdresseCourriel)>, BackendError> {
        let row = brouillons::find(db, &reprise.brouillon).await?.filter(|row| self.is_open(row));
        let Some(row) = row else { return Ok(None) };
        let courriel = draft_courriel(&row)?.filter(|courriel| self.hides(&reprise.destinataire_cle, courriel.cle()));
        Ok(courriel.map(|courriel| (row, courriel)))
    }

    fn draft_birth_date(&self, row: &brouillon::Model) -> Result<Option<DateNaissance>, BackendError> {
        let contexte = self.contexte(brouillons::cas(row)?);
        Ok(DateNaissance::read(&brouillons::read(row)?.identite.date_naissance, &contexte).ok())
    }
}

fn draft_courriel(row: &brouillon::Model) -> Result<Option<AdresseCourriel>, BackendError> {
    Ok(AdresseCourriel::parse(&brouillons::read(row)?.coordonnees.courriel))
}
