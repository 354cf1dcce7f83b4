use app::areas::acces::Lien;
use app::areas::compte::Suivis;
use app::base::exchange::Client;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::Reference;
use domain::instant::Millis;
use domain::suivi::{Aller, Suivi};
use sea_orm::ConnectionTrait;

use crate::backend::{Backend, courriel_cle};
use crate::clock::CLOCKS_APART;
use crate::error::BackendError;
use crate::persistence::courriels::Genre;
use crate::persistence::entities::compte;
use crate::persistence::{comptes, corrections, presentations};
use crate::security::limits::Action;
use crate::security::tokens::Usage;

#[async_trait]
impl Suivis for Backend {
    async fn find(&self, client: &Client, reference: &str, courriel: &str) -> Reply<Option<String>> {
        self.limits.count(&self.db, self.now(), Action::Token, client).await?;
        let Ok(reference) = reference.parse() else { return Ok(None) };
        let db = self.db.connection();
        let Some(row) = comptes::by_reference(db, reference).await? else { return Ok(None) };
        // For a presented request, only the presented address is accepted. The service formation knows the
        // reference, and could otherwise test here which address its agent has now.
        let address = match row.presentee_par {
            Some(_) => presentations::courriel(db, row.id).await?.map(|presented| courriel_cle(&presented)),
            None => Some(row.courriel_cle),
        };
        let known = address == Some(courriel_cle(courriel));
        Ok(known.then(|| self.follow_up_token(reference)))
    }

    async fn look(&self, token: &str) -> Reply<Lien<Suivi>> {
        Ok(match self.followed(token).await? {
            Lien::Vivant(row) => Lien::Vivant(self.suivi(self.db.connection(), &row).await?.for_anybody()),
            Lien::Expire => Lien::Expire,
            Lien::Utilise | Lien::Inconnu => Lien::Inconnu,
        })
    }

    async fn resend(&self, client: &Client, token: &str) -> Reply<()> {
        self.limits.count(&self.db, self.now(), Action::Token, client).await?;
        let Lien::Vivant(row) = self.followed(token).await? else { return Ok(()) };
        Ok(self.renew_activation(row.id, client).await?)
    }
}

impl Backend {
    /// Makes a token of the request and the time. Nothing is stored: the secret key signs the token.
    pub(crate) fn follow_up_token(&self, reference: Reference) -> String {
        let id = format!("{}-{}", reference.to_string().replace('-', ""), self.now());
        self.key.token(Usage::Suivi, &id)
    }

    async fn followed(&self, token: &str) -> Result<Lien<compte::Model>, BackendError> {
        let Some((reference, issued)) = self.key.verify(Usage::Suivi, token).as_deref().and_then(read_id) else {
            return Ok(Lien::Inconnu);
        };
        let valid = issued - CLOCKS_APART..issued + self.validity(Usage::Suivi);
        if !valid.contains(&self.now()) {
            return Ok(Lien::Expire);
        }
        let row = comptes::by_reference(self.db.connection(), reference).await?;
        Ok(row.map_or(Lien::Inconnu, Lien::Vivant))
    }

    pub(crate) async fn suivi(&self, db: &impl ConnectionTrait, row: &compte::Model) -> Result<Suivi, BackendError> {
        let asked = corrections::of_account(db, row.id).await?;
        let mut courriels = self.courriels_suivis(db, row.id).await?;
        if row.activee_le.is_none() {
            // The reminder is left out, because anyone who typed the address sees this. An address with an account gets
            // no reminder, so its absence would reveal the account.
            courriels.retain(|courriel| courriel.quoi != Genre::Rappel.label());
        }
        let suivi = Suivi {
            reference: comptes::reference(row)?,
            statut: comptes::statut(row)?,
            depuis: row.statut_depuis,
            envoyee_le: row.envoyee_le,
            activee_le: row.activee_le,
            corrections: asked
                .into_iter()
                .map(|correction| Aller {
                    relecture: correction.relecture,
                    demandee_le: correction.demandee_le,
                    renvoyee_le: correction.renvoyee_le,
                })
                .collect(),
            decidee_le: row.decidee_le,
            courriels,
            delais: None,
        };
        Ok(match suivi.is_awaited() {
            true => Suivi { delais: self.usual_delay().await?, ..suivi },
            false => suivi,
        })
    }
}

fn read_id(id: &str) -> Option<(Reference, Millis)> {
    let (reference, issued) = id.split_once('-')?;
    Some((reference.parse().ok()?, issued.parse().ok()?))
}
