//! The list: filters, orders, counters, neighbours, the radar.

use app::areas::gestion::dossiers::{CorrectionAdresse, Decisions, Demandes, EtatCourriel, Total};
use app::base::appelants::Gestionnaire;
use domain::Cas;
use domain::collectivite::CleCollectivite;
use domain::compte::Statut;
use domain::filtre::{Depart, FiltreDemandes, Suivie, Tri};
use server::areas::gestion::dossiers::demandes::{Regard, Selection};
use server::persistence::mouvements;

use super::support::Monde;

const DAY: i64 = 24 * 3_600_000;

async fn ids(monde: &Monde, by: &Gestionnaire, filtre: &FiltreDemandes) -> Vec<i64> {
    monde.backend.list(by, filtre).await.unwrap().lignes.into_iter().map(|ligne| ligne.id).collect()
}

/// Walks the whole list forwards, then back, a page at a time.
async fn walked(monde: &Monde, by: &Gestionnaire, filtre: &FiltreDemandes) -> (Vec<i64>, Vec<i64>) {
    let (mut forwards, mut backwards) = (Vec::new(), Vec::new());
    let mut here = filtre.clone();
    let last = loop {
        let page = monde.backend.list(by, &here).await.unwrap();
        forwards.extend(page.lignes.iter().map(|ligne| ligne.id));
        match page.suivante.clone() {
            Some(key) => here.depart = Depart::Apres(key),
            None => break page,
        }
    };
    let mut page = last;
    loop {
        let mut shown: Vec<i64> = page.lignes.iter().map(|ligne| ligne.id).collect();
        shown.extend(backwards);
        backwards = shown;
        match page.precedente {
            Some(key) => here.depart = Depart::Avant(key),
            None => break,
        }
        page = monde.backend.list(by, &here).await.unwrap();
    }
    (forwards, backwards)
}

/// So many copies of account 1, each with a name, an age and a moment of its own.
async fn copies(monde: &Monde, count: i64) {
    let columns = "version, cas, collectivite_id, civilite, nom, nom_naissance, prenom, date_naissance, mobile, pays, voie, \
                   commune, correspondant, statut_professionnel, fonction";
    for at in 0..count {
        let letter = char::from(b'a' + u8::try_from(at % 7).unwrap());
        monde
            .execute(&format!(
                "INSERT INTO compte ({columns}, reference, statut, courriel, courriel_cle, nom_cle, envoyee_le, attend_depuis, \
                 statut_depuis) SELECT {columns}, '{}', 'AValider', 'c{at}@exemple.fr', 'c{at}@exemple.fr', \
                 ' {letter}nom copie ', envoyee_le, envoyee_le + {}, envoyee_le + {} FROM compte WHERE id = 1",
                domain::Reference::new(u64::try_from(at).unwrap() + 1),
                at % 5,
                at % 11,
            ))
            .await;
    }
    monde.execute("INSERT INTO compte_mot (mot, compte_id) SELECT 'copie', id FROM compte WHERE id > 1").await;
}

on_both_engines! {
    async fn every_order_turns_its_pages_forwards_and_back(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.submit("anne@exemple.fr").await;
        copies(&monde, 120).await;
        let orders = [
            (Tri::Age, "COALESCE(attend_depuis, envoyee_le), id"),
            (Tri::Activite, "statut_depuis DESC, id DESC"),
            (Tri::Nom, "nom_cle, id"),
        ];
        for (tri, order) in orders {
            let filtre = FiltreDemandes { tri, ..FiltreDemandes::a_valider() };
            let (forwards, backwards) = walked(&monde, &camille, &filtre).await;
            assert_eq!((forwards.len(), &forwards), (120, &backwards), "{tri:?}");
            for (at, id) in [(0, forwards[0]), (63, forwards[63]), (119, forwards[119])] {
                let sql = format!("SELECT id FROM compte WHERE statut = 'AValider' ORDER BY {order} LIMIT 1 OFFSET {at}");
                assert_eq!(monde.number(&sql).await, id, "{tri:?} {at}");
            }
            // The neighbours of a file are those of the list.
            let file = Demandes::dossier(&monde.backend, &camille, forwards[50], &filtre).await.unwrap().unwrap();
            assert_eq!(
                (file.voisines.precedente, file.voisines.suivante),
                (Some(forwards[49]), Some(forwards[51])),
                "{tri:?}"
            );
        }
        let found = FiltreDemandes { recherche: "cop".to_owned(), ..FiltreDemandes::a_valider() };
        assert_eq!(walked(&monde, &camille, &found).await.0.len(), 120);
    }

    async fn a_file_that_left_the_filter_still_has_its_neighbours(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        for courriel in ["anne@exemple.fr", "brahim@exemple.fr", "chloe@exemple.fr"] {
            monde.activated(courriel).await;
            monde.clock.advance(1_000);
        }
        monde.backend.validate(&camille, 2, monde.version(&camille, 2).await).await.unwrap();
        let voisines = monde.dossier(&camille, 2).await.voisines;
        assert_eq!((voisines.precedente, voisines.suivante), (Some(1), Some(3)));
    }

    async fn each_filter_finds_its_own(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let dominique = monde.gestionnaire("dominique@cnfpt.fr", "Dominique Faure").await;
        for courriel in ["anne@exemple.fr", "brahim@exemple.fr", "chloe@exemple.fr", "daniel@exemple.fr"] {
            monde.activated(courriel).await;
        }
        monde.execute("UPDATE compte SET cas = 'independant' WHERE id = 1").await;
        monde.execute("UPDATE compte SET collectivite_id = 2 WHERE id = 2").await;
        monde.execute(&format!("UPDATE compte SET attend_depuis = attend_depuis - {} WHERE id = 3", 8 * DAY)).await;
        monde.execute("UPDATE courriel SET etat = 'dead' WHERE compte_id = 4 AND genre = 'recu'").await;
        monde.backend.claim(&camille, 1, false).await.unwrap();
        monde.backend.claim(&dominique, 2, false).await.unwrap();
        let base = FiltreDemandes::a_valider;
        for (filtre, expected) in [
            (base(), &[3, 1, 2, 4][..]),
            (FiltreDemandes { cas: Some(Cas::Independant), ..base() }, &[1]),
            (FiltreDemandes { collectivite: CleCollectivite::parse("COMMUNE:31555"), ..base() }, &[2]),
            (FiltreDemandes { collectivite: CleCollectivite::parse("COMMUNE:99999"), ..base() }, &[]),
            (FiltreDemandes { jours: Some(7), ..base() }, &[3]),
            (FiltreDemandes { jours: Some(15), ..base() }, &[]),
            (FiltreDemandes { suivie: Some(Suivie::ParMoi), ..base() }, &[1]),
            (FiltreDemandes { suivie: Some(Suivie::ParUnAutre), ..base() }, &[2]),
            (FiltreDemandes { suivie: Some(Suivie::ParPersonne), ..base() }, &[3, 4]),
            (FiltreDemandes { non_remis: true, ..base() }, &[4]),
            (FiltreDemandes { statut: Some(Statut::Actif), ..base() }, &[]),
            (FiltreDemandes { statut: None, recherche: "zorn philo".to_owned(), ..base() }, &[3, 1, 2, 4]),
            (FiltreDemandes { recherche: "zorn".to_owned(), cas: Some(Cas::Independant), ..base() }, &[1]),
        ] {
            assert_eq!(ids(&monde, &camille, &filtre).await, expected, "{filtre:?}");
            let total = monde.backend.list(&camille, &filtre).await.unwrap().total;
            assert_eq!(total, Total::Exact(expected.len() as u64), "{filtre:?}");
            // The reading of a few accounts and the walk over many give the same.
            let regard = Regard { gestionnaire_id: camille.id, now: server::clock::Clock::now(&*monde.clock) };
            let db = monde.backend.db().connection();
            let many = Selection::with(db, &filtre, regard, 0).await.unwrap();
            let walked = many.rows(db, &Depart::Debut, 50).await.unwrap();
            assert_eq!(walked.iter().map(|row| row.id).collect::<Vec<_>>(), expected, "{filtre:?}, walked");
        }
        // The mail has arrived since, so the filter no longer finds the request.
        monde.send_mails().await;
        monde.execute("UPDATE courriel SET etat = 'dead' WHERE compte_id = 4 AND genre = 'activation'").await;
        assert_eq!(ids(&monde, &camille, &FiltreDemandes { non_remis: true, ..base() }).await, [4]);
        monde.execute("UPDATE courriel SET etat = 'sent' WHERE compte_id = 4 AND genre = 'recu'").await;
        assert_eq!(ids(&monde, &camille, &FiltreDemandes { non_remis: true, ..base() }).await, Vec::<i64>::new());
    }

    async fn the_counters_are_right_whatever_happens_to_accounts(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        for courriel in ["anne@exemple.fr", "brahim@exemple.fr", "chloe@exemple.fr"] {
            monde.activated(courriel).await;
        }
        monde.submit("daniel@exemple.fr").await;
        monde.backend.validate(&camille, 1, monde.version(&camille, 1).await).await.unwrap();
        for step in 0..3 {
            let counted = monde.backend.list(&camille, &FiltreDemandes::default()).await.unwrap();
            for (statut, count) in counted.compteurs {
                let sql = format!("SELECT count(*) FROM compte WHERE statut = '{}'", statut.code());
                assert_eq!(u64::try_from(monde.number(&sql).await).unwrap(), count, "{statut:?} at step {step}");
            }
            match step {
                0 => mouvements::fold(monde.backend.db()).await.unwrap(),
                _ => monde.execute("DELETE FROM compte WHERE id = 2").await,
            }
        }
        assert!(monde.number("SELECT count(*) FROM mouvement").await <= 4, "folded into one row a state");
    }

    async fn the_radar_sees_the_same_person_and_the_same_telephone(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        for courriel in ["anne@exemple.fr", "brahim@exemple.fr", "chloe@exemple.fr", "daniel@exemple.fr"] {
            monde.activated(courriel).await;
        }
        // 1 and 2: one name and birth date, typed otherwise; 3: a telephone in common; 4: nothing but the birth date.
        monde.execute("UPDATE compte SET nom = 'ZORN ETAILLEBOIS', mobile = '+33600000002' WHERE id = 2").await;
        monde.execute("UPDATE compte SET date_naissance = '01/01/1990', mobile = NULL, fixe = '+33612345678' WHERE id = 3").await;
        monde.execute("UPDATE compte SET nom = 'Autre', nom_naissance = 'Autre', mobile = '+33600000004' WHERE id = 4").await;
        let doubles = monde.dossier(&camille, 1).await.doublons;
        let seen: Vec<_> = doubles.iter().map(|double| (double.ligne.id, double.identite, double.telephone)).collect();
        assert_eq!(seen, [(2, true, false), (3, false, true)]);
        let pair = monde.backend.compare(&camille, 1, 2).await.unwrap().unwrap();
        assert_eq!((pair.gauche.id, pair.droite.id), (1, 2));
        let differing: Vec<_> =
            pair.rangs.iter().filter(|rang| rang.gauche != rang.droite).map(|rang| rang.label.as_str()).collect();
        assert_eq!(differing, ["Adresse de messagerie", "Nom", "Adresse de messagerie", "Téléphone mobile"]);
        assert_eq!(monde.backend.compare(&camille, 1, 99).await.unwrap(), None);
        // An ended request is no double any more.
        monde.execute("UPDATE compte SET statut = 'Retiree' WHERE id IN (2, 3)").await;
        assert_eq!(monde.dossier(&camille, 1).await.doublons, []);
    }

    async fn notes_stay_between_gestionnaires(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        assert!(!monde.backend.note(&camille, 1, " \n ").await.unwrap());
        assert!(!monde.backend.note(&camille, 99, "Rien").await.unwrap());
        assert!(monde.backend.note(&camille, 1, "Appelée le 12.\u{202e}").await.unwrap());
        let notes = monde.dossier(&camille, 1).await.notes;
        assert_eq!((notes[0].texte.as_str(), notes[0].par.as_str()), ("Appelée le 12.", "Camille Roux"));
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'note' AND champs = ''").await, 1);
    }

    async fn a_mail_given_up_goes_again_and_a_mistyped_address_is_corrected(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.submit("anne@exmple.fr").await;
        monde.execute("UPDATE courriel SET etat = 'dead', derniere_erreur = 'adresse inconnue' WHERE compte_id = 1").await;
        let mail = monde.dossier(&camille, 1).await.courriels.remove(0);
        assert_eq!(mail.etat, EtatCourriel::Abandonne { pourquoi: "adresse inconnue".to_owned() });
        assert!(!monde.backend.send_again(&camille, 2, mail.id).await.unwrap(), "not a mail of this file");
        assert!(monde.backend.send_again(&camille, 1, mail.id).await.unwrap());
        assert!(!monde.backend.send_again(&camille, 1, mail.id).await.unwrap(), "it is queued already");
        monde.send_mails().await;
        let first = monde.boite.token("anne@exmple.fr", "activation");

        let corrected = monde.backend.correct_address(&camille, 1, "anne@").await.unwrap();
        assert_eq!(corrected, CorrectionAdresse::Invalide);
        let corrected = monde.backend.correct_address(&camille, 1, "Anne@Exemple.fr").await.unwrap();
        assert_eq!(corrected, CorrectionAdresse::Envoyee);
        monde.send_mails().await;
        let second = monde.boite.token("anne@exemple.fr", "activation");
        assert!(matches!(monde.activate(&first).await, app::areas::acces::ChoixMotDePasse::LienMort));
        assert!(matches!(monde.activate(&second).await, app::areas::acces::ChoixMotDePasse::Enregistre(_)));
        let late = monde.backend.correct_address(&camille, 1, "autre@exemple.fr").await.unwrap();
        assert_eq!(late, CorrectionAdresse::TropTard);
    }
}
