//! An expired draft is opened again, with the texts that its open page holds.

use domain::ports::{BrouillonEnCours, DraftKey, Ports, Reply};
use domain::{Cas, Etape, Tableau};

/// Opens a new draft. `page` is the draft as the page was made with it; the tab being typed replaces its own part.
/// Every text from a page is checked as if it had just been typed. `None` when `page` holds no draft.
pub(super) async fn reopen(
    ports: &Ports,
    etape: Etape,
    fields: &[(String, String)],
    visited: bool,
    page: &str,
) -> Reply<Option<(DraftKey, BrouillonEnCours)>> {
    let held = BrouillonEnCours::read(&Tableau::from(page.to_owned()));
    let Some(held) = held.filter(|held| held.cas != Cas::ServiceRh) else { return Ok(None) };
    let mut brouillon = held.brouillon;
    let onglet = brouillon.onglet_mut(etape);
    for at in 0..onglet.specs().len() {
        onglet.set(at, String::new());
    }
    for (name, raw) in fields {
        if let Some(at) = onglet.position(name) {
            onglet.set(at, raw.clone());
        }
    }
    if visited {
        brouillon.visites.insert(etape);
    }
    let collectivite = match held.collectivite {
        Some(held) => {
            ports.annuaire.named(Some(&ports.exchange.client()), &held.cle.to_string()).await?.into_iter().next()
        }
        None => None,
    };
    let collectivite = collectivite.filter(|found| found.is_generic());
    let (key, draft) =
        ports.brouillons.reopen(&ports.exchange.client(), held.cas, collectivite.as_ref(), &brouillon).await?;
    ports.exchange.keep_draft_key(&key);
    Ok(Some((key, draft)))
}
