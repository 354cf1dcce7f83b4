//! Invented people, with French names combined at random.

use domain::collectivite::fold;
use domain::compte::Statut;
use domain::instant::Millis;
use domain::{Cas, Reference};
use sea_orm::Set;

use crate::clock::{DAY, MINUTE, Random};
use crate::persistence::entities::compte::ActiveModel;
use crate::persistence::reponses::nom_cle;

/// Every address ends so.
pub const DOMAINE: &str = "@demo.invalid";

/// The oldest age of a request. With an older one, a real service would have erased it or warned its person.
const OLDEST: Millis = 22 * 30 * DAY;

const NOMS: [&str; 48] = [
    "Aubry",
    "Bâcle",
    "Benali",
    "Bertin",
    "Blanchet",
    "Bonnefoy",
    "Bouvier",
    "Cabrol",
    "Caron",
    "Chevallier",
    "Cissé",
    "Colas",
    "Coulibaly",
    "Da Costa",
    "Delorme",
    "Diallo",
    "Dubreuil",
    "Étienne",
    "Fabre",
    "Ferrand",
    "Fontaine",
    "Garnier",
    "Gauthier",
    "Guillou",
    "Haddad",
    "Hoarau",
    "Jourdain",
    "Kerbrat",
    "Lacombe",
    "Le Bihan",
    "Lefèvre",
    "Leroux",
    "Maillard",
    "Marchand",
    "N’Diaye",
    "Nguyen",
    "Ollivier",
    "Payet",
    "Perrin",
    "Pujol",
    "Quéré",
    "Renaud",
    "Roussel",
    "Saint-Martin",
    "Tessier",
    "Thévenot",
    "Vasseur",
    "Zeller",
];

const PRENOMS: [(&str, &str); 32] = [
    ("mme", "Adèle"),
    ("mme", "Aïcha"),
    ("mme", "Béatrice"),
    ("mme", "Camille"),
    ("mme", "Chloé"),
    ("mme", "Élodie"),
    ("mme", "Fatou"),
    ("mme", "Hélène"),
    ("mme", "Inès"),
    ("mme", "Jeanne"),
    ("mme", "Linh"),
    ("mme", "Marie-Laure"),
    ("mme", "Nadia"),
    ("mme", "Océane"),
    ("mme", "Sylvie"),
    ("mme", "Zoé"),
    ("m", "Alain"),
    ("m", "Baptiste"),
    ("m", "Cédric"),
    ("m", "Driss"),
    ("m", "Étienne"),
    ("m", "François"),
    ("m", "Gaël"),
    ("m", "Hugo"),
    ("m", "Jean-Marc"),
    ("m", "Karim"),
    ("m", "Loïc"),
    ("m", "Mamadou"),
    ("m", "Noël"),
    ("m", "Olivier"),
    ("m", "Thierry"),
    ("m", "Yann"),
];

const COMMUNES: [(&str, &str); 12] = [
    ("31000", "Toulouse"),
    ("75011", "Paris"),
    ("69003", "Lyon"),
    ("13005", "Marseille"),
    ("44000", "Nantes"),
    ("59000", "Lille"),
    ("67000", "Strasbourg"),
    ("33000", "Bordeaux"),
    ("35000", "Rennes"),
    ("21000", "Dijon"),
    ("29200", "Brest"),
    ("97400", "Saint-Denis"),
];

const VOIES: [&str; 8] = [
    "rue des Lilas",
    "avenue de la Gare",
    "place du Marché",
    "chemin du Moulin",
    "rue Jean-Jaurès",
    "impasse des Acacias",
    "boulevard Voltaire",
    "quai des Tanneurs",
];

const FONCTIONS: [&str; 10] = [
    "Formatrice en finances locales",
    "Directeur des ressources humaines",
    "Responsable de l’état civil",
    "Consultant en management",
    "Juriste, commande publique",
    "Cheffe du service des eaux",
    "Formateur incendie",
    "Animatrice, petite enfance",
    "Archiviste",
    "Ingénieur, voirie et réseaux",
];

/// Each state, with its share in thousandths.
const ETATS: [(u64, Statut); 8] = [
    (600, Statut::Actif),
    (90, Statut::AValider),
    (50, Statut::ACompleter),
    (90, Statut::EnAttenteActivation),
    (100, Statut::Refuse),
    (20, Statut::Suspendu),
    (30, Statut::Retiree),
    (20, Statut::Expiree),
];

/// The random choices about a person.
pub struct Tirage {
    pub graine: u64,
    pub cas: Cas,
    statut: Statut,
    envoyee_le: Millis,
    now: Millis,
}

impl Tirage {
    pub fn new(random: &dyn Random, now: Millis) -> Self {
        let graine = random.u64();
        let cas = match graine % 10 {
            0 => Cas::ServiceRh,
            1..=5 => Cas::Personnel,
            _ => Cas::Independant,
        };
        let mut left = (graine >> 4) % 1_000;
        let statut = ETATS.iter().find(|(share, _)| {
            let here = left < *share;
            left = left.saturating_sub(*share);
            here
        });
        let statut = statut.map_or(Statut::Actif, |(_, statut)| *statut);
        // Requests that still wait are recent.
        let oldest = match statut {
            Statut::AValider | Statut::ACompleter => 40 * DAY,
            Statut::EnAttenteActivation => 2 * DAY,
            Statut::Expiree | Statut::Retiree => 25 * DAY,
            Statut::Refuse => 150 * DAY,
            Statut::Actif | Statut::Suspendu => OLDEST,
        };
        let age = Millis::try_from(random.u64() % oldest.unsigned_abs()).unwrap_or(0);
        Self { graine, cas, statut, envoyee_le: now - age, now }
    }

    fn of<T: Copy>(&self, list: &[T], bits: u32) -> T {
        let at = usize::try_from((self.graine >> bits) % (list.len() as u64)).unwrap_or(0);
        list[at]
    }
}

pub fn compte(tirage: Tirage, reference: Reference, employeur: i64) -> ActiveModel {
    let nom = tirage.of(&NOMS, 8);
    let (civilite, prenom) = tirage.of(&PRENOMS, 16);
    // About one person in three has a birth name that differs from the name.
    let nom_naissance = if tirage.graine >> 60 > 10 { tirage.of(&NOMS, 24) } else { nom };
    let (code_postal, commune) = tirage.of(&COMMUNES, 32);
    let number = reference.to_string().replace("IEL-", "").replace('-', "").to_lowercase();
    let courriel = format!("{}.{}.{number}{DOMAINE}", fold(prenom).replace(' ', "-"), fold(nom).replace(' ', "-"));
    let born = (1 + (tirage.graine >> 36) % 28, 1 + (tirage.graine >> 41) % 12, 1958 + (tirage.graine >> 45) % 44);
    let independent = tirage.cas == Cas::Independant;
    let statut = tirage.statut;
    let activated = (statut.is_activated() || statut == Statut::Retiree).then_some(tirage.envoyee_le + 30 * MINUTE);
    let decided = matches!(statut, Statut::Actif | Statut::Refuse | Statut::Suspendu).then(|| {
        let took = Millis::try_from((tirage.graine >> 12) % 400).unwrap_or(0) * 60 * MINUTE;
        (tirage.envoyee_le + took).min(tirage.now)
    });
    ActiveModel {
        reference: Set(reference.to_string()),
        version: Set(2),
        statut: Set(statut.code().to_owned()),
        cas: Set(tirage.cas.code().to_owned()),
        collectivite_id: Set(employeur),
        civilite: Set(civilite.to_owned()),
        nom: Set(nom.to_owned()),
        nom_naissance: Set(nom_naissance.to_owned()),
        prenom: Set(prenom.to_owned()),
        date_naissance: Set(format!("{:02}/{:02}/{}", born.0, born.1, born.2)),
        courriel_cle: Set(courriel.clone()),
        courriel: Set(courriel),
        mobile: Set(Some(format!("+336{:08}", (tirage.graine >> 5) % 100_000_000))),
        fixe: Set(None),
        pays: Set("FR".to_owned()),
        voie: Set(format!("{} {}", 1 + (tirage.graine >> 50) % 120, tirage.of(&VOIES, 28))),
        complement: Set(None),
        lieu_dit: Set(None),
        code_postal: Set(Some(code_postal.to_owned())),
        commune: Set(commune.to_owned()),
        correspondant: Set("Responsable formation CNFPT".to_owned()),
        statut_professionnel: Set(if independent { "independant" } else { "titulaire" }.to_owned()),
        fonction: Set(tirage.of(&FONCTIONS, 40).to_owned()),
        siret: Set(None),
        domaines: Set(None),
        nom_cle: Set(nom_cle(nom, prenom, nom_naissance)),
        envoyee_le: Set(tirage.envoyee_le),
        activee_le: Set(activated),
        attend_depuis: Set(activated),
        decidee_le: Set(decided),
        decidee_par: Set(None),
        motif_id: Set(None),
        message: Set(None),
        statut_depuis: Set(decided.or(activated).unwrap_or(tirage.envoyee_le)),
        ..Default::default()
    }
}
