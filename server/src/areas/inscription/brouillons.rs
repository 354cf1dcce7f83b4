use app::areas::inscription::Brouillons;
use app::base::exchange::{Client, DraftKey};
use app::base::port::Reply;
use async_trait::async_trait;
use domain::collectivite::Collectivite;
use domain::saisie::{Ecriture, Ecritures};
use domain::{Brouillon, BrouillonEnCours, Cas, Etape, instant};
use sea_orm::{ConnectionTrait, NotSet, Set, Unchanged};

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::entities::brouillon::{ActiveModel, Model};
use crate::persistence::{annuaire, brouillons};
use crate::security::limits;
use crate::security::secrets::{at_rest, cookie_secret};

/// The longest text stored for a field, in characters: much longer than any field accepts.
const TEXT_MAX: usize = 2_000;

#[async_trait]
impl Brouillons for Backend {
    async fn current(&self, key: &DraftKey) -> Reply<Option<BrouillonEnCours>> {
        let row = brouillons::find(self.db.connection(), &at_rest(&key.0)).await?;
        match row.filter(|row| self.is_open(row)) {
            Some(row) => Ok(Some(self.en_cours(self.db.connection(), &row).await?)),
            None => Ok(None),
        }
    }

    async fn start(&self, client: &Client, key: Option<&DraftKey>, cas: Cas) -> Reply<DraftKey> {
        if let Some(key) = key {
            let changed = self.change(key, |row| {
                row.cas = Set(cas.code().to_owned());
                Ok(())
            });
            if changed.await?.is_some() {
                return Ok(key.clone());
            }
        }
        self.limits.count(&self.db, self.now(), limits::Action::Draft, client).await?;
        let key = cookie_secret(&*self.random);
        let write = self.db.begin().await?;
        brouillons::insert(&*write, at_rest(&key), cas, None, &Brouillon::default(), self.now()).await?;
        write.commit().await?;
        Ok(DraftKey(key))
    }

    async fn choose_collectivite(&self, key: &DraftKey, collectivite: &Collectivite) -> Reply<bool> {
        let Some(id) = annuaire::id_of(self.db.connection(), &collectivite.cle).await? else { return Ok(false) };
        let changed = self.change(key, |row| {
            row.collectivite_id = Set(Some(id));
            Ok(())
        });
        Ok(changed.await?.is_some())
    }

    async fn save(
        &self,
        key: &DraftKey,
        etape: Etape,
        fields: &[(String, String)],
        ecriture: Option<&Ecriture>,
        visited: bool,
    ) -> Reply<Option<BrouillonEnCours>> {
        let changed = self.change(key, |row| {
            let mut brouillon = match &row.contenu {
                Unchanged(contenu) | Set(contenu) => brouillons::read_text(contenu)?,
                NotSet => Default::default(),
            };
            let newest = match (ecriture, &row.ecritures) {
                (Some(ecriture), Unchanged(known) | Set(known)) => {
                    let mut known = Ecritures::parse(known);
                    let newest = known.accept(etape, ecriture);
                    row.ecritures = Set(known.to_string());
                    newest
                }
                _ => true,
            };
            let onglet = brouillon.onglet_mut(etape);
            for (name, raw) in fields.iter().filter(|_| newest) {
                if let Some(at) = onglet.position(name) {
                    onglet.set(at, cut(raw));
                }
            }
            if visited {
                brouillon.visites.insert(etape);
            }
            row.contenu = Set(brouillons::write(&brouillon)?);
            Ok(())
        });
        Ok(changed.await?)
    }

    async fn reopen(
        &self,
        client: &Client,
        cas: Cas,
        collectivite: Option<&Collectivite>,
        brouillon: &Brouillon,
    ) -> Reply<(DraftKey, BrouillonEnCours)> {
        self.limits.count(&self.db, self.now(), limits::Action::Draft, client).await?;
        let mut brouillon = brouillon.clone();
        for etape in Etape::ALL {
            let onglet = brouillon.onglet_mut(etape);
            for at in 0..onglet.specs().len() {
                onglet.set(at, cut(onglet.get(at)));
            }
        }
        let key = cookie_secret(&*self.random);
        let write = self.db.begin().await?;
        let collectivite_id = match collectivite {
            Some(collectivite) => annuaire::id_of(&*write, &collectivite.cle).await?,
            None => None,
        };
        let row = brouillons::insert(&*write, at_rest(&key), cas, collectivite_id, &brouillon, self.now()).await?;
        let en_cours = self.en_cours(&*write, &row).await?;
        write.commit().await?;
        Ok((DraftKey(key), en_cours))
    }

    async fn erase(&self, key: &DraftKey) -> Reply<()> {
        Ok(brouillons::delete(self.db.connection(), &at_rest(&key.0)).await?)
    }
}

impl Backend {
    /// Changes the draft of a key, under a lock. `None` when the draft is deleted or was sent.
    async fn change(
        &self,
        key: &DraftKey,
        change: impl FnOnce(&mut ActiveModel) -> Result<(), BackendError> + Send,
    ) -> Result<Option<BrouillonEnCours>, BackendError> {
        let write = self.db.begin().await?;
        let row = brouillons::find_locked(&*write, &at_rest(&key.0)).await?;
        let Some(row) = row.filter(|row| self.is_open(row)) else { return Ok(None) };
        let mut row = ActiveModel::from(row);
        change(&mut row)?;
        row.modifie_le = Set(self.now());
        let row = brouillons::update(&*write, row).await?;
        let en_cours = self.en_cours(&*write, &row).await?;
        write.commit().await?;
        Ok(Some(en_cours))
    }

    /// Whether the draft is neither sent nor too old.
    pub(crate) fn is_open(&self, row: &Model) -> bool {
        row.compte_id.is_none() && self.now() < row.modifie_le + self.draft_kept()
    }

    async fn en_cours(&self, db: &impl ConnectionTrait, row: &Model) -> Result<BrouillonEnCours, BackendError> {
        let collectivite = match row.collectivite_id {
            Some(id) => annuaire::find(db, id).await?,
            None => None,
        };
        Ok(BrouillonEnCours {
            cas: brouillons::cas(row)?,
            collectivite,
            brouillon: brouillons::read(row)?,
            today: self.today(),
            fin: instant::jour_et_mois(instant::today(row.modifie_le + self.draft_kept())),
        })
    }
}

/// Cuts a text at the longest length stored.
pub(crate) fn cut(raw: &str) -> String {
    raw.chars().take(TEXT_MAX).collect()
}
