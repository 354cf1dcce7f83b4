//! The outbox. A mail is queued in the transaction that causes it. The row holds only ids; the text is written when the
//! mail leaves.

use domain::codes;
use domain::instant::Millis;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    UpdateMany,
};

use super::adieux;
use super::engine::Db;
use crate::error::BackendError;
use crate::persistence::entities::courriel::{ActiveModel, Column, Entity, Model};
use crate::security::secrets::AdresseCachee;

/// How many rows one transaction of the purge deletes.
const PURGED_AT_ONCE: u64 = 1_000;

codes! {
    /// Which mail. Its text depends on the state of things when it leaves.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Genre {
        /// E1. If the address has an account by then, the mail says « vous avez déjà un compte » instead.
        Activation = "activation", "Lien d’activation";
        /// E3.
        Recu = "recu", "Accusé de réception";
        /// E4, to a gestionnaire.
        AValider = "a_valider", "Demande à valider";
        /// E3, for corrections.
        CorrectionRecue = "correction_recue", "Accusé de réception de vos corrections";
        /// E5.
        ACompleter = "a_completer", "Demande de corrections";
        /// E5 again, when the person did not answer.
        RappelCorrection = "rappel_correction", "Rappel des corrections demandées";
        /// E6.
        Valide = "valide", "Validation de votre compte";
        /// E7.
        Refuse = "refuse", "Décision sur votre demande";
        /// E8.
        Suspension = "suspension", "Suspension de votre compte";
        /// E8, when the suspension ends.
        Retablissement = "retablissement", "Rétablissement de votre compte";
        /// E11.
        Reinitialisation = "reinitialisation", "Lien de nouveau mot de passe";
        /// E12.
        MotDePasseChange = "mot_de_passe_change", "Mot de passe changé";
        /// E13, to the new address.
        Adresse = "adresse", "Confirmation de votre nouvelle adresse";
        /// E13, to the former one.
        AdresseChangee = "adresse_changee", "Changement de votre adresse";
        /// A link to resume a draft.
        Reprise = "reprise", "Lien pour reprendre votre inscription";
        /// E9.
        Inactivite = "inactivite", "Avertissement avant la fin du compte";
        /// E10. The account is erased by then: see `adieux`.
        FinInactivite = "fin_inactivite", "Fin d’un compte inactif";
        /// To a person whose account is erased.
        Effacement = "effacement", "Effacement d’un compte";
        /// To a service formation.
        InvitationServiceFormation = "invitation_service", "Invitation d’un service formation";
        /// To a future member of the staff: a link to join the team.
        Invitation = "invitation", "Invitation dans l’équipe";
        /// To a gestionnaire, after a sign-in with a recovery code.
        CodeSecours = "code_secours", "Code de secours utilisé";
        /// To a gestionnaire, after they enrolled a second factor.
        FacteurEnrole = "facteur_enrole", "Second facteur enregistré";
        /// To a gestionnaire, after they made new recovery codes.
        CodesRenouveles = "codes_renouveles", "Codes de secours renouvelés";
        /// To a gestionnaire, after their second factor was removed.
        SecondFacteur = "second_facteur", "Second facteur réinitialisé";
        /// The daily digest, to a gestionnaire.
        Resume = "resume", "Résumé du jour";
        /// E2.
        Rappel = "rappel", "Rappel du lien d’activation";
        /// E14.
        PreinscriptionRecue = "preinscription_recue", "Accusé de réception d’une préinscription";
        /// E15.
        PlaceRetenue = "place_retenue", "Place retenue";
        /// E16.
        EnListeAttente = "en_liste_attente", "Mise en liste d’attente";
        /// E17.
        PlaceProposee = "place_proposee", "Place proposée";
        /// E18.
        NonRetenue = "non_retenue", "Préinscription non retenue";
        /// E19.
        PreinscriptionAnnulee = "preinscription_annulee", "Fin d’une préinscription";
        /// E25.
        PreinscritPar = "preinscrit_par", "Préinscription faite par un service";
    }
}

impl Genre {
    /// Whether the staff may put this mail back into the queue. A link to a new password or a new address is useless
    /// after an hour: the person asks again. An offer whose mail was given up goes to the next person.
    pub fn may_go_again(self) -> bool {
        !matches!(self, Self::Reinitialisation | Self::Adresse | Self::PlaceProposee)
    }
}

codes! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Etat {
        Queued = "queued";
        Sent = "sent";
        /// Given up. `derniere_erreur` says why.
        Dead = "dead";
        /// There was nothing left to say when the mail should have left.
        Moot = "moot";
    }
}

/// A mail to queue.
#[derive(Clone, Debug)]
pub struct NouveauCourriel {
    pub genre: Genre,
    pub compte_id: Option<i64>,
    pub gestionnaire_id: Option<i64>,
    pub jeton_id: Option<String>,
    /// The hash of the address that the mail is meant for.
    pub destinataire: AdresseCachee,
    /// Whether the mail is held back: it counts as sent and is never handed over.
    pub retenu: bool,
    /// `left@right`. It is made once: every attempt carries the same identifier.
    pub message_id: String,
    /// The préinscription that the mail is about, and the version that it tells of.
    pub preinscription: Option<(i64, i64)>,
    /// The mail waits until then: what it tells may be taken back before.
    pub part_le: Option<Millis>,
}

/// Queues a mail and returns its id.
pub async fn queue(db: &impl ConnectionTrait, courriel: NouveauCourriel, now: Millis) -> Result<i64, BackendError> {
    let row = ActiveModel {
        id: NotSet,
        genre: Set(courriel.genre.code().to_owned()),
        compte_id: Set(courriel.compte_id),
        gestionnaire_id: Set(courriel.gestionnaire_id),
        jeton_id: Set(courriel.jeton_id),
        destinataire_cle: Set(courriel.destinataire.as_str().to_owned()),
        cree_le: Set(now),
        prochain_envoi_le: Set(courriel.part_le.unwrap_or(now)),
        verrouille_jusqu: Set(None),
        envois: Set(0),
        etat: Set(Etat::Queued.code().to_owned()),
        derniere_erreur: Set(None),
        envoye_le: Set(None),
        message_id: Set(courriel.message_id),
        retenu: Set(courriel.retenu),
        preinscription_id: Set(courriel.preinscription.map(|(id, _)| id)),
        preinscription_version: Set(courriel.preinscription.map(|(_, version)| version)),
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The newest mail of this kind queued for the account since `since`.
pub async fn newest(
    db: &impl ConnectionTrait,
    compte_id: i64,
    genre: Genre,
    since: Millis,
) -> Result<Option<Model>, BackendError> {
    let found = Entity::find()
        .filter(Column::CompteId.eq(compte_id))
        .filter(Column::Genre.eq(genre.code()))
        .filter(Column::CreeLe.gte(since))
        .order_by_desc(Column::Id);
    Ok(found.one(db).await?)
}

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// The mails to the person of an account, newest first, without the moot ones.
pub async fn to_person(db: &impl ConnectionTrait, compte_id: i64) -> Result<Vec<Model>, BackendError> {
    let rows = Entity::find()
        .filter(Column::CompteId.eq(compte_id))
        .filter(Column::GestionnaireId.is_null())
        .filter(Column::Etat.ne(Etat::Moot.code()))
        .order_by_desc(Column::Id);
    Ok(rows.all(db).await?)
}

/// Whether a mail of this kind was queued for the account since `since`.
pub async fn was_queued(
    db: &impl ConnectionTrait,
    compte_id: i64,
    genre: Genre,
    since: Millis,
) -> Result<bool, BackendError> {
    let found = Entity::find()
        .filter(Column::CompteId.eq(compte_id))
        .filter(Column::Genre.eq(genre.code()))
        .filter(Column::CreeLe.gte(since));
    Ok(found.count(db).await? > 0)
}

/// Whether the mail that carries this link was held back.
pub async fn is_retained(db: &impl ConnectionTrait, jeton_id: &str) -> Result<bool, BackendError> {
    let found = Entity::find().filter(Column::JetonId.eq(jeton_id)).filter(Column::Retenu.eq(true));
    Ok(found.count(db).await? > 0)
}

/// Deletes the hash of an erased person's address from the mails that are not queued any more.
pub async fn forget_recipient(db: &impl ConnectionTrait, adresse: &AdresseCachee) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::DestinataireCle, Expr::value(""))
        .filter(Column::DestinataireCle.eq(adresse.as_str()))
        .filter(Column::Etat.ne(Etat::Queued.code()))
        .exec(db)
        .await?;
    Ok(())
}

/// Whether a mail of this kind waits for its first attempt and is not held back.
pub async fn is_waiting(db: &impl ConnectionTrait, compte_id: i64, genre: Genre) -> Result<bool, BackendError> {
    let found = Entity::find()
        .filter(Column::CompteId.eq(compte_id))
        .filter(Column::Genre.eq(genre.code()))
        .filter(Column::Etat.eq(Etat::Queued.code()))
        .filter(Column::Retenu.eq(false))
        .filter(Column::Envois.eq(0));
    Ok(found.count(db).await? > 0)
}

/// The mails that have not left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Depth {
    /// Never failed yet.
    pub queued: u64,
    /// Failed, and to be tried again.
    pub deferred: u64,
    pub dead: u64,
    /// When the oldest queued or deferred mail was queued.
    pub oldest: Option<Millis>,
}

pub async fn depth(db: &impl ConnectionTrait) -> Result<Depth, BackendError> {
    let of = |etat: Etat| Entity::find().filter(Column::Etat.eq(etat.code()));
    let queued = of(Etat::Queued);
    Ok(Depth {
        queued: queued.clone().filter(Column::DerniereErreur.is_null()).count(db).await?,
        deferred: queued.clone().filter(Column::DerniereErreur.is_not_null()).count(db).await?,
        dead: of(Etat::Dead).count(db).await?,
        oldest: queued.order_by_asc(Column::CreeLe).one(db).await?.map(|row| row.cree_le),
    })
}

/// Writes how an attempt ended. `false` when the lease is over: another worker has the mail.
pub async fn ended(
    db: &impl ConnectionTrait,
    id: i64,
    lease: Millis,
    etat: Etat,
    why: Option<&str>,
    now: Millis,
) -> Result<bool, BackendError> {
    let sent = (etat == Etat::Sent).then_some(now);
    let update = ours(id, lease)
        .col_expr(Column::Etat, Expr::value(etat.code()))
        .col_expr(Column::EnvoyeLe, Expr::value(sent))
        .col_expr(Column::DerniereErreur, Expr::value(why));
    let ours = update.exec(db).await?.rows_affected == 1;
    if ours {
        adieux::forget(db, id).await?;
    }
    Ok(ours)
}

/// Puts the mail back into the queue until `at`.
pub async fn postponed(
    db: &impl ConnectionTrait,
    id: i64,
    lease: Millis,
    at: Millis,
    why: &str,
) -> Result<(), BackendError> {
    ours(id, lease)
        .col_expr(Column::ProchainEnvoiLe, Expr::value(at))
        .col_expr(Column::DerniereErreur, Expr::value(why))
        .exec(db)
        .await?;
    Ok(())
}

/// Puts a dead mail back into the queue, with the same identifier. `false` when the mail is not dead, or not about this
/// account.
pub async fn send_again(
    db: &impl ConnectionTrait,
    id: i64,
    compte_id: Option<i64>,
    now: Millis,
) -> Result<bool, BackendError> {
    let mut update = Entity::update_many()
        .col_expr(Column::Etat, Expr::value(Etat::Queued.code()))
        .col_expr(Column::ProchainEnvoiLe, Expr::value(now))
        // The 48 hours of attempts start again.
        .col_expr(Column::CreeLe, Expr::value(now))
        .col_expr(Column::Envois, Expr::value(0_i64))
        .col_expr(Column::DerniereErreur, Expr::value(None::<String>))
        .filter(Column::Id.eq(id))
        .filter(
            Column::Genre.is_not_in(Genre::ALL.iter().filter(|genre| !genre.may_go_again()).map(|genre| genre.code())),
        )
        .filter(Column::Etat.eq(Etat::Dead.code()));
    if let Some(compte_id) = compte_id {
        update = update.filter(Column::CompteId.eq(compte_id)).filter(Column::GestionnaireId.is_null());
    }
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Deletes old mails that left the queue, sent or given up. Each transaction deletes few rows, so other writers do not
/// wait long.
pub async fn purge(db: &Db, created_before: Millis) -> Result<(), BackendError> {
    loop {
        let due = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Etat.ne(Etat::Queued.code()))
            .filter(Column::CreeLe.lt(created_before))
            .limit(PURGED_AT_ONCE);
        let due: Vec<i64> = due.into_tuple().all(db.connection()).await?;
        if due.is_empty() {
            return Ok(());
        }
        let write = db.begin().await?;
        Entity::delete_many().filter(Column::Id.is_in(due)).exec(&*write).await?;
        write.commit().await?;
    }
}

fn ours(id: i64, lease: Millis) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::VerrouilleJusqu, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id))
        .filter(Column::VerrouilleJusqu.eq(lease))
        .filter(Column::Etat.eq(Etat::Queued.code()))
}
