//! The motifs of a new installation. Gestionnaires edit them afterwards.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The end of every refusal: where to contest it, and within which time. Sources: article L411-2 of the code des
/// relations entre le public et l’administration; article R421-1 of the code de justice administrative.
pub(super) const VOIES_DE_RECOURS: &str = "Si vous contestez cette décision, vous pouvez, dans les deux mois qui suivent sa \
    réception, en demander le réexamen en répondant au service qui vous écrit, ou saisir le tribunal administratif, \
    par exemple sur www.telerecours.fr.";

pub(super) const MOTIFS: [(&str, &str); 5] = [
    (
        "Vous relevez du cas 1",
        "Vous travaillez pour une collectivité et votre demande porte sur cette activité : vous relevez du cas 1. \
         Adressez-vous au service des ressources humaines de votre collectivité : c’est lui qui vous inscrit.",
    ),
    (
        "Employeur incorrect",
        "L’employeur choisi n’est pas celui des intervenants. Recommencez votre inscription sous l’employeur \
         générique proposé.",
    ),
    (
        "Renseignements inexacts ou incomplets",
        "Des renseignements sont inexacts ou incomplets, et nous n’avons pas pu établir votre situation. Vous pouvez \
         recommencer votre inscription avec des renseignements à jour.",
    ),
    (
        "Vous avez déjà un compte",
        "Vous avez déjà un compte à une autre adresse pour la même situation. Utilisez ce compte ; si vous n’avez plus \
         accès à son adresse, dites-le-nous.",
    ),
    (
        "Vous n’intervenez pas pour nous",
        "Ce compte est réservé aux formateurs et aux intervenants. Votre demande n’en relève pas.",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut insert = Query::insert().into_table("motif").columns(["libelle", "texte", "actif"]).to_owned();
        for (libelle, texte) in MOTIFS {
            insert.values_panic([libelle.into(), format!("{texte}\n\n{VOIES_DE_RECOURS}").into(), true.into()]);
        }
        manager.execute(insert).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
