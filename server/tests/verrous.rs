//! Transactions that lock the same rows, side by side: none of them fails, whichever is first.

use app::areas::acces::{Authentification, ChangementMotDePasse, ChoixMotDePasse, Invitations, MotsDePasse};
use app::areas::compte::Comptes;
use app::areas::gestion::equipe::Equipe;
use app::base::appelants::{Appelants, Connecte, Role, Titulaire};
use app::base::exchange::Client;
use domain::valeurs::AdresseCourriel;
use sea_orm::{ConnectionTrait, TransactionTrait};
use server::clock::HOUR;
use server::error::BackendError;
use server::jobs::purge;
use server::persistence::engine::Engine;

use super::equipe::administrateur;
use super::support::Monde;
use crate::support::donnees::{AUTRE_MOT_DE_PASSE, MOT_DE_PASSE, MOT_DE_PASSE_GESTION};

/// How often each pair is run.
const TOURS: usize = 12;

on_both_engines! {
    async fn a_member_is_disabled_while_they_accept_their_invitation(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        for at in 0..TOURS {
            let courriel = format!("membre{at}@cnfpt.fr");
            let link = monde.backend.invite(Role::Gestionnaire, &AdresseCourriel::parse(&courriel).unwrap()).await.unwrap();
            let token = link.rsplit('/').next().unwrap().to_owned();
            let id = monde.number("SELECT max(id) FROM gestionnaire").await;
            let client = Client(courriel.clone());
            let accept = Invitations::accept(&monde.backend, &client, &token, "Membre", MOT_DE_PASSE_GESTION);
            let disable = async {
                // The hash of the password is made first.
                tokio::time::sleep(std::time::Duration::from_millis(10 * at as u64)).await;
                monde.backend.disable(&ada, id).await
            };
            let (accepted, disabled) = tokio::join!(accept, disable);
            accepted.unwrap();
            disabled.unwrap();
        }
    }

    async fn a_service_formation_changes_its_password_while_a_link_chooses_another(monde: Monde) {
        for at in 0..TOURS {
            let courriel = format!("rh{at}@toulouse.example");
            let (service, connexion) = monde.service_formation(&courriel, "COMMUNE:31555").await;
            let client = Client(courriel.clone());
            monde.backend.request_reset(&client, &courriel).await.unwrap();
            monde.send_mails().await;
            let token = monde.boite.token(&courriel, "mot-de-passe");
            let who = Connecte { titulaire: Titulaire::ServiceFormation(service.id), connexion };
            let change = monde.backend.change_password(&client, &who, MOT_DE_PASSE, AUTRE_MOT_DE_PASSE);
            let other = Client(format!("other {at}"));
            let reset = Authentification::reset(&monde.backend, &other, &token, AUTRE_MOT_DE_PASSE);
            let (changed, reset) = tokio::join!(change, reset);
            let changed = matches!(changed.unwrap(), ChangementMotDePasse::Change(_));
            let reset = matches!(reset.unwrap(), ChoixMotDePasse::Enregistre(_));
            assert!(changed || reset, "one of them at least");
        }
    }

    async fn a_service_formation_is_disabled_while_a_link_chooses_its_password(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        for at in 0..TOURS {
            let courriel = format!("rh{at}@toulouse.example");
            let (service, _) = monde.service_formation(&courriel, "COMMUNE:31555").await;
            let client = Client(courriel.clone());
            monde.backend.request_reset(&client, &courriel).await.unwrap();
            monde.send_mails().await;
            let token = monde.boite.token(&courriel, "mot-de-passe");
            let reset = Authentification::reset(&monde.backend, &client, &token, AUTRE_MOT_DE_PASSE);
            let disable = async {
                tokio::time::sleep(std::time::Duration::from_millis(10 * at as u64)).await;
                monde.backend.disable_service_formation(&ada, service.id).await
            };
            let (reset, disabled) = tokio::join!(reset, disable);
            reset.unwrap();
            assert!(disabled.unwrap());
            let left = format!("SELECT count(*) FROM session WHERE genre = 'service' AND sujet_id = {}", service.id);
            assert_eq!(monde.number(&left).await, 0, "whoever was first");
        }
        assert_eq!(monde.number("SELECT count(*) FROM identifiant").await, 0);
    }

    async fn a_request_is_activated_while_the_others_of_its_address_expire(monde: Monde) {
        for at in 0..TOURS {
            let courriel = format!("anne{at}@exemple.fr");
            for _ in 0..2 {
                monde.submit(&courriel).await;
            }
            monde.send_mails().await;
            monde.clock.advance(HOUR);
            let token = monde.submitted(&courriel).await;
            monde.passes(72 * HOUR - 1).await;
            let expire = async {
                tokio::time::sleep(std::time::Duration::from_millis(10 * at as u64)).await;
                purge::once(&monde.backend).await
            };
            let (activated, expired) = tokio::join!(monde.activate(&token), expire);
            assert!(matches!(activated, ChoixMotDePasse::Enregistre(_)), "{activated:?}");
            expired.unwrap();
        }
        assert_eq!(monde.number("SELECT count(*) FROM compte WHERE statut = 'EnAttenteActivation'").await, 0);
    }
}

/// Two transactions that take two rows in opposite orders: PostgreSQL ends one of them, and says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_deadlock_is_known_by_its_code() {
    let monde = Monde::on_postgres().await;
    let db = monde.backend.db();
    assert_eq!(db.engine(), Engine::Postgres);
    monde.execute("INSERT INTO compteur (cle, debut, n) VALUES ('a', 0, 0), ('b', 0, 0)").await;
    let both = async |first: &str, second: &str| {
        let write = db.connection().begin().await?;
        // The test waits for the engine, however long that takes.
        write.execute_unprepared("SET LOCAL lock_timeout = 0").await?;
        write.execute_unprepared(&format!("UPDATE compteur SET n = 1 WHERE cle = '{first}'")).await?;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        write.execute_unprepared(&format!("UPDATE compteur SET n = 1 WHERE cle = '{second}'")).await?;
        write.commit().await
    };
    let (one, other) = tokio::join!(both("a", "b"), both("b", "a"));
    let failed = one.err().or(other.err()).expect("one of them is ended");
    assert!(BackendError::from(failed).is_conflict());
    assert!(!BackendError::Busy.is_conflict());
}

/// A sequence counts every try, also a try that was undone.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_engine_ends_is_begun_again_once() {
    for (code, times, done) in [("40P01", 1, true), ("40001", 1, true), ("40P01", 2, false), ("22000", 1, false)] {
        let monde = Monde::on_postgres().await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        monde.execute("CREATE SEQUENCE reprises").await;
        monde
            .execute(&format!(
                "CREATE FUNCTION ended() RETURNS trigger AS $$ BEGIN IF nextval('reprises') <= {times} THEN \
                 RAISE EXCEPTION 'ended' USING ERRCODE = '{code}'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
            ))
            .await;
        monde
            .execute("CREATE TRIGGER ended BEFORE UPDATE OF statut ON compte FOR EACH ROW EXECUTE FUNCTION ended()")
            .await;
        let withdrawn = monde.backend.withdraw(&who).await;
        assert_eq!(withdrawn.is_ok(), done, "{code}, {times} times: {withdrawn:?}");
        let statut = if done { "Retiree" } else { "AValider" };
        assert_eq!(monde.text("SELECT statut FROM compte").await, statut);
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'retrait'").await, i64::from(done));
    }
}
