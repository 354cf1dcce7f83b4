//! Turns the answers of a request into the columns of an account, and back into text.

use domain::collectivite::fold;
use domain::onglets::{
    Adresses, AdressesDraft, Coordonnees, CoordonneesDraft, Identite, IdentiteDraft, Interlocuteurs,
    InterlocuteursDraft, SituationProfessionnelle, SituationProfessionnelleDraft, ValidationDraft,
};
use domain::{Brouillon, Demande};
use sea_orm::Set;

use crate::persistence::entities::compte::{ActiveModel, Model};

/// The answers, column by column. Every struct is destructured field by field: so a new field without a column does not
/// compile.
pub fn answers(demande: Demande) -> ActiveModel {
    let Demande { cas, identite, coordonnees, adresses, interlocuteurs, situation_professionnelle } = demande;
    let Identite { civilite, nom, nom_naissance, prenom, date_naissance } = identite;
    // The confirmation is not stored: it only proves that the address was typed twice.
    let Coordonnees { courriel, confirmation: _, mobile, fixe } = coordonnees;
    let Adresses {
        pays,
        voie,
        complement,
        lieu_dit,
        code_postal,
        commune,
        pro_pays,
        pro_voie,
        pro_complement,
        pro_lieu_dit,
        pro_code_postal,
        pro_commune,
    } = adresses;
    let Interlocuteurs { responsable_nom, responsable_prenom, responsable_courriel, correspondant } = interlocuteurs;
    let SituationProfessionnelle { statut, cadre_emplois, grade, fonction, service, siret, domaines } =
        situation_professionnelle;
    ActiveModel {
        cas: Set(cas.code().to_owned()),
        nom_cle: Set(nom_cle(nom.as_str(), prenom.as_str(), nom_naissance.as_str())),
        civilite: Set(civilite.to_string()),
        nom: Set(nom.to_string()),
        nom_naissance: Set(nom_naissance.to_string()),
        prenom: Set(prenom.to_string()),
        date_naissance: Set(date_naissance.to_string()),
        courriel_cle: Set(courriel.cle().to_owned()),
        courriel: Set(courriel.to_string()),
        mobile: Set(text(mobile)),
        fixe: Set(text(fixe)),
        pays: Set(pays.to_string()),
        voie: Set(voie.to_string()),
        complement: Set(text(complement)),
        lieu_dit: Set(text(lieu_dit)),
        code_postal: Set(text(code_postal)),
        commune: Set(commune.to_string()),
        pro_pays: Set(text(pro_pays)),
        pro_voie: Set(text(pro_voie)),
        pro_complement: Set(text(pro_complement)),
        pro_lieu_dit: Set(text(pro_lieu_dit)),
        pro_code_postal: Set(text(pro_code_postal)),
        pro_commune: Set(text(pro_commune)),
        responsable_nom: Set(text(responsable_nom)),
        responsable_prenom: Set(text(responsable_prenom)),
        responsable_courriel: Set(text(responsable_courriel)),
        correspondant: Set(correspondant.to_string()),
        statut_professionnel: Set(statut.to_string()),
        cadre_emplois: Set(text(cadre_emplois)),
        grade: Set(text(grade)),
        fonction: Set(fonction.to_string()),
        service: Set(text(service)),
        siret: Set(text(siret)),
        domaines: Set(text(domaines)),
        ..Default::default()
    }
}

/// The text that orders accounts by name.
pub fn nom_cle(nom: &str, prenom: &str, nom_naissance: &str) -> String {
    format!(" {} ", fold(&format!("{nom} {prenom} {nom_naissance}")))
}

fn text(value: Option<impl std::fmt::Display>) -> Option<String> {
    value.map(|value| value.to_string())
}

/// The answers as a draft, as the value types print them. The boxes of the last tab are ticked, because the request was
/// sent.
pub fn brouillon(row: &Model) -> Brouillon {
    let or_blank = |value: &Option<String>| value.clone().unwrap_or_default();
    Brouillon {
        identite: IdentiteDraft {
            civilite: row.civilite.clone(),
            nom: row.nom.clone(),
            nom_naissance: row.nom_naissance.clone(),
            prenom: row.prenom.clone(),
            date_naissance: row.date_naissance.clone(),
        },
        coordonnees: CoordonneesDraft {
            courriel: row.courriel.clone(),
            confirmation: row.courriel.clone(),
            mobile: or_blank(&row.mobile),
            fixe: or_blank(&row.fixe),
        },
        adresses: AdressesDraft {
            pays: row.pays.clone(),
            voie: row.voie.clone(),
            complement: or_blank(&row.complement),
            lieu_dit: or_blank(&row.lieu_dit),
            code_postal: or_blank(&row.code_postal),
            commune: row.commune.clone(),
            pro_pays: or_blank(&row.pro_pays),
            pro_voie: or_blank(&row.pro_voie),
            pro_complement: or_blank(&row.pro_complement),
            pro_lieu_dit: or_blank(&row.pro_lieu_dit),
            pro_code_postal: or_blank(&row.pro_code_postal),
            pro_commune: or_blank(&row.pro_commune),
        },
        interlocuteurs: InterlocuteursDraft {
            responsable_nom: or_blank(&row.responsable_nom),
            responsable_prenom: or_blank(&row.responsable_prenom),
            responsable_courriel: or_blank(&row.responsable_courriel),
            correspondant: row.correspondant.clone(),
        },
        situation_professionnelle: SituationProfessionnelleDraft {
            statut: row.statut_professionnel.clone(),
            cadre_emplois: or_blank(&row.cadre_emplois),
            grade: or_blank(&row.grade),
            fonction: row.fonction.clone(),
            service: or_blank(&row.service),
            siret: or_blank(&row.siret),
            domaines: or_blank(&row.domaines),
        },
        validation: ValidationDraft { information: "oui".to_owned(), certification: "oui".to_owned() },
        ..Brouillon::default()
    }
}
