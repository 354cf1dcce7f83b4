use app::areas::gestion::motifs::{
    ApercuCourriel, EditionMotif, MotifEnregistre, MotifGere, MotifRefuse, MotifSaisi, Motifs,
};
use app::base::appelants::Gestionnaire;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::Reference;
use domain::instant::{jour, today};
use domain::motif::{Valeurs, render, unknown_variable};

use super::motif_brouillons;
use crate::areas::gestion::dossiers::mails::Refus;
use crate::backend::{Backend, plain_text};
use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::entities::{compte, motif};
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{comptes, journal, motifs};

/// The longest label, in characters.
const LIBELLE_MAX: usize = 100;
const TEXTE_MAX: usize = 4_000;

const RECENT: i64 = 90 * DAY;

/// The id under which the draft of a new motif is stored.
const NEW: i64 = 0;

#[async_trait]
impl Motifs for Backend {
    async fn all(&self, _: &Gestionnaire) -> Reply<Vec<MotifGere>> {
        let db = self.db.connection();
        let uses = motifs::uses(db, self.now() - RECENT).await?;
        let rows = motifs::current(db).await?;
        let used = |famille| uses.get(&famille).copied().unwrap_or_default();
        Ok(rows.into_iter().map(|row| (used(row.famille), row)).map(|(used, row)| gere(row, used)).collect())
    }

    async fn edit(&self, by: &Gestionnaire, id: Option<i64>) -> Reply<Option<EditionMotif>> {
        let db = self.db.connection();
        let motif = match id {
            Some(id) => match motifs::find_current(db, id).await? {
                Some(row) => {
                    let uses = motifs::uses(db, self.now() - RECENT).await?;
                    let used = uses.get(&row.famille).copied().unwrap_or_default();
                    Some(gere(row, used))
                }
                None => return Ok(None),
            },
            None => None,
        };
        let known = motif.as_ref().map(|row| MotifSaisi { libelle: row.libelle.clone(), texte: row.texte.clone() });
        let draft = motif_brouillons::find(db, by.id, id.unwrap_or(NEW)).await?;
        let brouillon = draft.is_some();
        let saisi = draft.or(known).unwrap_or_default();
        let refus = refusal(&saisi).filter(|_| brouillon);
        Ok(Some(EditionMotif { apercu: self.preview(&saisi.texte)?, motif, saisi, brouillon, refus }))
    }

    async fn keep(&self, by: &Gestionnaire, id: Option<i64>, saisi: &MotifSaisi) -> Reply<()> {
        let saisi = cut(saisi);
        let kept = motif_brouillons::put(self.db.connection(), by.id, id.unwrap_or(NEW), &saisi, self.now()).await;
        Ok(kept?)
    }

    async fn save(&self, by: &Gestionnaire, id: Option<i64>, saisi: &MotifSaisi) -> Reply<MotifEnregistre> {
        let saisi = cut(saisi);
        let now = self.now();
        let write = self.db.begin().await?;
        if refusal(&saisi).is_some() {
            motif_brouillons::put(&*write, by.id, id.unwrap_or(NEW), &saisi, now).await?;
            write.commit().await?;
            return Ok(MotifEnregistre::ARevoir);
        }
        let Some(written) = motifs::put(&*write, id, &saisi, now).await? else {
            return Ok(MotifEnregistre::Perime);
        };
        motif_brouillons::delete(&*write, by.id, id.unwrap_or(NEW)).await?;
        let action = if id.is_some() { Action::MotifModifie } else { Action::MotifCree };
        let acteur = Acteur::Gestionnaire(by.id);
        journal::write(&*write, now, acteur, None, action, &["libelle", "texte", &format!("motif:{written}")]).await?;
        write.commit().await?;
        Ok(MotifEnregistre::Fait)
    }

    async fn set_active(&self, by: &Gestionnaire, id: i64, actif: bool) -> Reply<bool> {
        let write = self.db.begin().await?;
        if !motifs::set_active(&*write, id, actif).await? {
            return Ok(false);
        }
        let action = if actif { Action::MotifActive } else { Action::MotifDesactive };
        let champs = ["actif", &format!("motif:{id}")];
        journal::write(&*write, self.now(), Acteur::Gestionnaire(by.id), None, action, &champs).await?;
        write.commit().await?;
        Ok(true)
    }
}

impl Backend {
    /// The mail of a refusal with this text, to an invented person.
    fn preview(&self, texte: &str) -> Result<ApercuCourriel, BackendError> {
        let reference = Reference::new(0);
        let date = jour(today(self.now()));
        let prenom = "Camille";
        let motif = render(texte, &Valeurs { prenom, reference: &reference.to_string(), date: &date });
        let recours = &self.config.decisions.recours;
        let link = &self.url("/mon-compte");
        let courrier = Refus { prenom, reference, motif: &motif, message: "", recours, link }.courrier();
        let layout = |_| BackendError::Corrupt { table: "courriel.txt", column: "template" };
        Ok(ApercuCourriel { sujet: courrier.subject(), texte: courrier.text().map_err(layout)? })
    }
}

/// The text of a motif, filled in for the person of this account.
pub(crate) fn said_to(motif: &str, compte: &compte::Model) -> Result<String, BackendError> {
    let date = jour(today(compte.decidee_le.unwrap_or(compte.statut_depuis)));
    let reference = comptes::reference(compte)?.to_string();
    Ok(render(motif, &Valeurs { prenom: &compte.prenom, reference: &reference, date: &date }))
}

fn refusal(saisi: &MotifSaisi) -> Option<MotifRefuse> {
    if saisi.libelle.is_empty() || saisi.libelle.contains('\n') || saisi.libelle.chars().count() > LIBELLE_MAX {
        return Some(MotifRefuse::Libelle);
    }
    if saisi.texte.is_empty() || saisi.texte.chars().count() > TEXTE_MAX {
        return Some(MotifRefuse::Texte);
    }
    unknown_variable(&saisi.texte).map(|name| MotifRefuse::Variable(name.to_owned()))
}

/// Keeps the text as typed, without control characters, cut at twice the allowed length: longer texts come from no
/// form.
fn cut(saisi: &MotifSaisi) -> MotifSaisi {
    MotifSaisi { libelle: plain_text(&saisi.libelle, 2 * LIBELLE_MAX), texte: plain_text(&saisi.texte, 2 * TEXTE_MAX) }
}

fn gere(row: motif::Model, (utilisations, recentes): (u64, u64)) -> MotifGere {
    MotifGere { id: row.id, libelle: row.libelle, texte: row.texte, actif: row.actif, utilisations, recentes }
}
