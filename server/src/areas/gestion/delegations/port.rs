use app::areas::gestion::delegations::{DelegationEnregistree, DelegationGeree, Delegations};
use app::base::appelants::Gestionnaire;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::formation::{DelegationSaisie, FauteDelegation};
use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::delegations;
use crate::persistence::delegations::Model;
use crate::persistence::journal;
use crate::persistence::journal::{Acteur, Action};

#[async_trait]
impl Delegations for Backend {
    async fn delegations(&self, _: &Gestionnaire) -> Reply<Vec<DelegationGeree>> {
        let rows = delegations::all(self.db.connection()).await?;
        Ok(rows.into_iter().map(geree).collect())
    }

    async fn delegation(&self, _: &Gestionnaire, id: i64) -> Reply<Option<DelegationGeree>> {
        Ok(delegations::find(self.db.connection(), id).await?.map(geree))
    }

    async fn add_delegation(&self, by: &Gestionnaire, saisie: &DelegationSaisie) -> Reply<DelegationEnregistree> {
        let delegation = match saisie.read() {
            Ok(delegation) => delegation,
            Err(fautes) => return Ok(DelegationEnregistree::Refusee(fautes)),
        };
        let write = self.db.begin().await?;
        if delegations::is_taken(&*write, &delegation.nom, None).await? {
            return Ok(DelegationEnregistree::Refusee(vec![FauteDelegation::NomPris]));
        }
        let id = delegations::insert(&*write, &delegation).await?;
        self.note_delegation(&*write, by, Action::DelegationCreee, &[], id).await?;
        write.commit().await?;
        Ok(DelegationEnregistree::Faite)
    }

    async fn change_delegation(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        saisie: &DelegationSaisie,
    ) -> Reply<DelegationEnregistree> {
        let delegation = match saisie.read() {
            Ok(delegation) => delegation,
            Err(fautes) => return Ok(DelegationEnregistree::Refusee(fautes)),
        };
        let write = self.db.begin().await?;
        let Some(before) = delegations::find(&*write, id).await? else { return Ok(DelegationEnregistree::Perimee) };
        if delegations::is_taken(&*write, &delegation.nom, Some(id)).await? {
            return Ok(DelegationEnregistree::Refusee(vec![FauteDelegation::NomPris]));
        }
        if !delegations::replace(&*write, id, version, &delegation).await? {
            return Ok(DelegationEnregistree::Perimee);
        }
        let fields = [
            ("nom", before.nom != delegation.nom),
            ("courriel", before.courriel != delegation.courriel),
            ("telephone", before.telephone != delegation.telephone),
            ("referent_nom", before.referent_nom != delegation.referent_nom),
            ("referent_courriel", before.referent_courriel != delegation.referent_courriel),
        ];
        let changed: Vec<&str> = fields.iter().filter(|(_, changed)| *changed).map(|(name, _)| *name).collect();
        self.note_delegation(&*write, by, Action::DelegationModifiee, &changed, id).await?;
        write.commit().await?;
        Ok(DelegationEnregistree::Faite)
    }

    async fn activate_delegation(&self, by: &Gestionnaire, id: i64, version: i64, active: bool) -> Reply<bool> {
        let write = self.db.begin().await?;
        if !delegations::activate(&*write, id, version, active).await? {
            return Ok(false);
        }
        self.note_delegation(&*write, by, Action::DelegationModifiee, &["active"], id).await?;
        write.commit().await?;
        Ok(true)
    }
}

impl Backend {
    async fn note_delegation(
        &self,
        db: &impl ConnectionTrait,
        by: &Gestionnaire,
        action: Action,
        champs: &[&str],
        id: i64,
    ) -> Result<(), BackendError> {
        let place = format!("delegation:{id}");
        let champs: Vec<&str> = champs.iter().copied().chain([place.as_str()]).collect();
        journal::write(db, self.now(), Acteur::Gestionnaire(by.id), None, action, &champs).await
    }
}

fn geree(row: Model) -> DelegationGeree {
    let Model { id, nom, courriel, telephone, referent_nom, referent_courriel, active, version } = row;
    let saisie = DelegationSaisie { nom, courriel, telephone, referent_nom, referent_courriel };
    DelegationGeree { id, version, saisie, active }
}
