//! The form of a session. The server makes this page: it computes nothing in the browser, where its forty fields and the
//! rules about them would weigh. Every button posts the whole form, so it works the same without JavaScript.

#[cfg(not(target_family = "wasm"))]
mod champs;
#[cfg(not(target_family = "wasm"))]
mod formulaire;

use domain::Tableau;
use domain::formation::lecture::{SEANCES_MAX, SeanceSaisie, SessionSaisie};
use leptos::prelude::*;

use super::api::formations::NoticeFormations;
use super::port::{FormationEnregistree, SessionsFormation};
use crate::areas::gestion::si_active::{go_if_active, read_if_active};
use crate::base::adresses::{GESTION_FORMATIONS, gestion_formation_path, gestion_formation_sub_path};
use crate::base::appel::appels;
use crate::base::droits::{Gestionnaire, acces, entrer};
use crate::base::erreur::ApiError;
use crate::base::notice::Notice;
use crate::base::port::{Ports, Reply};
use crate::base::routage::parametre;
use crate::base::vue::Qui;
use crate::ui::page_html;

acces! {
    Gestionnaire: ReadSaisie, SaveFormation;
}

appels! {
    ReadSaisie { id, recherche }
}

/// The form of a session, or of a new one without an id. 404 when there is no such session or it is cancelled.
#[server]
pub async fn read_saisie(
    #[server(default)] id: String,
    #[server(default)] recherche: String,
) -> Result<Tableau, ApiError> {
    let Some((by, ports)) = entrer::<ReadSaisie>().await? else { return Ok(Tableau::default()) };
    // An id that is no number names no session.
    let asked = if id.is_empty() { None } else { Some(id.parse().unwrap_or_default()) };
    let edition = read_if_active(&ports, ports.of::<dyn SessionsFormation>().edit_formation(&by, asked)).await?;
    let page = formulaire::page(Qui::of(&by, &ports), edition, &recherche);
    Ok(page.into())
}

/// The page of the form. `/gestion/formations/nouvelle` has no id in its address.
#[component]
pub fn PageSaisieFormation() -> impl IntoView {
    let id = parametre("id");
    page_html(move |_, recherche| ReadSaisie { id: id.get(), recherche })
}

/// One of the buttons of the form. Each keeps what was typed, but for « Abandonner cette saisie ».
#[server]
pub async fn save_formation(
    #[server(default)] id: String,
    #[server(default)] version: i64,
    #[server(default)] saisie: SessionSaisie,
    #[server(default)] faire: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<SaveFormation>().await? else { return Ok(()) };
    let id: Option<i64> = id.parse().ok();
    let here = match id {
        Some(id) => gestion_formation_sub_path(id, "modifier"),
        None => format!("{GESTION_FORMATIONS}/nouvelle"),
    };
    go_if_active(&ports, press(&ports, &by, (id, version), saisie, (&faire, &here)), &here).await
}

/// Does what the button says. Returns the page that comes next.
async fn press(
    ports: &Ports,
    by: &Gestionnaire,
    (id, version): (Option<i64>, i64),
    mut saisie: SessionSaisie,
    (faire, here): (&str, &str),
) -> Reply<String> {
    let port = ports.of::<dyn SessionsFormation>();
    if faire == "abandonner" {
        port.forget_formation(by, id).await?;
        return Ok(id.map_or(GESTION_FORMATIONS.to_owned(), gestion_formation_path));
    }
    let removed = faire.strip_prefix("retirer-").and_then(|at| at.parse::<usize>().ok());
    if faire == "ajouter" || removed.is_some() {
        let at = change_seances(&mut saisie.seances, removed);
        port.keep_formation(by, id, version, &saisie).await?;
        return Ok(format!("{here}#champ-seances-{at}"));
    }
    Ok(match port.write_formation(by, id, version, &saisie).await? {
        FormationEnregistree::Faite(id) => NoticeFormations::Enregistree.at(&gestion_formation_path(id)),
        // Not a refusal of the address: the server keeps what was typed, so neither a cookie nor the browser need to.
        FormationEnregistree::ARevoir => NoticeFormations::ARevoir.at(here),
        FormationEnregistree::Perimee => NoticeFormations::SaisiePerimee.at(here),
        FormationEnregistree::Absente => NoticeFormations::Absente.at(GESTION_FORMATIONS),
    })
}

/// Removes a séance, or adds one at the place and the hours of the last. Returns the place of the séance to show.
fn change_seances(seances: &mut Vec<SeanceSaisie>, removed: Option<usize>) -> usize {
    match removed {
        Some(at) if seances.len() > 1 && at < seances.len() => {
            seances.remove(at);
            at.min(seances.len() - 1)
        }
        None if seances.len() < SEANCES_MAX => {
            let last = seances.last().cloned().unwrap_or_else(SeanceSaisie::nouvelle);
            seances.push(SeanceSaisie { jour: String::new(), ..last });
            seances.len() - 1
        }
        _ => seances.len().saturating_sub(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seance_is_added_like_the_last_and_removed_by_its_place() {
        let mut seances =
            vec![SeanceSaisie { jour: "2027-03-12".to_owned(), lieu: "Foix".to_owned(), ..SeanceSaisie::nouvelle() }];
        assert_eq!(change_seances(&mut seances, None), 1);
        assert_eq!((seances[1].jour.as_str(), seances[1].lieu.as_str()), ("", "Foix"));
        seances[1].lieu = "Albi".to_owned();
        assert_eq!(change_seances(&mut seances, Some(7)), 1, "no such séance");
        assert_eq!(change_seances(&mut seances, Some(0)), 0);
        assert_eq!(seances[0].lieu, "Albi");
        assert_eq!((change_seances(&mut seances, Some(0)), seances.len()), (0, 1), "the last séance stays");
        for _ in 0..40 {
            change_seances(&mut seances, None);
        }
        assert_eq!(seances.len(), SEANCES_MAX);
    }
}
