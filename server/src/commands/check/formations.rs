use super::Constat;
use crate::persistence::engine::Db;
use crate::persistence::preinscriptions;

/// Counts the places of every session again.
pub(super) async fn counted(db: &Db) -> Constat {
    match preinscriptions::miscounted(db.connection()).await {
        Ok(wrong) if wrong.is_empty() => Ok(String::new()),
        Ok(wrong) => Err(format!(
            "les compteurs ne sont pas ceux des préinscriptions ({})\u{a0}: arrêtez le service et restaurez une sauvegarde",
            wrong.join(", ")
        )),
        Err(error) => Err(format!("elles ne se lisent pas ({error})")),
    }
}
