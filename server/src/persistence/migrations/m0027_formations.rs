//! Délégations, sessions of training, their séances, and who asks for a place.

use sea_orm::ConnectionTrait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Both engines understand this SQL.
const INDEXES: [&str; 9] = [
    "CREATE UNIQUE INDEX session_formation_numero ON session_formation (code, numero)",
    // The catalogue, by its order.
    "CREATE INDEX session_formation_debut ON session_formation (etat, debut, id)",
    "CREATE INDEX session_formation_liste ON session_formation (debut, id)",
    "CREATE INDEX seance_session ON seance (session_id, jour, debut, id)",
    // An account has one active préinscription for a session, at most.
    "CREATE UNIQUE INDEX preinscription_active ON preinscription (session_id, compte_id) \
     WHERE etat IN ('AvisDemande', 'Demandee', 'ListeAttente', 'Proposee', 'Retenue')",
    "CREATE UNIQUE INDEX preinscription_rang ON preinscription (session_id, rang)",
    "CREATE INDEX preinscription_etat ON preinscription (session_id, etat, rang)",
    "CREATE INDEX preinscription_compte ON preinscription (compte_id, id)",
    // What the machine looks at every minute.
    "CREATE INDEX preinscription_offre ON preinscription (offre_fin, id) WHERE etat = 'Proposee'",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        delegations(manager).await?;
        sessions(manager).await?;
        seances(manager).await?;
        preinscriptions(manager).await?;
        decisions(manager).await?;
        drafts(manager).await?;
        for index in INDEXES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        mails(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn delegations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("delegation")
                .col(big_pk_auto("id"))
                .col(text("nom"))
                .col(text("courriel"))
                .col(text("telephone"))
                .col(text("referent_nom"))
                .col(text("referent_courriel"))
                .col(boolean("active"))
                .col(big_integer("version"))
                .to_owned(),
        )
        .await
}

async fn sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("session_formation")
                .col(big_pk_auto("id"))
                .col(text("code"))
                .col(big_integer("numero"))
                .col(text("intitule"))
                .col(text("objectifs"))
                .col(text("public"))
                .col(text("prerequis"))
                .col(text("accessibilite"))
                .col(big_integer("delegation_id"))
                .col(big_integer("places"))
                .col(text("attribution"))
                .col(big_integer_null("attente_max"))
                .col(text("liberation"))
                .col(big_integer_null("par_collectivite"))
                .col(big_integer_null("ouverture_le"))
                .col(text("limite"))
                .col(big_integer("cloture"))
                .col(big_integer("debut"))
                .col(big_integer("fin"))
                .col(text("modalite"))
                .col(text("cle_recherche"))
                .col(text("etat"))
                .col(big_integer_null("publiee_le"))
                .col(big_integer_null("fermee_le"))
                .col(big_integer_null("annulee_le"))
                .col(big_integer("version"))
                .col(big_integer("dernier_rang").default(0))
                .col(big_integer("avis").default(0))
                .col(big_integer("examen").default(0))
                .col(big_integer("attente").default(0))
                .col(big_integer("proposees").default(0))
                .col(big_integer("occupees").default(0))
                .check(Expr::cust("occupees >= 0 AND occupees <= places"))
                .foreign_key(ForeignKey::create().from("session_formation", "delegation_id").to("delegation", "id"))
                .to_owned(),
        )
        .await
}

async fn seances(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("seance")
                .col(big_pk_auto("id"))
                .col(big_integer("session_id"))
                .col(text("uid"))
                .col(big_integer("version"))
                .col(text("jour"))
                .col(big_integer("debut"))
                .col(big_integer("fin"))
                .col(text("fuseau"))
                .col(text("modalite"))
                .col(text("lieu"))
                .col(text("voie"))
                .col(text("complement"))
                .col(text("code_postal"))
                .col(text("commune"))
                .col(text("salle"))
                .col(text("lien"))
                .foreign_key(
                    ForeignKey::create()
                        .from("seance", "session_id")
                        .to("session_formation", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .to_owned(),
        )
        .await
}

async fn preinscriptions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("preinscription")
                .col(big_pk_auto("id"))
                .col(text("reference").unique_key())
                .col(big_integer("session_id"))
                .col(big_integer("compte_id"))
                .col(big_integer("rang"))
                .col(text("etat"))
                .col(big_integer("version"))
                .col(text("origine"))
                .col(text("si_complet"))
                .col(text("attentes"))
                .col(boolean("contact_referent"))
                .col(text("raison"))
                .col(text("observation"))
                .col(big_integer_null("motif_id"))
                .col(text_null("cause"))
                .col(big_integer_null("offre_fin"))
                .col(big_integer_null("offre_remise_le"))
                .col(boolean("non_remise"))
                .col(boolean("suspendue"))
                .col(big_integer("cree_le"))
                .col(big_integer("modifie_le"))
                .foreign_key(ForeignKey::create().from("preinscription", "session_id").to("session_formation", "id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("preinscription", "compte_id")
                        .to("compte", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .foreign_key(ForeignKey::create().from("preinscription", "motif_id").to("motif", "id"))
                .to_owned(),
        )
        .await
}

/// What a gestionnaire decided of a préinscription, and what it was before: a decision can be taken back.
async fn decisions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("decision_formation")
                .col(big_pk_auto("id"))
                .col(big_integer("preinscription_id"))
                .col(big_integer("version"))
                .col(text("avant"))
                .col(text("apres"))
                .col(text("lot"))
                .col(big_integer("par"))
                .col(big_integer("prise_le"))
                .col(big_integer("effet_le"))
                .col(big_integer_null("reprise_le"))
                .foreign_key(
                    ForeignKey::create()
                        .from("decision_formation", "preinscription_id")
                        .to("preinscription", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .foreign_key(ForeignKey::create().from("decision_formation", "par").to("gestionnaire", "id"))
                .to_owned(),
        )
        .await?;
    let unique = "CREATE UNIQUE INDEX decision_formation_version ON decision_formation (preinscription_id, version)";
    manager.get_connection().execute_unprepared(unique).await?;
    manager
        .create_index(Index::create().name("decision_formation_lot").table("decision_formation").col("lot").to_owned())
        .await
}

/// What a gestionnaire typed of a session, until it is saved. 0 stands for a new session.
async fn drafts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("formation_saisie")
                .col(big_integer("gestionnaire_id"))
                .col(big_integer("session_id"))
                .col(text("saisie"))
                .col(big_integer("modifie_le"))
                .primary_key(Index::create().col("gestionnaire_id").col("session_id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("formation_saisie", "gestionnaire_id")
                        .to("gestionnaire", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .to_owned(),
        )
        .await
}

/// A mail about a préinscription names it, and the version that it tells of: each version has one mail of a kind.
async fn mails(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for column in ["preinscription_id", "preinscription_version"] {
        let added = Table::alter().table("courriel").add_column(big_integer_null(column)).to_owned();
        manager.alter_table(added).await?;
    }
    let unique = "CREATE UNIQUE INDEX courriel_preinscription ON courriel \
                  (preinscription_id, genre, preinscription_version) WHERE preinscription_id IS NOT NULL";
    manager.get_connection().execute_unprepared(unique).await?;
    Ok(())
}
