//! The préinscriptions of a session, as the gestionnaires decide them.

use async_trait::async_trait;
use domain::formation::{Cause, EtatPreinscription};
use domain::instant::Millis;
use domain::{Cas, ReferencePreinscription, codes};
use serde::{Deserialize, Serialize};

use crate::areas::formations::Presse;
use crate::base::appelants::Gestionnaire;
use crate::base::port::Reply;

codes! {
    /// Why the machine offers no freed place.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum SilenceListe {
        Personne = "personne", "Personne n’attend.";
        PasDePlace = "place", "Aucune place n’est libre.";
        NonPubliee = "publiee", "La session n’est pas publiée.";
        ALaMain = "main", "Les places libérées s’attribuent à la main.";
        Heure = "heure", "Les offres partent du lundi au samedi, de 8\u{a0}h à 20\u{a0}h, hors jours fériés.";
        TropTard = "tard", "La première séance est trop proche pour une offre\u{a0}: appelez les personnes, dans l’ordre.";
        Horloge = "horloge", "L’horloge du service est en retard\u{a0}: elle marque une heure d’avant la publication de cette session.";
        TousSautes = "sautes", "Personne dans la liste ne peut prendre de place maintenant.";
        CourrielsEnPause = "courriels", "L’envoi des courriels est suspendu\u{a0}: les offres partiront à la reprise.";
    }
}

codes! {
    /// What a gestionnaire does to préinscriptions.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Geste {
        Retenir = "retenir", "Retenir";
        MettreEnAttente = "attente", "Mettre en liste d’attente";
        Refuser = "refuser", "Refuser";
        /// The service formation said yes, and the gestionnaire records it.
        AvisFavorable = "avis-favorable", "Avis favorable";
        AvisDefavorable = "avis-defavorable", "Avis défavorable";
        Annuler = "annuler", "Annuler la préinscription";
        /// A refusal is taken back.
        Reprendre = "reprendre", "Reprendre la préinscription";
    }
}

impl Geste {
    /// Whether it needs a motive of the library.
    pub fn needs_a_motive(self) -> bool {
        matches!(self, Self::Refuser | Self::Annuler)
    }

    /// Whether it hurts the person.
    pub fn is_grave(self) -> bool {
        matches!(self, Self::Refuser | Self::Annuler | Self::AvisDefavorable)
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LignePreinscription {
    pub id: i64,
    pub version: i64,
    pub reference: ReferencePreinscription,
    pub rang: i64,
    pub compte_id: i64,
    pub nom: String,
    pub cas: Cas,
    pub etat: EtatPreinscription,
    pub cause: Option<Cause>,
    pub creee_le: Millis,
    pub attentes: String,
    /// The end of its offer, once the mail was handed over.
    pub offre_fin: Option<Millis>,
    /// Another row of this session has the same folded name and birth date.
    pub meme_personne: bool,
    pub non_remise: bool,
    pub suspendue: bool,
}

/// The session above its list: what can be said of it in one line, and its figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnTeteSession {
    pub id: i64,
    pub adresse: String,
    pub intitule: String,
    pub etat: String,
    pub places: i64,
    pub retenues: i64,
    pub proposees: i64,
    pub attente: i64,
    pub examen: i64,
    pub avis: i64,
    /// Why no offer is out though a place is free and somebody waits. `None` when there is nothing to say.
    pub silence: Option<SilenceListe>,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListePreinscriptions {
    pub session: EnTeteSession,
    pub lignes: Vec<LignePreinscription>,
    /// The rang after which the next page begins.
    pub suivante: Option<i64>,
    pub maintenant: Millis,
}

codes! {
    /// Why a row is left out of a bulk.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Exclusion {
        /// It is not in a state from which this is done.
        Etat = "etat", "n’est pas dans un état qui le permet.";
        PlusDePlace = "place", "n’a pas pu être retenue\u{a0}: il n’y avait plus de place.";
        /// The account holds a place at the same time.
        Chevauche = "date", "a déjà une place ailleurs à la même date.";
        Suspendue = "suspendue", "a un compte suspendu.";
        /// The account has another active préinscription to this session.
        Autre = "autre", "a une autre préinscription à cette session.";
        /// Its person, or a colleague, cancelled it since the page was shown.
        Annulee = "annulee", "a annulé entre-temps\u{a0}: sa ligne n’a pas changé.";
        Change = "change", "a changé entre-temps\u{a0}: sa ligne est restée ainsi.";
    }
}

/// A row of a bulk that is only tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Essayee {
    pub ligne: LignePreinscription,
    pub exclusion: Option<Exclusion>,
}

/// How a bulk ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lot {
    Fait {
        /// Its name, by which it is taken back. Empty when its mails have left.
        lot: String,
        faites: u32,
        /// The rows that could not be done, and why.
        exclues: Vec<(i64, Exclusion)>,
    },
    MotifManquant,
    /// « Accord recueilli » was not ticked.
    AccordManquant,
    Absente,
}

/// What a bulk does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deliberation {
    pub geste: Geste,
    /// The rows with the version that was shown.
    pub lignes: Vec<(i64, i64)>,
    pub motif: Option<i64>,
    /// What the service formation said, with an unfavourable avis.
    pub observation: String,
    /// The persons in the waiting list said yes.
    pub accord: bool,
}

#[async_trait]
pub trait Inscrits: Send + Sync {
    /// 50 at most, by rang; of these states, or of all when there is none.
    async fn list(
        &self,
        by: &Gestionnaire,
        session_id: i64,
        etats: &[EtatPreinscription],
        after: i64,
    ) -> Reply<Option<ListePreinscriptions>>;
    /// What would become of these rows. Nothing is written.
    async fn simulate(&self, by: &Gestionnaire, session_id: i64, geste: Geste, ids: &[i64]) -> Reply<Vec<Essayee>>;
    /// The first so many who wait for an examination, by rang, then those of the list.
    async fn first(&self, by: &Gestionnaire, session_id: i64, count: u32) -> Reply<Vec<i64>>;
    /// The names of these rows of a session: id and name.
    async fn named(&self, by: &Gestionnaire, session_id: i64, ids: &[i64]) -> Reply<Vec<(i64, String)>>;
    /// Does it to each row that can take it, in one transaction. The others are told apart.
    async fn deliberate(&self, by: &Gestionnaire, session_id: i64, what: &Deliberation) -> Reply<Lot>;
    /// Takes back a lot, but for the rows that moved since. Gives how many were taken back, and the rows that were not.
    async fn take_back(&self, by: &Gestionnaire, lot: &str) -> Reply<(u32, Vec<i64>)>;
    /// Pre-registers an account, saying why.
    async fn press_for(&self, by: &Gestionnaire, session_id: i64, compte: &str, raison: &str) -> Reply<Presse>;
}
