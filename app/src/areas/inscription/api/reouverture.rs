//! An expired draft is opened again, with the texts that its open page holds.

use domain::{BrouillonEnCours, Cas, Etape, Tableau};

use crate::areas::inscription::port::Brouillons;
use crate::base::exchange::DraftKey;
use crate::base::port::{Ports, Reply};
use crate::onglet::annuaire::Annuaire;

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
        Some(held) => ports
            .of::<dyn Annuaire>()
            .named(Some(&ports.exchange.client()), &held.cle.to_string())
            .await?
            .into_iter()
            .next(),
        None => None,
    };
    let collectivite = collectivite.filter(|found| found.is_generic());
    let (key, draft) = ports
        .of::<dyn Brouillons>()
        .reopen(&ports.exchange.client(), held.cas, collectivite.as_ref(), &brouillon)
        .await?;
    ports.exchange.keep_draft_key(&key);
    Ok(Some((key, draft)))
}
