use super::Constat;
use crate::backend::Backend;

/// Checks the seals of the journal. Returns one line, or one for each anomaly.
pub(super) async fn seals(backend: &Backend) -> Vec<Constat> {
    match backend.check_journal().await {
        Err(error) => vec![Err(format!("la base ne répond pas ({error})"))],
        Ok(found) if found.anomalies.is_empty() => {
            let dernier: String = found.dernier.chars().take(16).collect();
            let last = if dernier.is_empty() { String::new() } else { format!("\u{a0}; dernier sceau {dernier}") };
            vec![Ok(format!("{} lignes scellées, intactes{last}", found.scellees))]
        }
        Ok(found) => found.anomalies.into_iter().map(Err).collect(),
    }
}
