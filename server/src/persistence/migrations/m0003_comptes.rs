//! Accounts, the drafts they come from, and credentials.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("compte")
                    .col(big_pk_auto("id"))
                    .col(text("reference").unique_key())
                    .col(big_integer("version"))
                    .col(text("statut"))
                    .col(text("cas"))
                    .col(big_integer("collectivite_id"))
                    .col(text("civilite"))
                    .col(text("nom"))
                    .col(text("nom_naissance"))
                    .col(text("prenom"))
                    .col(text("date_naissance"))
                    .col(text("courriel"))
                    .col(text("courriel_cle"))
                    .col(text_null("mobile"))
                    .col(text_null("fixe"))
                    .col(text("pays"))
                    .col(text("voie"))
                    .col(text_null("complement"))
                    .col(text_null("lieu_dit"))
                    .col(text_null("code_postal"))
                    .col(text("commune"))
                    .col(text("correspondant"))
                    .col(text("statut_professionnel"))
                    .col(text("fonction"))
                    .col(text_null("siret"))
                    .col(text_null("domaines"))
                    .col(text("nom_cle"))
                    .col(big_integer("envoyee_le"))
                    .col(big_integer_null("activee_le"))
                    .col(big_integer_null("decidee_le"))
                    .col(big_integer_null("decidee_par"))
                    .col(big_integer_null("motif_id"))
                    .col(text_null("message"))
                    .col(big_integer("statut_depuis"))
                    .foreign_key(ForeignKey::create().from("compte", "collectivite_id").to("collectivite", "id"))
                    .foreign_key(ForeignKey::create().from("compte", "motif_id").to("motif", "id"))
                    .foreign_key(ForeignKey::create().from("compte", "decidee_par").to("gestionnaire", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("brouillon")
                    .col(text("cle_hash").primary_key())
                    .col(text("cas"))
                    .col(big_integer_null("collectivite_id"))
                    .col(text("contenu"))
                    .col(big_integer_null("compte_id"))
                    .col(big_integer("cree_le"))
                    .col(big_integer("modifie_le"))
                    .foreign_key(ForeignKey::create().from("brouillon", "collectivite_id").to("collectivite", "id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("brouillon", "compte_id")
                            .to("compte", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("identifiant")
                    .col(big_pk_auto("id"))
                    .col(text("courriel_cle").unique_key())
                    .col(text("mot_de_passe"))
                    .col(big_integer_null("collectivite_id"))
                    .col(big_integer("modifie_le"))
                    .foreign_key(ForeignKey::create().from("identifiant", "collectivite_id").to("collectivite", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("compte_depuis").table("compte").col("statut_depuis").col("id").to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("compte_file")
                    .table("compte")
                    .col("statut")
                    .col("statut_depuis")
                    .col("id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("compte_courriel_cle").table("compte").col("courriel_cle").to_owned())
            .await?;
        manager
            .create_index(Index::create().name("brouillon_modifie_le").table("brouillon").col("modifie_le").to_owned())
            .await?;
        manager
            .create_index(Index::create().name("brouillon_compte_id").table("brouillon").col("compte_id").to_owned())
            .await?;
        // Only one activated account may hold an address: the first activation wins. Both engines understand this SQL.
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX compte_courriel_active ON compte (courriel_cle) \
                 WHERE statut IN ('AValider', 'ACompleter', 'Actif', 'Refuse', 'Suspendu')",
            )
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
