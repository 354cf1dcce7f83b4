//! Answers as people type them.

use domain::Etape;

pub const MOT_DE_PASSE: &str = "neuf lanternes violettes";
pub const AUTRE_MOT_DE_PASSE: &str = "sept clarinettes boudeuses";
pub const MOT_DE_PASSE_GESTION: &str = "onze tramways bleus sous la pluie";

/// A case 2 sign-up, tab by tab.
pub fn onglets(courriel: &str) -> Vec<(Etape, Vec<(&'static str, String)>)> {
    let owned = |pairs: &[(&'static str, &str)]| pairs.iter().map(|(name, raw)| (*name, (*raw).to_owned())).collect();
    vec![
        (
            Etape::Identite,
            owned(&[
                ("civilite", "mme"),
                ("nom", "Zorn-Étaillebois"),
                ("nom_naissance", "Quévillac"),
                ("prenom", "Philomène"),
                ("date_naissance", "07/03/1980"),
            ]),
        ),
        (
            Etape::Coordonnees,
            owned(&[("courriel", courriel), ("confirmation", courriel), ("mobile", "06 12 34 56 78"), ("fixe", "")]),
        ),
        (
            Etape::Adresses,
            owned(&[
                ("pays", "FR"),
                ("voie", "12 rue des Filatiers"),
                ("complement", "Bâtiment B"),
                ("lieu_dit", ""),
                ("code_postal", "31000"),
                ("commune", "Toulouse"),
            ]),
        ),
        (Etape::Interlocuteurs, Vec::new()),
        (
            Etape::SituationProfessionnelle,
            owned(&[
                ("statut", "titulaire"),
                ("fonction", "Directrice des finances"),
                ("siret", ""),
                ("domaines", "finances locales"),
            ]),
        ),
        (Etape::Validation, owned(&[("information", "on"), ("certification", "on")])),
    ]
}

/// A cas 1 sign-up, as a service formation fills it in.
pub fn agent(courriel: &str) -> Vec<(Etape, Vec<(&'static str, String)>)> {
    let more: &[(Etape, &[(&'static str, &str)])] = &[
        (
            Etape::Adresses,
            &[
                ("pro_pays", "FR"),
                ("pro_voie", "1 place du Capitole"),
                ("pro_code_postal", "31000"),
                ("pro_commune", "Toulouse"),
            ],
        ),
        (
            Etape::Interlocuteurs,
            &[
                ("responsable_nom", "Moreau"),
                ("responsable_prenom", "Léa"),
                ("responsable_courriel", "lea.moreau@toulouse.example"),
            ],
        ),
        (
            Etape::SituationProfessionnelle,
            &[("cadre_emplois", "87-1099"), ("grade", "87-1099/attaché"), ("service", "Direction des finances")],
        ),
    ];
    let mut tabs = onglets(courriel);
    tabs.retain(|(etape, _)| *etape != Etape::Validation);
    for (etape, fields) in &mut tabs {
        let own = more.iter().filter(|(other, _)| other == etape).flat_map(|(_, fields)| fields.iter());
        fields.extend(own.map(|(name, raw)| (*name, (*raw).to_owned())));
    }
    tabs
}
