use domain::formation::{DelegationSaisie, FauteDelegation};
use leptos::prelude::*;

use super::port::{DelegationEnregistree, DelegationGeree, Delegations};
use crate::areas::gestion::si_active::{go_if_active, read_if_active};
use crate::base::adresses::DELEGATIONS;
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::ApiError;
use crate::base::notice::{Notice, notices};
use crate::base::paquet::Paquet;
use crate::base::refus::Refus;
use crate::base::vue::{Qui, Vue};

notices! {
    /// On the pages of the délégations.
    pub enum NoticeDelegations {
        Ajoutee = "ajoutee", true, "Délégation ajoutée.";
        Modifiee = "modifiee", true, "Délégation modifiée.";
        Activee = "activee", true, "Délégation activée\u{a0}: elle peut être choisie pour une session.";
        Desactivee = "desactivee", true, "Délégation désactivée\u{a0}: elle n’est plus proposée. Ses sessions la gardent.";
        Perimee = "perimee", false, "Un collègue a modifié cette délégation entre-temps\u{a0}: voici où elle en est.";
    }
}

acces! {
    Gestionnaire: ReadDelegations, ReadDelegation, AddDelegation, ChangeDelegation, ActivateDelegation;
}

appels! {
    ReadDelegations {}
    ReadDelegation { id }
}

#[server(output = Paquet)]
pub async fn read_delegations() -> Result<Option<Vue<Option<Vec<DelegationGeree>>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadDelegations>().await? else { return Ok(None) };
    let all = async { ports.of::<dyn Delegations>().delegations(&by).await.map(Some) };
    let contenu = read_if_active(&ports, all).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server(output = Paquet)]
pub async fn read_delegation(#[server(default)] id: String) -> Result<Option<Vue<Option<DelegationGeree>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadDelegation>().await? else { return Ok(None) };
    let one = ports.of::<dyn Delegations>().delegation(&by, id.parse().unwrap_or_default());
    let contenu = read_if_active(&ports, one).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server]
pub async fn add_delegation(#[server(default)] delegation: DelegationSaisie) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<AddDelegation>().await? else { return Ok(()) };
    let done = async {
        let outcome = ports.of::<dyn Delegations>().add_delegation(&by, &delegation).await?;
        Ok(after(&outcome, NoticeDelegations::Ajoutee, DELEGATIONS))
    };
    go_if_active(&ports, done, DELEGATIONS).await
}

#[server]
pub async fn change_delegation(
    id: i64,
    version: i64,
    #[server(default)] delegation: DelegationSaisie,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<ChangeDelegation>().await? else { return Ok(()) };
    let here = format!("{DELEGATIONS}/{id}");
    let done = async {
        let outcome = ports.of::<dyn Delegations>().change_delegation(&by, id, version, &delegation).await?;
        Ok(after(&outcome, NoticeDelegations::Modifiee, &here))
    };
    go_if_active(&ports, done, &here).await
}

/// The page after a saving. Only the codes of the faults go into the address: they are ours.
fn after(outcome: &DelegationEnregistree, done: NoticeDelegations, form: &str) -> String {
    match outcome {
        DelegationEnregistree::Faite => done.at(DELEGATIONS),
        DelegationEnregistree::Refusee(fautes) => {
            let codes: Vec<_> = fautes.iter().map(|faute: &FauteDelegation| faute.code()).collect();
            Refus::Saisie.with(form, "champs", codes.join("-"))
        }
        DelegationEnregistree::Perimee => Refus::Perimee.at(form),
    }
}

#[server]
pub async fn activate_delegation(id: i64, version: i64, #[server(default)] active: bool) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<ActivateDelegation>().await? else { return Ok(()) };
    let here = format!("{DELEGATIONS}/{id}");
    let done = async {
        let done = ports.of::<dyn Delegations>().activate_delegation(&by, id, version, active).await?;
        let notice = match (done, active) {
            (false, _) => NoticeDelegations::Perimee,
            (true, true) => NoticeDelegations::Activee,
            (true, false) => NoticeDelegations::Desactivee,
        };
        Ok(notice.at(&here))
    };
    go_if_active(&ports, done, &here).await
}
