//! What a server must offer the pages. Each port is an area; the pages know nothing else of the server.
//!
//! Expected outcomes are values. [`PortError`] is for the rest: it was logged where it happened, once.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::collectivite::Collectivite;
use crate::compte::Statut;
use crate::{Brouillon, Cas, Etape, Reference};

/// Why a port did not answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PortError {
    #[error("Trop de demandes : réessayez dans {seconds} secondes.")]
    TooMany { seconds: u32 },
    #[error("Le service est momentanément indisponible (incident {incident}).")]
    Unavailable { incident: String },
}

pub type Reply<T> = Result<T, PortError>;

/// An instant: milliseconds since 1970-01-01 UTC.
pub type Millis = i64;

/// The secret in the draft's cookie. Only its hash is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftKey(pub String);

/// The secret in the session's cookie. Only its hash is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionToken(pub String);

/// The network address limits count by: IPv4, or the /64 of an IPv6.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Client(pub String);

/// The request being answered and its answer, as far as a page may touch them.
pub trait Exchange: Send + Sync {
    fn client(&self) -> Client;
    fn draft_key(&self) -> Option<DraftKey>;
    fn keep_draft_key(&self, key: &DraftKey);
    fn forget_draft_key(&self);
    fn session(&self) -> Option<SessionToken>;
    fn keep_session(&self, token: &SessionToken);
    fn forget_session(&self);
    /// 302, or a client-side navigation in a hydrated page.
    fn redirect(&self, path: &str);
    fn set_status(&self, code: u16);
    /// Whether the page asked for exists for this person; false also sets 404.
    fn not_found(&self) {
        self.set_status(404);
    }
}

// --- The directory ------------------------------------------------------------------------------------------------

#[async_trait]
pub trait Annuaire: Send + Sync {
    /// At most 20 entries, larger first. Counts against the client's search limit.
    async fn search(&self, client: &Client, text: &str) -> Reply<Vec<Collectivite>>;
    /// The generic employers, the only ones a cas 2 or 3 person signs up under.
    async fn generic(&self) -> Reply<Vec<Collectivite>>;
    /// What a person's text names: a key `TYPE:CODE`, the exact line shown, or a name; all that match, 20 at most.
    async fn named(&self, text: &str) -> Reply<Vec<Collectivite>>;
    /// The names of the communes of a French postal code.
    async fn communes(&self, client: &Client, code_postal: &str) -> Reply<Vec<String>>;
}

// --- The draft ----------------------------------------------------------------------------------------------------

/// A draft and what its rules depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrouillonEnCours {
    pub cas: Cas,
    pub collectivite: Option<Collectivite>,
    pub brouillon: Brouillon,
    /// The day in France, as (year, month 1–12, day).
    pub today: (i32, u8, u8),
}

#[async_trait]
pub trait Brouillons: Send + Sync {
    /// The draft behind a key; `None` when it was purged, sent or never was.
    async fn current(&self, key: &DraftKey) -> Reply<Option<BrouillonEnCours>>;
    /// Sets the case, on the draft behind `key` if it lives (its answers are kept), else on a new one.
    async fn start(&self, key: Option<&DraftKey>, cas: Cas) -> Reply<DraftKey>;
    /// `false` when the draft is gone.
    async fn choose_collectivite(&self, key: &DraftKey, collectivite: &Collectivite) -> Reply<bool>;
    /// Keeps what was typed, right or wrong. Names the tab does not have are ignored, texts past 2,000 characters cut.
    /// `visited` marks the tab as gone through. `None` when the draft is gone.
    async fn save(
        &self,
        key: &DraftKey,
        etape: Etape,
        fields: &[(String, String)],
        visited: bool,
    ) -> Reply<Option<BrouillonEnCours>>;
    async fn erase(&self, key: &DraftKey) -> Reply<()>;
}

// --- Submission ---------------------------------------------------------------------------------------------------

/// What became of « Valider ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Envoi {
    Enregistre,
    /// A tab is missing something; no collectivité means the page before the tabs.
    Incomplet(Option<Etape>),
    BrouillonAbsent,
}

/// What the sent page says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandeEnvoyee {
    pub reference: Reference,
    /// `j•••@exemple.fr`.
    pub courriel_masque: String,
    pub cas: Cas,
    /// False once activated or expired: nothing is left to resend.
    pub en_attente: bool,
}

/// What became of « Renvoyer le courriel » or « Corriger mon adresse ». The same for a known address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Renvoi {
    Envoye,
    /// Three mails were already sent to this address in 24 hours.
    TropDeCourriels,
    AdresseInvalide,
    /// There is nothing to resend: no request behind this key, or already activated.
    SansObjet,
}

#[async_trait]
pub trait Inscriptions: Send + Sync {
    /// Parses every tab again and writes account, journal and mail in one transaction.
    async fn submit(&self, client: &Client, key: &DraftKey) -> Reply<Envoi>;
    /// The request sent by the holder of this key.
    async fn sent(&self, key: &DraftKey) -> Reply<Option<DemandeEnvoyee>>;
    async fn resend(&self, client: &Client, key: &DraftKey) -> Reply<Renvoi>;
    /// Ends the former address's link and sends one to the new address.
    async fn correct_address(&self, client: &Client, key: &DraftKey, courriel: &str) -> Reply<Renvoi>;
}

// --- Links --------------------------------------------------------------------------------------------------------

/// What a mailed link leads to. Looking changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lien<T> {
    Vivant(T),
    Expire,
    Utilise,
    /// Never made by us, or cut short.
    Inconnu,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivationVue {
    pub prenom: String,
    pub employeur: String,
    pub reference: Reference,
}

/// What became of a password chosen behind a link. Nothing is consumed unless it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChoixMotDePasse {
    /// The new session.
    Enregistre(SessionToken),
    Refuse(MotDePasseRefuse),
    /// The link died meanwhile: its page says why.
    LienMort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MotDePasseRefuse {
    TropCourt,
    TropLong,
    TropFaible,
}

#[async_trait]
pub trait Activations: Send + Sync {
    async fn open(&self, token: &str) -> Reply<Lien<ActivationVue>>;
    async fn activate(&self, client: &Client, token: &str, password: &str) -> Reply<ChoixMotDePasse>;
    /// A new link for an expired one, to the same address. Always the same answer.
    async fn renew(&self, client: &Client, token: &str) -> Reply<()>;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationVue {
    pub courriel: String,
    pub role: Role,
}

#[async_trait]
pub trait Invitations: Send + Sync {
    async fn open(&self, token: &str) -> Reply<Lien<InvitationVue>>;
    async fn accept(&self, client: &Client, token: &str, nom: &str, password: &str) -> Reply<ChoixMotDePasse>;
}

// --- Sessions -----------------------------------------------------------------------------------------------------

/// The radio chosen on the login page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Espace {
    #[serde(rename = "service")]
    ServiceFormation,
    #[serde(rename = "agent")]
    Agent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    Gestionnaire,
    Administrateur,
}

impl Role {
    pub fn code(self) -> &'static str {
        match self {
            Self::Gestionnaire => "gestionnaire",
            Self::Administrateur => "administrateur",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Gestionnaire, Self::Administrateur].into_iter().find(|role| role.code() == code)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connexion {
    /// `space` is where the person belongs, whatever the radio said.
    Ouverte {
        session: SessionToken,
        space: Espace,
    },
    Refusee,
    /// After several failures: try again in so many minutes.
    Retardee {
        minutes: u32,
    },
}

/// A formateur whose session was just read from the database: the proof every method of theirs asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formateur {
    pub compte_id: i64,
}

/// A gestionnaire whose session was just read from the database: the proof every decision asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gestionnaire {
    pub id: i64,
    pub nom: String,
    pub role: Role,
}

#[async_trait]
pub trait Connexions: Send + Sync {
    async fn login(&self, client: &Client, espace: Espace, courriel: &str, password: &str) -> Reply<Connexion>;
    /// `space` of the answer is meaningless here and `Agent`.
    async fn staff_login(&self, client: &Client, courriel: &str, password: &str) -> Reply<Connexion>;
    async fn logout(&self, session: &SessionToken) -> Reply<()>;
    async fn formateur(&self, session: &SessionToken) -> Reply<Option<Formateur>>;
    async fn gestionnaire(&self, session: &SessionToken) -> Reply<Option<Gestionnaire>>;
    /// Always the same answer: the mail decides.
    async fn request_reset(&self, client: &Client, courriel: &str) -> Reply<()>;
    async fn open_reset(&self, token: &str) -> Reply<Lien<()>>;
    /// Ends every session of the account.
    async fn reset(&self, client: &Client, token: &str, password: &str) -> Reply<ChoixMotDePasse>;
}

// --- The person's own account -------------------------------------------------------------------------------------

/// What the person sees of their account. Before `Actif` no birth date, phone or postal address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonCompte {
    pub prenom: String,
    pub nom: String,
    pub courriel: String,
    pub reference: Reference,
    pub statut: Statut,
    pub cas: Cas,
    pub employeur: String,
    pub envoyee_le: Millis,
    pub activee_le: Option<Millis>,
    pub decidee_le: Option<Millis>,
    /// For a refusal: the motive's wording and the gestionnaire's message.
    pub motif: Option<String>,
    pub message: Option<String>,
    /// Tab by tab, (label, value) as read; empty before `Actif`.
    pub donnees: Vec<(Etape, Vec<(String, String)>)>,
}

#[async_trait]
pub trait Comptes: Send + Sync {
    async fn mine(&self, who: &Formateur) -> Reply<MonCompte>;
}

// --- The queue ----------------------------------------------------------------------------------------------------

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiltreDemandes {
    /// `None`: every state.
    pub statut: Option<Statut>,
    /// Word prefixes of the name, or an exact address, or a reference.
    pub recherche: String,
    /// The opaque key of the page before, from [`PageDemandes::suivante`].
    pub apres: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LigneDemande {
    pub id: i64,
    pub reference: Reference,
    pub nom: String,
    pub prenom: String,
    pub cas: Cas,
    pub statut: Statut,
    /// The last change of state.
    pub depuis: Millis,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageDemandes {
    /// 50 at most, the longest waiting first.
    pub lignes: Vec<LigneDemande>,
    pub suivante: Option<String>,
    /// The server's now, for ages.
    pub maintenant: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    pub ligne: LigneDemande,
    /// What a decision must name: it changes with every change of the account.
    pub version: i64,
    pub courriel: String,
    pub employeur: String,
    pub donnees: Vec<(Etape, Vec<(String, String)>)>,
    /// Newest first.
    pub historique: Vec<Evenement>,
    pub maintenant: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evenement {
    pub le: Millis,
    /// In words, for a person.
    pub quoi: String,
    pub par: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Motif {
    pub id: i64,
    pub libelle: String,
    /// What the person reads.
    pub texte: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    Prise,
    /// Someone else was first, or the account moved: who, what and when.
    DejaPrise {
        par: String,
        statut: Statut,
        le: Millis,
    },
    /// A refusal needs a motive of the library.
    MotifManquant,
    Introuvable,
}

#[async_trait]
pub trait Demandes: Send + Sync {
    async fn list(&self, by: &Gestionnaire, filtre: &FiltreDemandes) -> Reply<PageDemandes>;
    async fn dossier(&self, by: &Gestionnaire, id: i64) -> Reply<Option<Dossier>>;
    async fn motifs(&self, by: &Gestionnaire) -> Reply<Vec<Motif>>;
    async fn validate(&self, by: &Gestionnaire, id: i64, version: i64) -> Reply<Decision>;
    async fn refuse(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        motif: Option<i64>,
        message: &str,
    ) -> Reply<Decision>;
}

/// Where what only an operator knows comes from: the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exploitant {
    pub nom: String,
    pub courriel: String,
    pub adresse: String,
    pub directeur_publication: String,
    pub hebergeur: String,
    pub dpo: String,
    /// Where an active account pre-registers.
    pub lien_preinscription: String,
}

/// The ports, handed to the pages with each request.
#[derive(Clone)]
pub struct Services {
    pub exchange: std::sync::Arc<dyn Exchange>,
    pub annuaire: std::sync::Arc<dyn Annuaire>,
    pub brouillons: std::sync::Arc<dyn Brouillons>,
    pub inscriptions: std::sync::Arc<dyn Inscriptions>,
    pub activations: std::sync::Arc<dyn Activations>,
    pub invitations: std::sync::Arc<dyn Invitations>,
    pub connexions: std::sync::Arc<dyn Connexions>,
    pub comptes: std::sync::Arc<dyn Comptes>,
    pub demandes: std::sync::Arc<dyn Demandes>,
    pub exploitant: std::sync::Arc<Exploitant>,
}
