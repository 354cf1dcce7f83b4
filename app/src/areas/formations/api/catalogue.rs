use domain::Tableau;
use domain::formation::{CodeFormation, FiltreCatalogue};
use leptos::prelude::*;

use crate::areas::formations::port::{Catalogue, Preinscriptions};
use crate::base::adresses::FORMATIONS;
use crate::base::appel::appels;
use crate::base::droits::{acces, ask_login, find_formateur, ouvert};
use crate::base::erreur::ApiError;
use crate::base::routage::Recherche;

acces! {
    Public: ReadCatalogue, ReadFormation;
}

appels! {
    ReadCatalogue { recherche }
    ReadFormation { chemin, recherche }
}

/// The published sessions. `recherche` is what stands after the question mark of the address: the filter.
#[server]
pub async fn read_catalogue(#[server(default)] recherche: String) -> Result<Tableau, ApiError> {
    use crate::areas::formations::html;

    let ports = ouvert::<ReadCatalogue>();
    if !ports.exploitant.preinscription_active {
        ports.exchange.not_found();
        return Ok(html::introuvable().into());
    }
    let recherche = Recherche::read(&recherche);
    let filtre = FiltreCatalogue::read(|name| recherche.get(name));
    let page = ports.of::<dyn Catalogue>().catalogue(&filtre).await?;
    Ok(html::catalogue(&filtre, page, &recherche).into())
}

/// The session of this path. With `preinscrire` in the address, a visitor signs in first.
#[server]
pub async fn read_formation(chemin: String, #[server(default)] recherche: String) -> Result<Tableau, ApiError> {
    use crate::areas::formations::html;

    let ports = ouvert::<ReadFormation>();
    let adresse = chemin.strip_prefix(FORMATIONS).and_then(|rest| rest.strip_prefix('/'));
    let found = match adresse.and_then(parse_adresse) {
        Some((code, numero)) if ports.exploitant.preinscription_active => {
            ports.of::<dyn Catalogue>().formation(code.as_str(), numero).await?.map(|fiche| (fiche, code, numero))
        }
        _ => None,
    };
    let Some((fiche, code, numero)) = found else {
        ports.exchange.not_found();
        return Ok(html::introuvable().into());
    };
    let recherche = Recherche::read(&recherche);
    let possible = match find_formateur(&ports).await? {
        Some(who) => ports.of::<dyn Preinscriptions>().possible(&who, code.as_str(), numero).await?,
        None => {
            if recherche.get(html::PREINSCRIRE).is_some() {
                ask_login(&ports);
            }
            None
        }
    };
    Ok(html::formation(fiche, possible, &recherche).into())
}

/// The code and the number of `FF-ANIMER/003`.
pub(super) fn parse_adresse(adresse: &str) -> Option<(CodeFormation, i64)> {
    let (code, numero) = adresse.split_once('/')?;
    let plain = !numero.is_empty() && numero.bytes().all(|byte| byte.is_ascii_digit());
    Some((CodeFormation::read(code)?, numero.parse().ok().filter(|_| plain)?))
}
