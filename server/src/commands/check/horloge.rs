use domain::instant::Millis;

use super::Constat;
use crate::clock::{Clock, MINUTE, SECOND, SystemClock};
use crate::persistence::engine::Db;
use crate::persistence::journal;

/// The largest accepted difference. A code of the second factor is valid for about thirty seconds: with a larger
/// difference it is refused.
const APART: Millis = 30 * SECOND;

/// Compares this machine's clock with the database's clock, and with the last line of the journal.
pub(super) async fn against(db: &Db) -> Constat {
    let before = SystemClock.now();
    let theirs = match db.now().await {
        Ok(theirs) => theirs,
        Err(error) => return Err(format!("la base ne dit pas son heure ({error})")),
    };
    let apart = theirs - (before + SystemClock.now()) / 2;
    if apart.abs() > APART {
        return Err(format!(
            "celle de la base a {} d’écart avec celle d’ici\u{a0}: réglez les deux sur un serveur de temps (NTP)",
            shown(apart.abs())
        ));
    }
    match journal::newest(db.connection()).await {
        Ok(Some(line)) if line.le - before > MINUTE => Err(format!(
            "le journal a une ligne écrite {} après maintenant\u{a0}: l’horloge a reculé, réglez-la sur un serveur de temps (NTP)",
            shown(line.le - before)
        )),
        // An earlier line has already reported a missing schema.
        Ok(_) | Err(_) => Ok(String::new()),
    }
}

fn shown(apart: Millis) -> String {
    match apart / MINUTE {
        0..2 => format!("{} secondes", apart / SECOND),
        minutes @ 2..120 => format!("{minutes} minutes"),
        minutes => format!("{} heures", minutes / 60),
    }
}
