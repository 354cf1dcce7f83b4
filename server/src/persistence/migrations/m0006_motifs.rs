//! The motives a new installation starts with. Gestionnaires edit them afterwards.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Ends every refusal: whom to ask, within which delay (articles L411-2 and R421-1 of the codes of relations between
/// the public and the administration, and of administrative justice).
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
