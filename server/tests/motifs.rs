use app::areas::compte::Comptes;
use app::areas::gestion::dossiers::{Decision, Decisions};
use app::areas::gestion::motifs::{MotifEnregistre, MotifRefuse, MotifSaisi, Motifs};
use app::base::appelants::Formateur;

fn saisi(libelle: &str, texte: &str) -> MotifSaisi {
    MotifSaisi { libelle: libelle.to_owned(), texte: texte.to_owned() }
}

on_both_engines! {
    async fn an_edited_motive_changes_no_past_refusal_and_counts_in_one_family(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let motifs = monde.backend.all(&camille).await.unwrap();
        let first = motifs[0].id;
        for courriel in ["anne@exemple.fr", "bea@exemple.fr"] {
            monde.activated(courriel).await;
        }
        let refuse = async |id: i64, motif: i64| {
            let version = monde.version(&camille, id).await;
            monde.backend.refuse(&camille, id, version, Some(motif), "").await.unwrap()
        };
        let said = async |id: i64| monde.backend.mine(&Formateur { compte_id: id }).await.unwrap().motif.unwrap();
        assert_eq!(refuse(1, first).await, Decision::Prise);
        let before = said(1).await;

        let other = saisi("Autre libellé", "Bonjour {prenom}, demande {reference}, le {date}.");
        let save = async |id| monde.backend.save(&camille, Some(id), &other).await.unwrap();
        let (one, two) = tokio::join!(save(first), save(first));
        let mut both = [one, two];
        both.sort_by_key(|outcome| *outcome != MotifEnregistre::Fait);
        assert_eq!(both, [MotifEnregistre::Fait, MotifEnregistre::Perime], "of two wordings at once, one is kept");
        assert_eq!(said(1).await, before);
        let motifs = monde.backend.all(&camille).await.unwrap();
        assert_eq!((motifs[0].libelle.as_str(), motifs[0].utilisations, motifs[0].recentes), ("Autre libellé", 1, 1));
        assert_ne!(motifs[0].id, first);
        assert_eq!(refuse(2, first).await, Decision::MotifManquant, "a replaced wording is offered no more");
        assert_eq!(refuse(2, motifs[0].id).await, Decision::Prise);
        let reference = monde.text("SELECT reference FROM compte WHERE id = 2").await;
        assert_eq!(said(2).await, format!("Bonjour Philomène, demande {reference}, le 15\u{a0}juin 2026."));
        monde.send_mails().await;
        assert!(monde.boite.about("bea@exemple.fr", "acceptée").text.contains("Bonjour Philomène, demande IEL-"));
        monde.clock.advance(91 * server::clock::DAY);
        let used = &monde.backend.all(&camille).await.unwrap()[0];
        assert_eq!((used.utilisations, used.recentes), (2, 0));
    }

    async fn what_is_wrong_is_kept_and_told_and_never_offered(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let count = monde.backend.all(&camille).await.unwrap().len();
        for (wrong, why) in [
            (saisi("", "Texte"), MotifRefuse::Libelle),
            (saisi("Nouveau", " "), MotifRefuse::Texte),
            (saisi("Nouveau", "Bonjour {nom}"), MotifRefuse::Variable("nom".to_owned())),
        ] {
            assert_eq!(monde.backend.save(&camille, None, &wrong).await.unwrap(), MotifEnregistre::ARevoir);
            let edited = monde.backend.edit(&camille, None).await.unwrap().unwrap();
            assert_eq!((edited.refus, edited.saisi.libelle), (Some(why), wrong.libelle));
        }
        assert_eq!(monde.backend.all(&camille).await.unwrap().len(), count);
        let right = saisi("Nouveau", "Chère {prenom} {{date}");
        monde.backend.keep(&camille, None, &right).await.unwrap();
        let edited = monde.backend.edit(&camille, None).await.unwrap().unwrap();
        assert!(edited.apercu.texte.contains("Motif\u{a0}: Chère Camille {15\u{a0}juin 2026"), "{}", edited.apercu.texte);
        assert_eq!(monde.backend.save(&camille, None, &right).await.unwrap(), MotifEnregistre::Fait);
        let motifs = monde.backend.all(&camille).await.unwrap();
        let id = motifs.last().unwrap().id;
        assert_eq!(motifs.len(), count + 1);
        assert!(monde.backend.edit(&camille, None).await.unwrap().unwrap().saisi.texte.is_empty());
        assert!(Motifs::set_active(&monde.backend, &camille, id, false).await.unwrap());
        assert!(monde.backend.motifs(&camille).await.unwrap().iter().all(|motif| motif.id != id));
    }
}
