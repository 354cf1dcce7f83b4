//! A copy of all personal data, for the person (RGPD, articles 15 and 20). JSON and CSV have the same lines.

use app::base::appelants::Formateur;
use domain::Etape;
use domain::compte::Statut;
use domain::instant::{Millis, paris};
use sea_orm::ConnectionTrait;

use crate::areas::gestion::motifs::said_to;
use crate::backend::Backend;
use crate::clock::HOUR;
use crate::error::BackendError;
use crate::persistence::compteurs::{Fenetre, Table};
use crate::persistence::courriels::{Etat, Genre};
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{
    changements_adresse, comptes, compteurs, connexions, courriels, decisions, essais, identifiants, journal, motifs,
    notes, preinscriptions, presentations, sessions_formation,
};
use crate::tableur;
use crate::tableur::cellule;

/// The limit of copies for one person.
const COPIES: Fenetre = Fenetre { max: 5, length: HOUR };

/// How many consultations and exports a copy lists.
const TOLD: u64 = 10_000;

/// The format of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Csv,
}

/// A kind of data, with its lines of names and values.
struct Rubrique {
    nom: &'static str,
    lignes: Vec<Vec<(&'static str, String)>>,
}

impl Backend {
    /// Counts a copy, writes it into the journal, then makes it.
    ///
    /// # Errors
    /// `TooMany` past the limit; when the database does not answer.
    pub async fn copy_of(&self, who: &Formateur, format: Format) -> Result<String, BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        compteurs::count(&*write, Table::Durable, &format!("donnees:{}", who.compte_id), now, COPIES).await?;
        let row = self.own_row(&*write, who).await?;
        journal::write(&*write, now, Acteur::Personne, Some(row.id), Action::ExportPersonnel, &[]).await?;
        write.commit().await?;

        let rubriques = self.rubriques(self.db.connection(), &row).await?;
        match format {
            Format::Json => json(&rubriques),
            Format::Csv => Ok(csv(&rubriques)),
        }
    }

    async fn rubriques(&self, db: &impl ConnectionTrait, row: &compte::Model) -> Result<Vec<Rubrique>, BackendError> {
        Ok(vec![
            Rubrique { nom: "compte", lignes: vec![self.compte_lines(db, row).await?] },
            Rubrique { nom: "reponses", lignes: self.answer_lines(row)? },
            Rubrique { nom: "presentation", lignes: presented(db, row.id).await? },
            Rubrique { nom: "historique", lignes: history(db, row.id).await? },
            Rubrique { nom: "decisions", lignes: decided(db, row).await? },
            Rubrique { nom: "corrections", lignes: self.correction_lines(db, row).await? },
            Rubrique { nom: "preinscriptions", lignes: self.preinscription_copy(db, row).await? },
            Rubrique { nom: "courriels", lignes: mails(db, row.id).await? },
            Rubrique { nom: "notes", lignes: noted(db, row.id).await? },
            Rubrique { nom: "changements_adresse", lignes: address_changes(db, row.id).await? },
            Rubrique { nom: "connexions", lignes: self.connexion_lines(db, row.id).await? },
            Rubrique {
                nom: "consultations",
                lignes: moments(journal::looks(db, row.id, TOLD).await?, "un gestionnaire a ouvert le dossier"),
            },
            Rubrique {
                nom: "exports",
                lignes: moments(
                    journal::done_since(db, Action::Export, row.envoyee_le, TOLD).await?,
                    "la liste des demandes a été exportée",
                ),
            },
        ])
    }

    async fn compte_lines(
        &self,
        db: &impl ConnectionTrait,
        row: &compte::Model,
    ) -> Result<Vec<(&'static str, String)>, BackendError> {
        let motif = match row.motif_id {
            Some(id) => motifs::find(db, id).await?.map(|motif| said_to(&motif.texte, row)).transpose()?,
            None => None,
        };
        let password = identifiants::by_courriel(db, &row.courriel_cle).await?;
        let failures = essais::of(db, &self.hide(&row.courriel_cle)).await?;
        Ok(vec![
            ("reference", row.reference.clone()),
            ("etat", comptes::statut(row)?.code().to_owned()),
            ("etat_depuis", iso(row.statut_depuis)),
            ("cas", row.cas.clone()),
            ("employeur", self.employeur(db, row).await?),
            ("courriel", row.courriel.clone()),
            ("envoyee_le", iso(row.envoyee_le)),
            ("activee_le", maybe(row.activee_le)),
            ("attend_depuis", maybe(row.attend_depuis)),
            ("decidee_le", maybe(row.decidee_le)),
            ("motif", motif.unwrap_or_default()),
            ("message", row.message.clone().unwrap_or_default()),
            ("derniere_connexion", maybe(row.actif_le)),
            ("averti_le", maybe(row.averti_le)),
            ("mot_de_passe_choisi_le", maybe(password.map(|password| password.modifie_le))),
            ("essais_manques", failures.as_ref().map_or(0, |failures| failures.n).to_string()),
            ("dernier_essai_manque_le", maybe(failures.map(|failures| failures.dernier_le))),
        ])
    }

    /// The answers. Before the account is validated, some values are withheld: the address may be another person's. See
    /// `DESIGN.md`.
    fn answer_lines(&self, row: &compte::Model) -> Result<Vec<Vec<(&'static str, String)>>, BackendError> {
        let regle = Communicable::of(row)?;
        let mut lines = Vec::new();
        for rubrique in self.donnees(row)? {
            for ligne in rubrique.lignes {
                let valeur = regle.shown(rubrique.etape, &ligne.champ, ligne.valeur);
                lines.push(vec![
                    ("etape", rubrique.etape.slug().to_owned()),
                    ("champ", ligne.champ),
                    ("libelle", ligne.label),
                    ("valeur", valeur),
                ]);
            }
        }
        Ok(lines)
    }

    async fn correction_lines(
        &self,
        db: &impl ConnectionTrait,
        row: &compte::Model,
    ) -> Result<Vec<Vec<(&'static str, String)>>, BackendError> {
        let regle = Communicable::of(row)?;
        let mut lines = Vec::new();
        for past in self.past_corrections(db, row).await? {
            let dates = [("demandee_le", iso(past.demandee_le)), ("renvoyee_le", maybe(past.renvoyee_le))];
            let with = |rest: Vec<(&'static str, String)>| dates.iter().cloned().chain(rest).collect::<Vec<_>>();
            lines.push(with(vec![("message", past.message)]));
            for remarque in past.remarques {
                let champ = format!("{}.{}", remarque.etape.slug(), remarque.champ);
                lines.push(with(vec![("champ", champ), ("remarque", remarque.texte)]));
            }
            for change in past.changements {
                let (avant, apres) = (
                    regle.shown(change.etape, &change.champ, change.avant),
                    regle.shown(change.etape, &change.champ, change.apres),
                );
                let champ = format!("{}.{}", change.etape.slug(), change.champ);
                lines.push(with(vec![("champ", champ), ("avant", avant), ("apres", apres)]));
            }
        }
        Ok(lines)
    }

    async fn preinscription_copy(
        &self,
        db: &impl ConnectionTrait,
        row: &compte::Model,
    ) -> Result<Vec<Vec<(&'static str, String)>>, BackendError> {
        let mut lines = Vec::new();
        let all = preinscriptions::of_account(db, row.id).await?;
        let sessions = sessions_formation::find_all(db, all.iter().map(|mine| mine.session_id)).await?;
        for mine in all {
            let session = sessions.get(&mine.session_id);
            let (adresse, intitule) = session
                .map(|session| (sessions_formation::address(session), session.intitule.clone()))
                .unwrap_or_default();
            let motif = self.motif_of(db, row, &mine).await?.unwrap_or_default();
            lines.push(vec![
                ("reference", mine.reference),
                ("session", adresse),
                ("intitule", intitule),
                ("rang", mine.rang.to_string()),
                ("etat", mine.etat),
                ("cause", mine.cause.unwrap_or_default()),
                ("demandee_par", mine.origine),
                ("raison", mine.raison),
                ("s_il_n_y_a_plus_de_place", mine.si_complet),
                ("attentes", mine.attentes),
                ("contact_referent", if mine.contact_referent { "oui" } else { "non" }.to_owned()),
                ("observation", mine.observation),
                ("motif", motif),
                ("creee_le", iso(mine.cree_le)),
                ("modifiee_le", iso(mine.modifie_le)),
                ("offre_jusqu_au", maybe(mine.offre_fin.filter(|_| mine.offre_remise_le.is_some()))),
            ]);
        }
        Ok(lines)
    }

    async fn connexion_lines(
        &self,
        db: &impl ConnectionTrait,
        id: i64,
    ) -> Result<Vec<Vec<(&'static str, String)>>, BackendError> {
        let rows = connexions::alive(db, connexions::Genre::Formateur, id, self.now()).await?;
        let line = |row: connexions::Model| {
            vec![
                ("ouverte_le", iso(row.cree_le)),
                ("utilisee_le", iso(row.vue_le)),
                ("expire_le", iso(row.expire_le)),
                ("navigateur", row.navigateur),
                ("essais_manques_avant", row.essais.to_string()),
                ("dernier_essai_manque_le", maybe(row.essai_le)),
            ]
        };
        Ok(rows.into_iter().map(line).collect())
    }
}

/// Whether the withheld values may be shown. It applies to every printed field.
#[derive(Clone, Copy)]
struct Communicable {
    tout: bool,
}

impl Communicable {
    /// Before the validation, the address may be mistyped and belong to another person.
    fn of(row: &compte::Model) -> Result<Self, BackendError> {
        Ok(Self { tout: comptes::statut(row)? == Statut::Actif })
    }

    fn shown(self, etape: Etape, champ: &str, valeur: String) -> String {
        let withheld = match etape {
            Etape::Identite => champ == "date_naissance",
            Etape::Coordonnees => champ != "courriel",
            Etape::Adresses => true,
            Etape::Interlocuteurs | Etape::SituationProfessionnelle | Etape::Validation => false,
        };
        if withheld && !self.tout { "non communiqué avant la validation du compte".to_owned() } else { valeur }
    }
}

async fn presented(db: &impl ConnectionTrait, id: i64) -> Result<Vec<Vec<(&'static str, String)>>, BackendError> {
    let line = |row: presentations::Model| {
        vec![
            ("nom", row.nom),
            ("prenom", row.prenom),
            ("courriel", row.courriel),
            ("presente_le", iso(row.presente_le)),
        ]
    };
    Ok(presentations::of_account(db, id).await?.into_iter().map(line).collect())
}

/// The history of an account. A held decision is left out, with everything that reveals it.
async fn history(db: &impl ConnectionTrait, id: i64) -> Result<Vec<Vec<(&'static str, String)>>, BackendError> {
    let mut lines = Vec::new();
    for line in journal::of_account(db, id).await? {
        // A newer version of the program may have written an action that this one does not know.
        let Some(action) = Action::from_code(&line.action) else { continue };
        if matches!(action, Action::Consultation | Action::DecisionTenue) {
            continue;
        }
        let par = match Acteur::from_code(&line.acteur) {
            Some(Acteur::Personne) => "vous",
            Some(Acteur::Gestionnaire(_)) => "un gestionnaire",
            Some(Acteur::ServiceFormation(_)) => "un service formation",
            Some(Acteur::Systeme) => "le service",
            Some(Acteur::LigneDeCommande) => "l’exploitant",
            None => "le service",
        };
        let champs = line.champs;
        lines.push(vec![
            ("le", iso(line.le)),
            ("quoi", action.label().to_owned()),
            ("par", par.to_owned()),
            ("champs", champs),
        ]);
    }
    Ok(lines)
}

async fn decided(
    db: &impl ConnectionTrait,
    row: &compte::Model,
) -> Result<Vec<Vec<(&'static str, String)>>, BackendError> {
    let mut lines = Vec::new();
    for decision in decisions::ended_of_account(db, row.id).await? {
        let motif = match decision.motif_id {
            Some(id) => motifs::find(db, id).await?.map(|motif| said_to(&motif.texte, row)).transpose()?,
            None => None,
        };
        lines.push(vec![
            ("verdict", decision.verdict),
            ("prise_le", iso(decision.prise_le)),
            ("appliquee_le", maybe(decision.appliquee_le)),
            ("annulee_le", maybe(decision.annulee_le)),
            ("motif", motif.unwrap_or_default()),
            ("message", decision.message),
            ("remarques", decision.remarques),
        ]);
    }
    Ok(lines)
}

/// The mails: which one, when, and what became of it. Their texts are not stored.
async fn mails(db: &impl ConnectionTrait, id: i64) -> Result<Vec<Vec<(&'static str, String)>>, BackendError> {
    let mut lines = Vec::new();
    for row in courriels::to_person(db, id).await? {
        let quoi = Genre::from_code(&row.genre).map_or_else(|| row.genre.clone(), |genre| genre.label().to_owned());
        let etat = Etat::from_code(&row.etat).ok_or(BackendError::Corrupt { table: "courriel", column: "etat" })?;
        lines.push(vec![
            ("quoi", quoi),
            ("mis_en_file_le", iso(row.cree_le)),
            ("remis_le", maybe(row.envoye_le)),
            ("etat", etat.code().to_owned()),
            ("erreur", row.derniere_erreur.unwrap_or_default()),
        ]);
    }
    Ok(lines)
}

async fn noted(db: &impl ConnectionTrait, id: i64) -> Result<Vec<Vec<(&'static str, String)>>, BackendError> {
    let notes = notes::of_account(db, id).await?;
    Ok(notes.into_iter().map(|note| vec![("le", iso(note.le)), ("texte", note.texte)]).collect())
}

async fn address_changes(db: &impl ConnectionTrait, id: i64) -> Result<Vec<Vec<(&'static str, String)>>, BackendError> {
    let line = |row: changements_adresse::Model| {
        vec![("demande_le", iso(row.demande_le)), ("ancienne", row.ancien), ("nouvelle", row.nouveau)]
    };
    Ok(changements_adresse::of_account(db, id).await?.into_iter().map(line).collect())
}

fn moments(lines: Vec<journal::Model>, quoi: &str) -> Vec<Vec<(&'static str, String)>> {
    lines.into_iter().map(|line| vec![("le", iso(line.le)), ("quoi", quoi.to_owned())]).collect()
}

/// ISO 8601, in French time.
fn iso(instant: Millis) -> String {
    let at = paris(instant);
    let (date, offset) = (at.date(), at.offset().whole_hours());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{offset:+03}:00",
        date.year(),
        u8::from(date.month()),
        date.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

fn maybe(instant: Option<Millis>) -> String {
    instant.map(iso).unwrap_or_default()
}

/// A JSON object of lists of objects. All values are texts.
fn json(rubriques: &[Rubrique]) -> Result<String, BackendError> {
    let object = |ligne: &Vec<(&'static str, String)>| -> serde_json::Map<String, serde_json::Value> {
        ligne.iter().map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect()
    };
    let all: serde_json::Map<String, serde_json::Value> = rubriques
        .iter()
        .map(|rubrique| {
            let lignes: Vec<serde_json::Value> =
                rubrique.lignes.iter().map(|ligne| serde_json::Value::Object(object(ligne))).collect();
            (rubrique.nom.to_owned(), serde_json::Value::Array(lignes))
        })
        .collect();
    serde_json::to_string_pretty(&all).map_err(|_| BackendError::Task)
}

/// One line for each value: its kind, its number, its name, the value.
fn csv(rubriques: &[Rubrique]) -> String {
    let mut text = tableur::debut(&["Rubrique", "Numéro", "Champ", "Valeur"]);
    for rubrique in rubriques {
        for (at, ligne) in rubrique.lignes.iter().enumerate() {
            for (name, value) in ligne {
                let cells = [rubrique.nom, &(at + 1).to_string(), name, value].map(cellule);
                text.push_str(&tableur::ligne(&cells));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_those_of_france() {
        assert_eq!(iso(1_781_524_800_000), "2026-06-15T14:00:00+02:00");
        assert_eq!(iso(1_797_249_600_000), "2026-12-14T13:00:00+01:00");
    }

    #[test]
    fn no_cell_of_a_copy_is_run() {
        let ligne = vec![("texte", "=1+1".to_owned())];
        let text = csv(&[Rubrique { nom: "notes", lignes: vec![ligne] }]);
        assert!(text.ends_with("notes;1;texte;'=1+1\r\n"), "{text}");
    }
}
