//! The statutory facts: every cadre d’emplois of the fonction publique territoriale, by filière, with its grades from the
//! highest. Each is named by the décret of its statut particulier, which no other has. Closed cadres still have agents.

use super::{Cadre, Categorie, Filiere};
use Categorie::{A, APlus, B, C};

const fn ouvert(
    decret: &'static str,
    categorie: Categorie,
    nom: &'static str,
    grades: &'static [&'static str],
) -> Cadre {
    Cadre { decret, categorie, nom, grades, en_extinction: false }
}

const fn ferme(
    decret: &'static str,
    categorie: Categorie,
    nom: &'static str,
    grades: &'static [&'static str],
) -> Cadre {
    Cadre { decret, categorie, nom, grades, en_extinction: true }
}

#[rustfmt::skip]
pub(super) const FILIERES: &[Filiere] = &[
    Filiere { nom: "Administrative", cadres: &[
        ouvert("87-1097", APlus, "Administrateurs territoriaux", &[
            "administrateur général",
            "administrateur hors classe",
            "administrateur",
        ]),
        ouvert("87-1099", A, "Attachés territoriaux", &[
            "directeur (en extinction)",
            "attaché hors classe",
            "attaché principal",
            "attaché",
        ]),
        ferme("87-1103", A, "Secrétaires de mairie", &["secrétaire de mairie"]),
        ouvert("2012-924", B, "Rédacteurs territoriaux", &[
            "rédacteur principal de 1re classe",
            "rédacteur principal de 2e classe",
            "rédacteur",
        ]),
        ouvert("2006-1690", C, "Adjoints administratifs territoriaux", &[
            "adjoint administratif principal de 1re classe",
            "adjoint administratif principal de 2e classe",
            "adjoint administratif",
        ]),
    ] },
    Filiere { nom: "Animation", cadres: &[
        ouvert("2011-558", B, "Animateurs territoriaux", &[
            "animateur principal de 1re classe",
            "animateur principal de 2e classe",
            "animateur",
        ]),
        ouvert("2006-1693", C, "Adjoints territoriaux d’animation", &[
            "adjoint d’animation principal de 1re classe",
            "adjoint d’animation principal de 2e classe",
            "adjoint d’animation",
        ]),
    ] },
    Filiere { nom: "Technique", cadres: &[
        ouvert("2016-200", APlus, "Ingénieurs en chef territoriaux", &[
            "ingénieur général",
            "ingénieur en chef hors classe",
            "ingénieur en chef",
        ]),
        ouvert("2016-201", A, "Ingénieurs territoriaux", &[
            "ingénieur hors classe",
            "ingénieur principal",
            "ingénieur",
        ]),
        ouvert("2010-1357", B, "Techniciens territoriaux", &[
            "technicien principal de 1re classe",
            "technicien principal de 2e classe",
            "technicien",
        ]),
        ouvert("88-547", C, "Agents de maîtrise territoriaux", &["agent de maîtrise principal", "agent de maîtrise"]),
        ouvert("2006-1691", C, "Adjoints techniques territoriaux", &[
            "adjoint technique principal de 1re classe",
            "adjoint technique principal de 2e classe",
            "adjoint technique",
        ]),
        ouvert("2007-913", C, "Adjoints techniques territoriaux des établissements d’enseignement", &[
            "adjoint technique principal de 1re classe des EE",
            "adjoint technique principal de 2e classe des EE",
            "adjoint technique des EE",
        ]),
    ] },
    Filiere { nom: "Culturelle", cadres: &[
        ouvert("91-855", A, "Directeurs d’établissements territoriaux d’enseignement artistique", &[
            "directeur de 1re catégorie",
            "directeur de 2e catégorie",
        ]),
        ouvert("91-857", A, "Professeurs territoriaux d’enseignement artistique", &[
            "professeur hors classe",
            "professeur de classe normale",
        ]),
        ouvert("2012-437", B, "Assistants territoriaux d’enseignement artistique", &[
            "assistant principal de 1re classe",
            "assistant principal de 2e classe",
            "assistant",
        ]),
        ouvert("91-839", APlus, "Conservateurs territoriaux du patrimoine", &["conservateur en chef", "conservateur"]),
        ouvert("91-841", APlus, "Conservateurs territoriaux de bibliothèques", &[
            "conservateur en chef",
            "conservateur",
        ]),
        ouvert("91-843", A, "Attachés territoriaux de conservation du patrimoine", &[
            "attaché principal de conservation",
            "attaché de conservation",
        ]),
        ouvert("91-845", A, "Bibliothécaires territoriaux", &["bibliothécaire principal", "bibliothécaire"]),
        ouvert("2011-1642", B, "Assistants territoriaux de conservation du patrimoine et des bibliothèques", &[
            "assistant de conservation principal de 1re classe",
            "assistant de conservation principal de 2e classe",
            "assistant de conservation",
        ]),
        ouvert("2006-1692", C, "Adjoints territoriaux du patrimoine", &[
            "adjoint du patrimoine principal de 1re classe",
            "adjoint du patrimoine principal de 2e classe",
            "adjoint du patrimoine",
        ]),
    ] },
    Filiere { nom: "Sportive", cadres: &[
        ouvert("92-364", A, "Conseillers territoriaux des activités physiques et sportives", &[
            "conseiller principal",
            "conseiller",
        ]),
        ouvert("2011-605", B, "Éducateurs territoriaux des activités physiques et sportives", &[
            "éducateur principal de 1re classe",
            "éducateur principal de 2e classe",
            "éducateur",
        ]),
        ouvert("92-368", C, "Opérateurs territoriaux des activités physiques et sportives", &[
            "opérateur principal",
            "opérateur qualifié",
            "opérateur",
        ]),
    ] },
    Filiere { nom: "Médico-sociale", cadres: &[
        ouvert("92-851", A, "Médecins territoriaux", &[
            "médecin hors classe",
            "médecin de 1re classe",
            "médecin de 2e classe",
        ]),
        ouvert("92-855", A, "Sages-femmes territoriales", &["sage-femme hors classe", "sage-femme de classe normale"]),
        ouvert("2016-336", A, "Cadres territoriaux de santé paramédicaux", &[
            "cadre supérieur de santé",
            "cadre de santé",
        ]),
        ferme("92-857", A, "Puéricultrices cadres territoriaux de santé", &[
            "puéricultrice cadre supérieur de santé",
            "puéricultrice cadre de santé",
        ]),
        ouvert("92-853", A, "Psychologues territoriaux", &["psychologue hors classe", "psychologue de classe normale"]),
        ferme("2003-676", A, "Cadres de santé territoriaux infirmiers et techniciens paramédicaux", &[
            "cadre de santé",
        ]),
        ouvert("2014-923", A, "Puéricultrices territoriales (2014)", &["puéricultrice hors classe", "puéricultrice"]),
        ferme("92-859", A, "Puéricultrices territoriales (1992)", &[
            "puéricultrice de classe supérieure",
            "puéricultrice de classe normale",
        ]),
        ouvert("2012-1420", A, "Infirmiers territoriaux en soins généraux", &[
            "infirmier en soins généraux hors classe",
            "infirmier en soins généraux",
        ]),
        ouvert("92-867", A, "Biologistes, vétérinaires et pharmaciens territoriaux", &[
            "classe exceptionnelle",
            "hors classe",
            "classe normale",
        ]),
        ouvert("2020-1174", A, "Pédicures-podologues, ergothérapeutes, psychomotriciens, orthoptistes, techniciens de laboratoire médical, manipulateurs d’électroradiologie médicale, préparateurs en pharmacie hospitalière et diététiciens territoriaux", &[
            "hors classe",
            "classe normale",
        ]),
        ouvert("2020-1175", A, "Masseurs-kinésithérapeutes et orthophonistes territoriaux", &[
            "hors classe",
            "classe normale",
        ]),
        ferme("92-861", B, "Infirmiers territoriaux (1992)", &[
            "infirmier de classe supérieure",
            "infirmier de classe normale",
        ]),
        ouvert("2013-262", B, "Techniciens paramédicaux territoriaux", &[
            "technicien paramédical de classe supérieure",
            "technicien paramédical de classe normale",
        ]),
        ouvert("2021-1881", B, "Aides-soignants territoriaux", &[
            "aide-soignant de classe supérieure",
            "aide-soignant de classe normale",
        ]),
        ouvert("2021-1882", B, "Auxiliaires de puériculture territoriaux", &[
            "auxiliaire de puériculture de classe supérieure",
            "auxiliaire de puériculture de classe normale",
        ]),
        ouvert("92-866", C, "Auxiliaires de soins territoriaux", &[
            "auxiliaire de soins principal de 1re classe",
            "auxiliaire de soins principal de 2e classe",
        ]),
    ] },
    Filiere { nom: "Sociale", cadres: &[
        ouvert("2013-489", A, "Conseillers territoriaux socio-éducatifs", &[
            "conseiller hors classe socio-éducatif",
            "conseiller supérieur socio-éducatif",
            "conseiller socio-éducatif",
        ]),
        ouvert("2017-901", A, "Assistants territoriaux socio-éducatifs", &[
            "assistant socio-éducatif de classe exceptionnelle",
            "assistant socio-éducatif",
        ]),
        ouvert("2017-902", A, "Éducateurs territoriaux de jeunes enfants", &[
            "éducateur de jeunes enfants de classe exceptionnelle",
            "éducateur de jeunes enfants",
        ]),
        ouvert("2013-490", B, "Moniteurs-éducateurs et intervenants familiaux territoriaux", &[
            "moniteur-éducateur et intervenant familial principal",
            "moniteur-éducateur et intervenant familial",
        ]),
        ouvert("92-849", C, "Agents sociaux territoriaux", &[
            "agent social principal de 1re classe",
            "agent social principal de 2e classe",
            "agent social",
        ]),
        ouvert("92-850", C, "Agents territoriaux spécialisés des écoles maternelles (ATSEM)", &[
            "ATSEM principal de 1re classe",
            "ATSEM principal de 2e classe",
        ]),
    ] },
    Filiere { nom: "Police municipale", cadres: &[
        ouvert("2006-1392", A, "Directeurs de police municipale", &["directeur principal", "directeur"]),
        ouvert("2011-444", B, "Chefs de service de police municipale", &[
            "chef de service principal de 1re classe",
            "chef de service principal de 2e classe",
            "chef de service",
        ]),
        ouvert("2006-1391", C, "Agents de police municipale", &["brigadier-chef principal", "gardien-brigadier"]),
        ouvert("94-731", C, "Gardes champêtres", &["garde champêtre chef principal", "garde champêtre chef"]),
    ] },
    Filiere { nom: "Sapeurs-pompiers", cadres: &[
        ouvert("2016-2002", APlus, "Emplois de conception et de direction des SPP", &[
            "contrôleur général",
            "colonel hors classe",
            "colonel",
        ]),
        ouvert("2016-2008", A, "Capitaines, commandants et lieutenants-colonels de SPP", &[
            "lieutenant-colonel",
            "commandant",
            "capitaine",
        ]),
        ouvert("2016-1177", A, "Cadres de santé de SPP", &["cadre supérieur de santé", "cadre de santé"]),
        ouvert("2016-1236", A, "Médecins et pharmaciens de SPP", &[
            "classe exceptionnelle",
            "hors classe",
            "classe normale",
        ]),
        ouvert("2016-1176", A, "Infirmiers de SPP", &["infirmier hors classe", "infirmier"]),
        ouvert("2012-522", B, "Lieutenants de SPP", &[
            "lieutenant hors classe",
            "lieutenant de 1re classe",
            "lieutenant de 2e classe",
        ]),
        ouvert("2012-521", C, "Sous-officiers de SPP", &["adjudant", "sergent"]),
        ouvert("2012-520", C, "Sapeurs et caporaux de SPP", &["caporal-chef", "caporal", "sapeur"]),
    ] },];
