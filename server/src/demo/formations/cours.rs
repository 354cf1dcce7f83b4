//! Invented courses and their dates.

use domain::formation::{
    Attente, Attribution, CodeFormation, Fuseau, Heure, Liberation, Lieu, Seance, SessionFormation,
};
use domain::instant::{Millis, at_hour, today};
use time::{Date, Duration, Weekday};

use crate::clock::Random;

pub const DELEGATIONS: [&str; 10] = [
    "Auvergne-Rhône-Alpes",
    "Bretagne",
    "Grand Est",
    "Hauts-de-France",
    "Île-de-France",
    "Nouvelle-Aquitaine",
    "Occitanie",
    "Guadeloupe",
    "La Réunion",
    "Guyane",
];

/// A place for each délégation.
const LIEUX: [(&str, &str, &str, Fuseau); 10] = [
    ("69003", "Lyon", "Centre de congrès", Fuseau::Paris),
    ("35000", "Rennes", "Maison des associations", Fuseau::Paris),
    ("67000", "Strasbourg", "Hôtel de ville", Fuseau::Paris),
    ("59000", "Lille", "Salle des fêtes", Fuseau::Paris),
    ("93500", "Pantin", "Médiathèque", Fuseau::Paris),
    ("33000", "Bordeaux", "Centre de formation", Fuseau::Paris),
    ("31000", "Toulouse", "Hôtel de région", Fuseau::Paris),
    ("97100", "Basse-Terre", "Mairie", Fuseau::Guadeloupe),
    ("97400", "Saint-Denis", "Centre de formation", Fuseau::Reunion),
    ("97300", "Cayenne", "Médiathèque", Fuseau::Guyane),
];

const COURS: [(&str, &str); 20] = [
    ("FF-ANIMER", "Animer une formation en présence"),
    ("FF-DISTANCE", "Animer une classe virtuelle"),
    ("FF-CONCEVOIR", "Concevoir une séquence pédagogique"),
    ("FF-EVALUER", "Évaluer les acquis en formation"),
    ("FF-ORAL", "Prendre la parole devant un groupe"),
    ("FF-TUTORAT", "Accompagner un apprenant sur son poste"),
    ("FF-JEUX", "Apprendre par le jeu"),
    ("FF-NUMERIQUE", "Choisir ses outils numériques de formateur"),
    ("FF-CONFLIT", "Gérer les situations difficiles en formation"),
    ("FF-JURY", "Tenir sa place dans un jury d’examen"),
    ("FF-ACCESSIBLE", "Rendre sa formation accessible à tous"),
    ("FF-HYBRIDE", "Articuler présence et distance"),
    ("FF-CONCOURS", "Préparer des candidats à un concours"),
    ("FF-FINANCES", "Former aux finances locales"),
    ("FF-MARCHES", "Former à la commande publique"),
    ("FF-SECURITE", "Former à la prévention des risques"),
    ("FF-MANAGEMENT", "Former des encadrants de proximité"),
    ("FF-ECOUTE", "Écouter et reformuler"),
    ("FF-ADULTES", "Comprendre comment un adulte apprend"),
    ("FF-PREMIERS-PAS", "Débuter comme intervenant"),
];

/// A session of one of these courses, from a year ago to eight months from now.
pub fn draw(random: &dyn Random, now: Millis, organisers: &[i64]) -> SessionFormation {
    let seed = random.u64();
    let of = |bits: u32, count: u64| usize::try_from((seed >> bits) % count).unwrap_or(0);
    let (code, intitule) = COURS[of(0, COURS.len() as u64)];
    let at = of(8, DELEGATIONS.len() as u64);
    let first = today(now) + Duration::days(i64::try_from(of(16, 600)).unwrap_or(0) - 360);
    // On site, remote, or both.
    let mode = of(28, 5);
    let mut day = first;
    let mut seances = Vec::new();
    for rank in 0..=of(32, 3) {
        while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            day += Duration::DAY;
        }
        let remote = mode == 0 || (mode == 1 && rank == 0);
        seances.push(seance(day, at, remote));
        day += Duration::DAY;
    }
    let limite = seances[0].jour - Duration::days(10);
    let ouverture = (of(36, 12) == 0 && limite > today(now) + Duration::days(7))
        .then(|| at_hour(today(now) + Duration::days(3), 10));
    let text = |text: &str| text.to_owned();
    SessionFormation {
        code: CodeFormation::read(code).unwrap_or_else(|| unreachable!("every code above reads")),
        intitule: text(intitule),
        objectifs: text(
            "À l’issue de la formation, vous saurez\u{a0}:\n- préparer vos interventions\u{a0};\n- tenir compte de votre \
             public\u{a0};\n- évaluer ce qui est acquis.\n\nLes apports alternent avec des mises en situation.",
        ),
        public: text("Formateurs et intervenants du CNFPT."),
        prerequis: if of(40, 3) == 0 { text("Être intervenu au moins une fois.") } else { String::new() },
        accessibilite: if mode == 0 { String::new() } else { text("Accès de plain-pied, boucle magnétique.") },
        delegation_id: organisers[at],
        places: [8, 10, 12, 15, 20][of(42, 5)],
        attribution: if of(46, 5) < 2 { Attribution::SurExamen } else { Attribution::ALArrivee },
        attente: [Attente::SansLimite, Attente::SansLimite, Attente::AuPlus(5), Attente::Aucune][of(50, 4)],
        liberation: if of(54, 4) == 0 { Liberation::ALaMain } else { Liberation::Proposees },
        par_collectivite: None,
        ouverture,
        limite,
        seances,
    }
}

fn seance(jour: Date, at: usize, remote: bool) -> Seance {
    let (code_postal, commune, lieu, fuseau) = LIEUX[at];
    let lieu = match remote {
        true => Lieu::ADistance { lien: format!("https://visio.invalid/salle-{at}") },
        false => Lieu::Presentiel {
            lieu: lieu.to_owned(),
            voie: "1 place de la Mairie".to_owned(),
            complement: String::new(),
            code_postal: code_postal.to_owned(),
            commune: commune.to_owned(),
            salle: "Salle 2".to_owned(),
        },
    };
    Seance { jour, debut: MATIN, fin: SOIR, fuseau, lieu }
}

const MATIN: Heure = heure(9);
const SOIR: Heure = heure(17);

const fn heure(hours: u16) -> Heure {
    match Heure::of(hours * 60) {
        Some(heure) => heure,
        None => panic!("an hour of the day"),
    }
}
