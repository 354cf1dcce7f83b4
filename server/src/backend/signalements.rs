//! What a server notices about its own installation.

use std::net::IpAddr;

use domain::instant::Millis;

use super::Backend;
use crate::clock::DAY;
use crate::config::Reseau;
use crate::error::BackendError;
use crate::persistence::signalements;
use crate::persistence::signalements::MANDATAIRE_INCONNU;

/// How long a report stays visible.
const TOLD: Millis = DAY;

impl Backend {
    /// Records that `X-Forwarded-For` came from an address that is no trusted proxy. The address is kept only if it is
    /// local or private: any other may be a person's.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn note_unknown_proxy(&self, proxy: Option<IpAddr>) -> Result<(), BackendError> {
        let detail = proxy.map(|address| address.to_string()).unwrap_or_default();
        signalements::note(self.db.connection(), MANDATAIRE_INCONNU, &detail, self.now()).await
    }

    /// The untrusted local or private addresses that sent `X-Forwarded-For` in the last day. Also says whether any
    /// other address did.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unknown_proxies(&self, trusted: &[Reseau]) -> Result<(Vec<IpAddr>, bool), BackendError> {
        let rows = signalements::since(self.db.connection(), MANDATAIRE_INCONNU, self.now() - TOLD).await?;
        let public = rows.iter().any(|row| row.detail.is_empty());
        let addresses = rows.iter().filter_map(|row| row.detail.parse().ok());
        let unknown = addresses.filter(|address| !trusted.iter().any(|network| network.contains(*address)));
        Ok((unknown.collect(), public))
    }
}
