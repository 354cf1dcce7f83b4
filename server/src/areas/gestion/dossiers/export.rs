//! Exports the list as a file. It is streamed page by page, so a million rows need no more memory than one page.

use app::base::appelants::Gestionnaire;
use domain::filtre::FiltreDemandes;
use domain::instant::{Millis, paris};
use futures::Stream;

use super::demandes::Selection;
use crate::backend::Backend;
use crate::clock::HOUR;
use crate::error::BackendError;
use crate::persistence::compteurs::{Fenetre, Table};
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{annuaire, comptes, compteurs, journal};
use crate::tableur;
use crate::tableur::cellule;

/// The limit of exports for one gestionnaire.
const EXPORTS: Fenetre = Fenetre { max: 5, length: HOUR };

/// How many rows are read at once.
const BATCH: u64 = 1_000;

const COLONNES: [&str; 10] = [
    "Référence",
    "État",
    "Depuis le",
    "Inscription",
    "Nom",
    "Prénom",
    "Adresse de messagerie",
    "Employeur",
    "Envoyée le",
    "Attend depuis le",
];

impl Backend {
    /// Counts an export, writes it into the journal, then gives its lines, with the header first. The order is the
    /// order in which requests were made. A row written meanwhile may be missing; no row comes twice.
    ///
    /// # Errors
    /// `TooMany` past the limit; when the database does not answer.
    pub async fn export(
        &self,
        by: &Gestionnaire,
        filtre: &FiltreDemandes,
    ) -> Result<impl Stream<Item = Result<String, BackendError>> + Send + use<>, BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        compteurs::count(&*write, Table::Durable, &format!("export:{}", by.id), now, EXPORTS).await?;
        let chosen: Vec<&str> = filtre.parameters().into_iter().map(|(name, _)| name).collect();
        journal::write(&*write, now, Acteur::Gestionnaire(by.id), None, Action::Export, &chosen).await?;
        write.commit().await?;

        let selection = Selection::new(self.db.connection(), filtre, self.regard(by)).await?;
        let start = Some((self.clone(), selection, None));
        Ok(futures::stream::try_unfold(start, |state| async move {
            let Some((backend, selection, after)) = state else { return Ok(None) };
            let db = backend.db.connection();
            let (mut text, from) = match after {
                // `debut` begins with a byte-order mark: so a spreadsheet reads the file as UTF-8.
                None => (tableur::debut(&COLONNES), 0),
                Some(after) => (String::new(), after),
            };
            let rows = selection.rows_by_id(db, from, BATCH).await?;
            let employers = annuaire::names(db, rows.iter().map(|row| row.collectivite_id)).await?;
            for row in &rows {
                let employer = employers.get(&row.collectivite_id).map_or("", String::as_str);
                text.push_str(&tableur::ligne(&line(row, employer)?));
            }
            let next = rows.last().filter(|_| rows.len() as u64 == BATCH).map(|last| last.id);
            if text.is_empty() {
                return Ok(None);
            }
            Ok(Some((text, next.map(|last| (backend, selection, Some(last))))))
        }))
    }
}

fn line(row: &compte::Model, employer: &str) -> Result<[String; 10], BackendError> {
    Ok([
        row.reference.clone(),
        comptes::statut(row)?.label().to_owned(),
        day(row.statut_depuis),
        comptes::cas(row)?.label().to_owned(),
        row.nom.clone(),
        row.prenom.clone(),
        row.courriel.clone(),
        employer.to_owned(),
        day(row.envoyee_le),
        row.attend_depuis.map(day).unwrap_or_default(),
    ]
    .map(|text| cellule(&text)))
}

/// A day as spreadsheets read it: « 07/03/2026 ».
fn day(instant: Millis) -> String {
    let date = paris(instant).date();
    format!("{:02}/{:02}/{}", date.day(), u8::from(date.month()), date.year())
}
