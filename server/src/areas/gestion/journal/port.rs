use app::areas::gestion::journal::{FiltreJournal, Journaux, LigneJournal, ListeJournal};
use app::base::appelants::Administrateur;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::Reference;
use domain::instant::{at_hour, read_day};

use super::recherche_journal;
use super::recherche_journal::Recherche;
use crate::backend::Backend;
use crate::persistence::gestionnaires;
use crate::persistence::journal::{Acteur, Action};

const PAGE: u64 = 50;

#[async_trait]
impl Journaux for Backend {
    async fn journal_page(&self, _: &Administrateur, filtre: &FiltreJournal) -> Reply<ListeJournal> {
        let db = self.db.connection();
        let team = gestionnaires::all(db).await?;
        let name = |acteur: &str| match Acteur::from_code(acteur) {
            Some(Acteur::Personne) => "la personne".to_owned(),
            Some(Acteur::ServiceFormation(id)) => format!("service formation n°\u{a0}{id}"),
            Some(Acteur::Systeme) => "le service".to_owned(),
            Some(Acteur::LigneDeCommande) => "la ligne de commande".to_owned(),
            Some(Acteur::Gestionnaire(id)) => match team.iter().find(|row| row.id == id) {
                Some(row) if row.courriel.is_empty() => format!("ancien membre n°\u{a0}{id}"),
                Some(row) if !row.nom.is_empty() => row.nom.clone(),
                Some(row) => row.courriel.clone(),
                None => format!("gestionnaire n°\u{a0}{id}"),
            },
            None => acteur.to_owned(),
        };
        let compte_id = match filtre.reference.trim() {
            "" => None,
            // A text that is no reference matches no account.
            raw => match raw.parse::<Reference>() {
                Ok(reference) => Some(recherche_journal::account(db, &reference.to_string()).await?),
                Err(_) => Some(0),
            },
        };
        let asked = Recherche {
            acteur: Acteur::from_code(&filtre.acteur).map(Acteur::code),
            action: Action::from_code(&filtre.action).map(|action| action.code().to_owned()),
            compte_id,
            du: read_day(&filtre.du).map(|day| at_hour(day, 0)),
            au: read_day(&filtre.au).and_then(time::Date::next_day).map(|day| at_hour(day, 0)),
            apres: filtre.apres,
        };
        let mut rows = recherche_journal::page(db, &asked, PAGE + 1).await?;
        let more = rows.len() as u64 > PAGE;
        rows.truncate(PAGE as usize);
        let references =
            recherche_journal::references(db, rows.iter().filter_map(|row| row.compte_id).collect()).await?;
        let sealed = recherche_journal::sealed(db, rows.iter().map(|row| row.id).collect()).await?;
        let suivante = rows.last().filter(|_| more).map(|row| row.id);
        let lignes = rows
            .into_iter()
            .map(|row| LigneJournal {
                id: row.id,
                le: row.le,
                acteur: name(&row.acteur),
                quoi: Action::from_code(&row.action).map_or(row.action, |action| action.label().to_owned()),
                champs: row.champs,
                dossier: row.compte_id.map(|id| (id, references.get(&id).and_then(|found| found.parse().ok()))),
                scellee: sealed.contains(&row.id),
            })
            .collect();
        let others = [Acteur::Personne, Acteur::Systeme, Acteur::LigneDeCommande].map(Acteur::code);
        let acteurs = team.iter().map(|row| Acteur::Gestionnaire(row.id).code()).chain(others);
        Ok(ListeJournal {
            filtre: filtre.clone(),
            lignes,
            suivante,
            acteurs: acteurs.map(|code| (code.clone(), name(&code))).collect(),
            actions: Action::ALL.iter().map(|action| (action.code().to_owned(), action.label().to_owned())).collect(),
        })
    }
}

impl Backend {}
