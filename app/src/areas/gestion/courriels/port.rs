//! The outbox, as the gestionnaires see it.

use async_trait::async_trait;
use domain::instant::Millis;
use domain::{Reference, codes};
use serde::{Deserialize, Serialize};

use crate::areas::gestion::dossiers::port::EtatCourriel;
use crate::base::appelants::{Administrateur, Gestionnaire, Pause};
use crate::base::port::Reply;

codes! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum VoletCourriels {
        EnFile = "en-file", "En file";
        Differes = "differes", "Différés";
        Abandonnes = "abandonnes", "Abandonnés";
        /// In the last 7 days.
        Remis = "remis", "Remis depuis 7 jours";
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LigneCourriel {
    pub id: i64,
    pub quoi: String,
    /// The masked address. `None` if the address that the mail was meant for belongs to nobody here any more.
    pub destinataire: Option<String>,
    pub dossier: Option<(i64, Reference)>,
    /// When it was handed over; before that, when it was asked for.
    pub le: Millis,
    pub etat: EtatCourriel,
    /// Whether it may be put back into the queue once it is given up.
    pub renvoyable: bool,
    pub envois: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListeCourriels {
    pub volet: VoletCourriels,
    /// In the order of [`VoletCourriels::ALL`].
    pub compteurs: Vec<u64>,
    /// 50 at most, newest first.
    pub lignes: Vec<LigneCourriel>,
    /// The key of the next page.
    pub suivante: Option<i64>,
    pub pause: Option<Pause>,
}

#[async_trait]
pub trait Expedition: Send + Sync {
    async fn outbox_page(&self, by: &Gestionnaire, volet: VoletCourriels, apres: Option<i64>) -> Reply<ListeCourriels>;
    /// Puts a mail that was given up back into the queue; `false` when it was not, or no more.
    async fn requeue(&self, by: &Gestionnaire, id: i64) -> Reply<bool>;
    async fn pause(&self, by: &Administrateur) -> Reply<()>;
    async fn unpause(&self, by: &Gestionnaire) -> Reply<()>;
}
