//! Sessions of training, and people who ask for a place.

use app::areas::compte::{DonneesPersonnelles, IssueEffacement};
use app::areas::formations::{MaPreinscription, Preinscriptions, Presse, Voeu};
use app::areas::gestion::formations::{FormationEnregistree, SessionsFormation};
use app::base::appelants::{Formateur, Gestionnaire};
use app::base::exchange::ConnexionToken;
use domain::formation::lecture::{SeanceSaisie, SessionSaisie};
use domain::formation::{EtatPreinscription, SiComplet};
use domain::{Reference, ReferencePreinscription};
use sea_orm::{ColumnTrait, EntityTrait, NotSet, QueryFilter, Set};
use server::clock::SystemRandom;
use server::persistence::connexions::NouvelleConnexion;
use server::persistence::entities::{compte, delegation, session_formation};
use server::persistence::{connexions, sessions_formation};
use server::security::secrets::{at_rest, cookie_secret, public_id};

use super::Monde;
use super::donnees::MOT_DE_PASSE;

/// A session to be: on a day of July 2026, at the arrival, 20 places, until the end of June.
pub fn saisie(jour: &str) -> SessionSaisie {
    let seance = SeanceSaisie {
        jour: jour.to_owned(),
        debut: "9 h".to_owned(),
        fin: "17 h".to_owned(),
        lieu: "INSET de Toulouse".to_owned(),
        commune: "Toulouse".to_owned(),
        ..SeanceSaisie::nouvelle()
    };
    SessionSaisie {
        code: "FF-ANIMER".to_owned(),
        intitule: "Animer une formation".to_owned(),
        objectifs: "Concevoir et animer.".to_owned(),
        delegation: "1".to_owned(),
        places: "20".to_owned(),
        attribution: "arrivee".to_owned(),
        limite: "2026-06-30".to_owned(),
        seances: vec![seance],
        ..SessionSaisie::nouvelle()
    }
}

/// « S’il n’y a plus de place ».
pub fn voeu(si_complet: SiComplet) -> Voeu {
    Voeu { si_complet, ..Voeu::default() }
}

impl Monde {
    /// A published session.
    pub async fn publiee(&self, saisie: &SessionSaisie) -> session_formation::Model {
        let db = self.backend.db().connection();
        if delegation::Entity::find().one(db).await.unwrap().is_none() {
            let row = delegation::ActiveModel {
                id: NotSet,
                nom: Set("Occitanie".to_owned()),
                courriel: Set("occitanie@cnfpt.example".to_owned()),
                telephone: Set("+33500000000".to_owned()),
                referent_nom: Set("Camille Roux".to_owned()),
                referent_courriel: Set("referent@cnfpt.example".to_owned()),
                active: Set(true),
                version: Set(1),
            };
            delegation::Entity::insert(row).exec(db).await.unwrap();
        }
        let session = saisie.read().unwrap();
        let row = sessions_formation::insert(db, &session, &SystemRandom).await.unwrap();
        assert!(sessions_formation::publish(db, row.id, row.version, self.clock_now()).await.unwrap());
        self.session_row(row.id).await
    }

    pub async fn session_row(&self, id: i64) -> session_formation::Model {
        sessions_formation::find(self.backend.db().connection(), id).await.unwrap().unwrap()
    }

    /// So many active accounts of cas 2, `personne1@exemple.fr` and on. The first goes through the sign-up; the others
    /// are made like it.
    pub async fn formateurs(&self, count: usize) -> Vec<Formateur> {
        let db = self.backend.db().connection();
        let model = compte::Column::CourrielCle.eq("personne0@exemple.fr");
        if compte::Entity::find().filter(model.clone()).one(db).await.unwrap().is_none() {
            self.activated("personne0@exemple.fr").await;
            self.execute(
                "UPDATE compte SET statut = 'Actif', actif_le = 1 WHERE courriel_cle = 'personne0@exemple.fr'",
            )
            .await;
        }
        let model = compte::Entity::find().filter(model).one(db).await.unwrap().unwrap();
        let first = usize::try_from(self.number("SELECT count(*) FROM compte").await).unwrap();
        let row = |at: usize| {
            let courriel = format!("personne{at}@exemple.fr");
            compte::ActiveModel {
                id: NotSet,
                reference: Set(Reference::new(1_000_000 + at as u64).to_string()),
                courriel: Set(courriel.clone()),
                courriel_cle: Set(courriel),
                nom: Set(format!("Nom{at}")),
                actif_le: Set(Some(self.clock_now())),
                ..model.clone().into()
            }
        };
        for chunk in (first..first + count).collect::<Vec<_>>().chunks(100) {
            compte::Entity::insert_many(chunk.iter().map(|at| row(*at))).exec_without_returning(db).await.unwrap();
        }
        let mut made: Vec<i64> = Vec::new();
        for at in first..first + count {
            let found =
                compte::Entity::find().filter(compte::Column::CourrielCle.eq(format!("personne{at}@exemple.fr")));
            made.push(found.one(db).await.unwrap().unwrap().id);
        }
        made.into_iter().map(|compte_id| Formateur { compte_id }).collect()
    }

    /// A connexion of this person.
    pub async fn signed_in(&self, who: &Formateur) -> ConnexionToken {
        let secret = cookie_secret(&SystemRandom);
        let connexion = NouvelleConnexion {
            token_hash: at_rest(&secret),
            id_public: public_id(&SystemRandom),
            genre: connexions::Genre::Formateur,
            sujet_id: who.compte_id,
            navigateur: String::new(),
            a_montrer: None,
        };
        connexions::open(self.backend.db().connection(), connexion, self.clock_now()).await.unwrap();
        ConnexionToken::new(secret)
    }

    /// Makes an account one of cas 1, presented by Toulouse.
    pub async fn presented(&self, who: &Formateur) {
        let id = who.compte_id;
        self.execute(&format!("UPDATE compte SET cas = 'service' WHERE id = {id}")).await;
        self.execute(&format!(
            "INSERT INTO presentation (compte_id, collectivite_id, nom_cle, nom, prenom, courriel, presente_le) \
             SELECT {id}, id, ' zorn ', 'Zorn', 'Ada', 'ada{id}@exemple.fr', 1 FROM collectivite WHERE code = '31555'"
        ))
        .await;
    }

    /// The person has their account erased.
    pub async fn erased(&self, who: &Formateur) {
        let id = who.compte_id;
        self.execute(&format!(
            "INSERT INTO identifiant (courriel_cle, mot_de_passe, modifie_le) SELECT compte.courriel_cle, \
             identifiant.mot_de_passe, identifiant.modifie_le FROM compte, identifiant \
             WHERE compte.id = {id} AND identifiant.courriel_cle = 'personne0@exemple.fr'"
        ))
        .await;
        let erased = self.backend.erase_account(&self.client, who, MOT_DE_PASSE).await.unwrap();
        assert_eq!(erased, IssueEffacement::Efface);
    }

    /// A gestionnaire changes the number of places. `false` when fewer are wanted than are held.
    pub async fn set_places(&self, by: &Gestionnaire, id: i64, places: usize) -> bool {
        let row = self.session_row(id).await;
        let seances = sessions_formation::seances(self.backend.db().connection(), id).await.unwrap();
        let mut saisie = SessionSaisie::of(&sessions_formation::value(&row, seances).unwrap());
        saisie.places = places.to_string();
        match self.backend.write_formation(by, Some(id), row.version, &saisie).await.unwrap() {
            FormationEnregistree::Faite(_) => true,
            FormationEnregistree::ARevoir => false,
            other => panic!("{other:?}"),
        }
    }

    /// Presses, and waits in the list if the session is full.
    pub async fn presse(&self, who: &Formateur, session: &session_formation::Model) -> Presse {
        self.presse_pour(who, session, SiComplet::Attente).await
    }

    pub async fn presse_pour(
        &self,
        who: &Formateur,
        session: &session_formation::Model,
        si_complet: SiComplet,
    ) -> Presse {
        let recue = self.clock_now();
        self.backend.press(who, recue, &session.code, session.numero, &voeu(si_complet)).await.unwrap()
    }

    /// Presses, and expects to enter in this state.
    pub async fn entre(
        &self,
        who: &Formateur,
        session: &session_formation::Model,
        expected: EtatPreinscription,
    ) -> ReferencePreinscription {
        match self.presse(who, session).await {
            Presse::Entree { reference, etat } if etat == expected => reference,
            other => panic!("{other:?} instead of {expected:?}"),
        }
    }

    pub async fn preinscription(&self, who: &Formateur, reference: ReferencePreinscription) -> MaPreinscription {
        self.backend.one(who, reference).await.unwrap().expect("a préinscription of this person")
    }

    /// The states of a session's rows, by rang: `1 Retenue, 2 ListeAttente`.
    pub async fn rangs(&self, session: &session_formation::Model) -> String {
        let db = self.backend.db();
        let sql = format!("SELECT rang, etat FROM preinscription WHERE session_id = {} ORDER BY rang", session.id);
        let query = sea_orm::Statement::from_string(db.backend(), sql);
        let rows = sea_orm::ConnectionTrait::query_all_raw(db.connection(), query).await.unwrap();
        let said = rows.iter().map(|row| {
            let (rang, etat): (i64, String) = (row.try_get("", "rang").unwrap(), row.try_get("", "etat").unwrap());
            format!("{rang} {etat}")
        });
        said.collect::<Vec<_>>().join(", ")
    }

    /// What holds whatever happened: the counters are those of the rows, no more places are held than there are, and an
    /// account has one active row for a session.
    pub async fn assert_counted(&self, session: &session_formation::Model) {
        let id = session.id;
        let wrong = format!(
            "SELECT count(*) FROM session_formation AS s WHERE id = {id} AND (occupees > places OR avis <> {avis} OR \
             examen <> {examen} OR attente <> {attente} OR proposees <> {proposees} OR occupees <> {proposees} + {retenues})",
            avis = counted(id, "AvisDemande"),
            examen = counted(id, "Demandee"),
            attente = counted(id, "ListeAttente"),
            proposees = counted(id, "Proposee"),
            retenues = counted(id, "Retenue"),
        );
        assert_eq!(self.number(&wrong).await, 0, "{:?}", self.session_row(id).await);
        let doubles = format!(
            "SELECT count(*) FROM (SELECT compte_id FROM preinscription WHERE session_id = {id} AND etat IN \
             ('AvisDemande', 'Demandee', 'ListeAttente', 'Proposee', 'Retenue') GROUP BY compte_id HAVING count(*) > 1) AS d"
        );
        assert_eq!(self.number(&doubles).await, 0, "one active row an account");
    }
}

/// SQL that counts the rows of a session in one state.
fn counted(session_id: i64, etat: &str) -> String {
    format!("(SELECT count(*) FROM preinscription WHERE session_id = {session_id} AND etat = '{etat}')")
}
