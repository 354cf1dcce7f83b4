//! The services formation, the agents they present, and the answers of cas 1.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The columns of the answers that only cas 1 asks for.
const ANSWERS: [&str; 12] = [
    "responsable_nom",
    "responsable_prenom",
    "responsable_courriel",
    "pro_pays",
    "pro_voie",
    "pro_complement",
    "pro_lieu_dit",
    "pro_code_postal",
    "pro_commune",
    "cadre_emplois",
    "grade",
    "service",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("service_formation")
                    .col(big_pk_auto("id"))
                    .col(text("courriel"))
                    .col(text("courriel_cle").unique_key())
                    .col(big_integer("collectivite_id"))
                    .col(big_integer("invite_le"))
                    .col(big_integer_null("accepte_le"))
                    .col(big_integer_null("desactive_le"))
                    .col(big_integer_null("derniere_connexion"))
                    .foreign_key(
                        ForeignKey::create().from("service_formation", "collectivite_id").to("collectivite", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("presentation")
                    .col(big_integer("compte_id").primary_key())
                    .col(big_integer("collectivite_id"))
                    .col(text("nom"))
                    .col(text("prenom"))
                    .col(text("nom_cle"))
                    .col(text("courriel"))
                    .col(big_integer("presente_le"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("presentation", "compte_id")
                            .to("compte", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .foreign_key(ForeignKey::create().from("presentation", "collectivite_id").to("collectivite", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("brouillon_agent")
                    .col(text("id").primary_key())
                    .col(big_integer("collectivite_id"))
                    .col(text("contenu"))
                    .col(big_integer_null("compte_id"))
                    .col(big_integer("cree_le"))
                    .col(big_integer("modifie_le"))
                    .foreign_key(
                        ForeignKey::create().from("brouillon_agent", "collectivite_id").to("collectivite", "id"),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("brouillon_agent", "compte_id")
                            .to("compte", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        for (table, columns) in [
            ("presentation", ["collectivite_id", "presente_le"].as_slice()),
            ("brouillon_agent", ["collectivite_id", "modifie_le"].as_slice()),
            ("brouillon_agent", ["modifie_le"].as_slice()),
            ("brouillon_agent", ["compte_id"].as_slice()),
        ] {
            let mut index = Index::create().name(format!("{table}_{}", columns.join("_"))).table(table).to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        for column in ANSWERS {
            manager.alter_table(Table::alter().table("compte").add_column(text_null(column)).to_owned()).await?;
        }
        // This is no foreign key: SQLite cannot add one to an existing table. No row of `service_formation` is ever
        // deleted.
        manager
            .alter_table(Table::alter().table("compte").add_column(big_integer_null("presentee_par")).to_owned())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
