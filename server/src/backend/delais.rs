use std::sync::Arc;

use domain::instant::Millis;
use domain::suivi::DelaisUsuels;
use tokio::sync::Mutex;

use super::Backend;
use crate::clock::{DAY, MINUTE};
use crate::error::BackendError;
use crate::persistence::delais;

/// Older decisions are ignored: they say nothing about today's delay.
const LOOKED_AT: Millis = 90 * DAY;

/// Each follow-up page shows the delay. It is computed at most once in this time.
const KEPT: Millis = 10 * MINUTE;

/// The delay, as last computed.
#[derive(Clone, Default)]
pub(crate) struct Recents(Arc<Mutex<Option<Calcul>>>);

#[derive(Clone, Copy)]
struct Calcul {
    le: Millis,
    delais: Option<DelaisUsuels>,
}

impl Backend {
    pub(crate) async fn usual_delay(&self) -> Result<Option<DelaisUsuels>, BackendError> {
        let now = self.now();
        let mut last = self.delais.0.lock().await;
        match *last {
            // If the clock was set back, the delay is computed again.
            Some(Calcul { le, delais }) if (le..le + KEPT).contains(&now) => Ok(delais),
            _ => {
                let delais = DelaisUsuels::of(delais::decisions_since(self.db.connection(), now - LOOKED_AT).await?);
                *last = Some(Calcul { le: now, delais });
                Ok(delais)
            }
        }
    }
}
