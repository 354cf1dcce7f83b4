//! Several files decided together.

use app::areas::gestion::dossiers::{Decisions, Demandes, Exception, Lots, Verdict};
use app::base::appelants::Gestionnaire;
use domain::compte::Statut;
use server::jobs::decisions;

use super::support::Monde;

/// Three requests to validate, of three people: ids 1 to 3.
async fn three(monde: &Monde) {
    for (at, courriel) in ["anne@exemple.fr", "brahim@exemple.fr", "chloe@exemple.fr"].into_iter().enumerate() {
        monde.activated(courriel).await;
        let id = at + 1;
        // Without different birth dates and telephones, all three would count as one person's.
        monde
            .execute(&format!(
                "UPDATE compte SET date_naissance = '0{id}/01/1980', mobile = '+3361234567{id}' WHERE id = {id}"
            ))
            .await;
    }
}

async fn files(monde: &Monde, by: &Gestionnaire, ids: &[i64]) -> Vec<(i64, i64)> {
    let mut files = Vec::new();
    for id in ids {
        files.push((*id, monde.version(by, *id).await));
    }
    files
}

on_both_engines! {
    async fn the_dry_run_names_each_exception_and_changes_nothing(monde: Monde) {
        let monde = monde.holding(120);
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let dominique = monde.gestionnaire("dominique@cnfpt.fr", "Dominique Faure").await;
        three(&monde).await;
        for courriel in ["daniel@exemple.fr", "elise@exemple.fr", "farid@exemple.fr"] {
            monde.activated(courriel).await;
        }
        monde.execute("UPDATE compte SET date_naissance = '04/01/1980', mobile = '+33612345674' WHERE id IN (4, 5)").await;
        monde.execute("UPDATE compte SET date_naissance = '06/01/1980', mobile = '+33612345676' WHERE id = 6").await;
        monde.execute("UPDATE courriel SET etat = 'dead' WHERE compte_id = 6 AND gestionnaire_id IS NULL").await;
        monde.submit("gilles@exemple.fr").await;
        monde.backend.claim(&dominique, 2, false).await.unwrap();
        monde.backend.validate(&dominique, 3, monde.version(&camille, 3).await).await.unwrap();
        let journal = monde.number("SELECT count(*) FROM journal").await;

        let simulations = monde.backend.dry_run(&camille, Verdict::Valider, &[1, 2, 3, 4, 5, 6, 7, 1, 99]).await.unwrap();
        let exceptions: Vec<_> = simulations.into_iter().map(|simulation| (simulation.ligne.id, simulation.exception)).collect();
        let dominique = "Dominique Faure".to_owned();
        assert_eq!(exceptions, [
            (1, None),
            (2, Some(Exception::PriseEnCharge { par: dominique.clone() })),
            (3, Some(Exception::DejaDecidee { par: dominique })),
            (4, Some(Exception::Doublon(1))),
            (5, Some(Exception::Doublon(1))),
            (6, Some(Exception::CourrielNonRemis)),
            (7, Some(Exception::PasAValider(Statut::EnAttenteActivation))),
        ]);
        // A double does not exclude a file from a refusal.
        let simulations = monde.backend.dry_run(&camille, Verdict::Refuser, &[4]).await.unwrap();
        assert_eq!(simulations[0].exception, None);
        assert_eq!(monde.number("SELECT count(*) FROM journal").await, journal);
        assert_eq!(monde.number("SELECT count(*) FROM decision").await, 1);
    }

    async fn a_bulk_decides_each_file_by_itself_and_says_how_many(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        three(&monde).await;
        let mut lot = files(&monde, &camille, &[1, 2, 3]).await;
        lot[1].1 -= 1;
        let bilan = monde.backend.bulk(&camille, &lot, None).await.unwrap().unwrap();
        assert_eq!((bilan.prises, bilan.ecartees, bilan.lot), (2, 1, None));
        assert_eq!(monde.number("SELECT count(*) FROM compte WHERE statut = 'Actif'").await, 2);
        assert_eq!(monde.number("SELECT count(*) FROM courriel WHERE genre = 'valide'").await, 2);
        // The same bulk again decides nothing.
        let bilan = monde.backend.bulk(&camille, &lot, None).await.unwrap().unwrap();
        assert_eq!((bilan.prises, bilan.ecartees), (0, 3));
    }

    async fn a_bulk_refusal_has_its_motive_or_is_none(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        three(&monde).await;
        let lot = files(&monde, &camille, &[1, 2, 3]).await;
        assert_eq!(monde.backend.bulk(&camille, &lot, Some((None, ""))).await.unwrap(), None);
        assert_eq!(monde.backend.bulk(&camille, &lot, Some((Some(999), ""))).await.unwrap(), None);
        let bilan = monde.backend.bulk(&camille, &lot, Some((Some(1), "Bien à vous"))).await.unwrap().unwrap();
        assert_eq!(bilan.prises, 3);
        assert_eq!(monde.number("SELECT count(*) FROM compte WHERE statut = 'Refuse' AND message = 'Bien à vous'").await, 3);
    }

    async fn a_held_bulk_is_cancelled_together(monde: Monde) {
        let monde = monde.holding(120);
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let dominique = monde.gestionnaire("dominique@cnfpt.fr", "Dominique Faure").await;
        three(&monde).await;
        let lot = files(&monde, &camille, &[1, 2, 3]).await;
        let bilan = monde.backend.bulk(&camille, &lot, None).await.unwrap().unwrap();
        let name = bilan.lot.unwrap();
        assert_eq!(monde.backend.cancel_bulk(&dominique, &name).await.unwrap(), 0);
        assert_eq!(monde.backend.cancel_bulk(&camille, &name).await.unwrap(), 3);
        monde.clock.advance(120_000);
        decisions::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM compte WHERE statut = 'AValider'").await, 3);
    }
}
