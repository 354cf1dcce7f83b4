//! The seals of the journal, and the changes that they show.

use server::backend::cle::Cle;
use server::error::BackendError;

use super::support::Monde;

/// Six lines of the journal, sealed in two turns.
async fn sealed(monde: &Monde) {
    for at in 1..=3 {
        line(monde, at).await;
    }
    assert_eq!(monde.backend.seal_journal().await.unwrap(), 3);
    for at in 4..=6 {
        line(monde, at).await;
    }
    assert_eq!(monde.backend.seal_journal().await.unwrap(), 3);
    assert_eq!(anomalies(monde).await, Vec::<String>::new());
}

async fn line(monde: &Monde, id: i64) {
    let sql = "INSERT INTO journal (id, le, acteur, compte_id, action, champs)";
    monde.execute(&format!("{sql} VALUES ({id}, 1781524800000, 'personne', {id}, 'envoi', 'nom')")).await;
}

async fn anomalies(monde: &Monde) -> Vec<String> {
    monde.backend.check_journal().await.unwrap().anomalies
}

on_both_engines! {
    async fn a_whole_journal_is_whole_however_its_lines_were_committed(monde: Monde) {
        sealed(&monde).await;
        // Line 9 is sealed before line 8 is committed.
        line(&monde, 9).await;
        monde.backend.seal_journal().await.unwrap();
        line(&monde, 8).await;
        line(&monde, 10).await;
        assert_eq!(monde.backend.seal_journal().await.unwrap(), 2);
        let found = monde.backend.check_journal().await.unwrap();
        assert_eq!((found.scellees, found.anomalies), (9, Vec::new()));
    }

    async fn a_chain_of_another_key_or_that_was_cut_is_not_continued(monde: Monde) {
        sealed(&monde).await;
        let other = monde.with_another_key();
        line(&monde, 7).await;
        assert!(matches!(other.seal_journal().await, Err(BackendError::Chain)));
        assert_eq!(monde.backend.seal_journal().await.unwrap(), 1, "the chain goes on under its own key");
        assert_eq!(monde.backend.key_of_database().await.unwrap(), Cle::Bonne);
        assert_eq!(other.key_of_database().await.unwrap(), Cle::Autre);
        // The last seals of the chain are removed.
        monde.execute("DELETE FROM sceau WHERE rang > 5").await;
        line(&monde, 8).await;
        assert!(matches!(monde.backend.seal_journal().await, Err(BackendError::Chain)));
        assert_eq!(monde.backend.key_of_database().await.unwrap(), Cle::Partielle, "one end only");
        // All the seals are removed, as if the chain had never begun.
        monde.execute("DELETE FROM sceau").await;
        assert!(matches!(monde.backend.seal_journal().await, Err(BackendError::Chain)));
        monde.execute("UPDATE sceau_tete SET rang = 0").await;
        assert!(matches!(monde.backend.seal_journal().await, Err(BackendError::Chain)));
    }

    async fn a_key_that_is_lost_is_replaced_and_the_journal_sealed_afresh(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        assert_eq!(monde.backend.seal_journal().await.unwrap(), 1);
        let other = monde.with_another_key();
        assert_eq!(other.adopt_key().await.unwrap(), 2, "its own line too");
        assert_eq!(other.key_of_database().await.unwrap(), Cle::Bonne);
        assert_eq!(other.check_journal().await.unwrap().anomalies, Vec::<String>::new());
        assert_eq!(monde.backend.key_of_database().await.unwrap(), Cle::Autre);
    }

    async fn two_servers_seal_each_line_once(monde: Monde) {
        for at in 1..=200 {
            line(&monde, at).await;
        }
        let (one, other) = tokio::join!(monde.backend.seal_journal(), monde.backend.seal_journal());
        assert_eq!(one.unwrap() + other.unwrap(), 200);
        assert_eq!(anomalies(&monde).await, Vec::<String>::new());
    }

    async fn a_changed_line_is_named(monde: Monde) {
        for (column, value) in [("le", "1"), ("acteur", "'systeme'"), ("compte_id", "NULL"), ("action", "'refus'"), ("champs", "''")] {
            monde.execute("DELETE FROM sceau").await;
            monde.execute("DELETE FROM journal").await;
            monde.execute("UPDATE sceau_tete SET rang = 0, mac = ''").await;
            sealed(&monde).await;
            monde.execute(&format!("UPDATE journal SET {column} = {value} WHERE id = 4")).await;
            let found = anomalies(&monde).await;
            assert_eq!(found, ["la ligne 4 ne correspond pas à son sceau (4) : changée ou déplacée"], "{column}");
        }
    }

    async fn a_removed_line_is_named(monde: Monde) {
        sealed(&monde).await;
        monde.execute("DELETE FROM journal WHERE id = 3").await;
        assert_eq!(anomalies(&monde).await, ["la ligne 3 a été retirée (sceau 3)"]);
        // The seal of the line is removed too.
        monde.execute("DELETE FROM sceau WHERE rang = 3").await;
        assert_eq!(anomalies(&monde).await, ["le sceau 3 a été retiré"]);
    }

    async fn the_last_lines_removed_with_their_seals_are_missed(monde: Monde) {
        sealed(&monde).await;
        monde.execute("DELETE FROM journal WHERE id > 4").await;
        monde.execute("DELETE FROM sceau WHERE rang > 4").await;
        assert_eq!(anomalies(&monde).await.first().unwrap(), "les sceaux 5 à 6 ont été retirés");
        // The end of the chain can't be moved back without the key.
        monde.execute("UPDATE sceau_tete SET rang = 4").await;
        assert_eq!(anomalies(&monde).await, ["la fin de la chaîne ne correspond pas au dernier sceau"]);
        monde.execute("DELETE FROM sceau_tete").await;
        assert!(anomalies(&monde).await.contains(&"la fin de la chaîne a été retirée de la base".to_owned()));
    }

    async fn lines_that_changed_places_are_named(monde: Monde) {
        sealed(&monde).await;
        monde.execute("UPDATE journal SET id = 100 WHERE id = 2").await;
        monde.execute("UPDATE journal SET id = 2 WHERE id = 5").await;
        monde.execute("UPDATE journal SET id = 5 WHERE id = 100").await;
        let found = anomalies(&monde).await;
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("la ligne 2 ne") && found[1].starts_with("la ligne 5 ne"), "{found:?}");
    }

    async fn a_line_added_behind_the_services_back_is_named(monde: Monde) {
        sealed(&monde).await;
        // The added line has a seal that was made without the key.
        line(&monde, 7).await;
        monde.execute("INSERT INTO sceau (rang, journal_id, mac) VALUES (7, 7, 'abcd')").await;
        monde.execute("UPDATE sceau_tete SET rang = 7").await;
        let found = anomalies(&monde).await;
        assert!(found[0].starts_with("la ligne 7 ne correspond pas"), "{found:?}");
        // The added line has no seal, and nobody sealed it within the hour.
        monde.execute("DELETE FROM sceau WHERE rang = 7").await;
        monde.clock.advance(2 * server::clock::HOUR);
        let found = anomalies(&monde).await;
        assert!(found.iter().any(|said| said.starts_with("la ligne 7 n’a pas de sceau")), "{found:?}");
    }
}
