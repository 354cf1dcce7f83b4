use app::areas::compte::Comptes;
use app::areas::gestion::dossiers::{Decision, Decisions, Demandes};
use app::base::appelants::Appelants;
use domain::compte::Statut;
use domain::filtre::{Depart, FiltreDemandes};

on_both_engines! {
    async fn what_the_next_version_writes_stops_no_page_of_this_one(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        monde.send_mails().await;
        monde.execute("INSERT INTO journal (le, acteur, compte_id, action, champs) VALUES (1, 'machine:4', 1, 'teleportation', '')").await;
        monde.execute("UPDATE courriel SET genre = 'pigeon' WHERE compte_id = 1 AND genre = 'activation'").await;
        let file = monde.dossier(&camille, 1).await;
        assert!(file.historique.iter().any(|event| event.quoi == "teleportation" && event.par == "machine:4"));
        assert!(file.courriels.iter().any(|mail| mail.quoi == "pigeon" && !mail.renvoyable), "{:?}", file.courriels);
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        Comptes::mine(&monde.backend, &who).await.unwrap();
        app::areas::compte::DonneesPersonnelles::about_me(&monde.backend, &who).await.unwrap();
        monde.backend.copy_of(&who, server::areas::compte::copie_personnelle::Format::Json).await.unwrap();
        for volet in app::areas::gestion::courriels::VoletCourriels::ALL {
            app::areas::gestion::courriels::Expedition::outbox_page(&monde.backend, &camille, volet, None).await.unwrap();
        }
        // The worker leaves a mail of an unknown kind to a server that knows it, and sends the others.
        monde.execute("UPDATE courriel SET etat = 'queued' WHERE genre = 'pigeon'").await;
        monde.submit("berthe@exemple.fr").await;
        monde.send_mails().await;
        assert_eq!(monde.boite.to("berthe@exemple.fr").len(), 1);
        assert_eq!(monde.number("SELECT count(*) FROM courriel WHERE genre = 'pigeon' AND etat = 'queued'").await, 1);
    }

    async fn every_line_of_the_journal_names_what_it_is_about(monde: Monde) {
        let ada = crate::equipe::administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let saisi = app::areas::gestion::motifs::MotifSaisi { libelle: "Autre".to_owned(), texte: "Texte".to_owned() };
        app::areas::gestion::motifs::Motifs::save(&monde.backend, &ada, None, &saisi).await.unwrap();
        app::areas::gestion::motifs::Motifs::set_active(&monde.backend, &ada, 1, false).await.unwrap();
        let (service, _) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        app::areas::acces::Invitations::disable_service_formation(&monde.backend, &ada, service.id).await.unwrap();
        monde.submit("anne@exemple.fr").await;
        monde.boite.fail_next([server::mail::SendError::Recipient("550".to_owned())]);
        monde.send_mails().await;
        let mail = monde.number("SELECT id FROM courriel WHERE etat = 'dead'").await;
        assert!(app::areas::gestion::courriels::Expedition::requeue(&monde.backend, &ada, mail).await.unwrap());
        for (action, named) in [
            ("invitation", "gestionnaire:1".to_owned()),
            ("motif_cree", "motif:6".to_owned()),
            ("motif_desactive", "motif:1".to_owned()),
            ("invitation_service", "service:1".to_owned()),
            ("service_desactive", "service:1".to_owned()),
            ("courriel_renvoye", format!("courriel:{mail}")),
        ] {
            let champs = monde.text(&format!("SELECT champs FROM journal WHERE action = '{action}'")).await;
            assert!(champs.split(' ').any(|word| word == named), "{action}: {champs}");
        }
    }

    async fn a_validated_person_is_told_and_sees_their_data(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let dossier = monde.dossier(&camille, 1).await;
        assert_eq!(dossier.ligne.statut, Statut::AValider);
        assert_eq!(dossier.courriel, "anne@exemple.fr");
        assert!(dossier.donnees.iter().flat_map(|tab| &tab.lignes).any(|line| line.valeur == "Quévillac"));
        assert_eq!(dossier.historique[0].par, "la personne");
        assert_eq!(monde.backend.validate(&camille, 1, dossier.ligne.version).await.unwrap(), Decision::Prise);
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        let mine = monde.backend.mine(&who).await.unwrap();
        assert_eq!((mine.suivi.statut, mine.donnees.len()), (Statut::Actif, 5));
        monde.send_mails().await;
        monde.boite.about("anne@exemple.fr", "Votre compte est validé");
        let history = monde.dossier(&camille, 1).await.historique;
        assert_eq!((history[0].quoi.as_str(), history[0].par.as_str()), ("Compte validé", "Camille Roux"));
    }

    async fn a_refusal_needs_a_motive_of_the_library_and_gives_it(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        let motifs = monde.backend.motifs(&camille).await.unwrap();
        assert_eq!(motifs[0].libelle, "Vous relevez du cas 1");
        monde.execute("UPDATE motif SET actif = false WHERE id = 2").await;
        for missing in [None, Some(2), Some(999)] {
            let refused = monde.backend.refuse(&camille, 1, version, missing, "").await.unwrap();
            assert_eq!(refused, Decision::MotifManquant);
        }
        let message = "Bien à vous,\u{202e}\nCamille\0";
        let refused = monde.backend.refuse(&camille, 1, version, Some(motifs[0].id), message).await.unwrap();
        assert_eq!(refused, Decision::Prise);
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        let mine = monde.backend.mine(&who).await.unwrap();
        assert_eq!(mine.suivi.statut, Statut::Refuse);
        assert_eq!(mine.motif, Some(motifs[0].texte.clone()));
        assert_eq!(mine.message.as_deref(), Some("Bien à vous,\nCamille"));
        monde.send_mails().await;
        let mail = monde.boite.about("anne@exemple.fr", "pas été acceptée");
        assert!(mail.text.contains("Camille") && mail.text.contains("service formation") && !mail.text.contains("cas 1"), "{}", mail.text);
    }

    async fn the_second_gestionnaire_is_told_who_decided(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let dominique = monde.gestionnaire("dominique@cnfpt.fr", "Dominique Faure").await;
        monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        assert_eq!(monde.backend.validate(&camille, 1, version - 1).await.unwrap(), Decision::DejaPrise {
            par: "la personne".to_owned(),
            statut: Statut::AValider,
            le: server::clock::Clock::now(&*monde.clock),
        });
        monde.backend.validate(&camille, 1, version).await.unwrap();
        let decided = server::clock::Clock::now(&*monde.clock);
        monde.clock.advance(60_000);
        monde.backend.note(&dominique, 1, "Vu.").await.unwrap();
        let told = monde.backend.refuse(&dominique, 1, version, Some(1), "").await.unwrap();
        assert_eq!(told, Decision::DejaPrise { par: "Camille Roux".to_owned(), statut: Statut::Actif, le: decided });
        assert_eq!(monde.backend.validate(&camille, 99, 1).await.unwrap(), Decision::Introuvable);
    }

    async fn of_sixteen_deciders_exactly_one_wins(monde: Monde) {
        let mut deciders = Vec::new();
        for at in 0..16 {
            deciders.push(monde.gestionnaire(&format!("g{at}@cnfpt.fr"), &format!("Gestionnaire {at}")).await);
        }
        monde.activated("anne@exemple.fr").await;
        monde.send_mails().await;
        let before = monde.boite.to("anne@exemple.fr").len();
        let version = monde.version(&deciders[0], 1).await;
        let race = deciders.into_iter().enumerate().map(|(at, by)| {
            let backend = monde.backend.clone();
            tokio::spawn(async move {
                if at % 2 == 0 {
                    backend.validate(&by, 1, version).await.unwrap()
                } else {
                    backend.refuse(&by, 1, version, Some(1), "").await.unwrap()
                }
            })
        });
        let ends: Vec<_> = futures::future::join_all(race).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(ends.iter().filter(|end| **end == Decision::Prise).count(), 1, "{ends:?}");
        assert_eq!(ends.iter().filter(|end| matches!(end, Decision::DejaPrise { .. })).count(), 15);
        let decided = "SELECT count(*) FROM journal WHERE action IN ('validation', 'refus')";
        assert_eq!(monde.number(decided).await, 1);
        monde.send_mails().await;
        assert_eq!(monde.boite.to("anne@exemple.fr").len(), before + 1);
    }

    async fn the_queue_is_searched_by_word_prefix_address_and_reference(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        let reference = monde.list(&camille, "").await[0].reference.to_string();
        for found in ["zorn", "ETAILLE phil", "Quévillac", "ANNE@exemple.fr", &reference, &reference[4..]] {
            assert_eq!(monde.list(&camille, found).await.len(), 1, "{found}");
        }
        for missed in ["orn", "zorn dupont", "anne@exemple.com", "%", "_", "IEL-0000-0000", "philomène%"] {
            let expected = usize::from(missed == "philomène%");
            assert_eq!(monde.list(&camille, missed).await.len(), expected, "{missed}");
        }
    }

    async fn the_queue_turns_its_pages_without_losing_or_repeating_a_line(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        for at in 0..60 {
            monde.submit(&format!("a{at}@exemple.fr")).await;
            monde.clock.advance(i64::from(at % 3));
        }
        let mut filtre = FiltreDemandes { statut: Some(Statut::EnAttenteActivation), ..FiltreDemandes::default() };
        let first = monde.backend.list(&camille, &filtre).await.unwrap();
        assert_eq!(first.lignes.len(), 50);
        filtre.depart = Depart::Apres(first.suivante.unwrap());
        let second = monde.backend.list(&camille, &filtre).await.unwrap();
        assert_eq!((second.lignes.len(), second.suivante), (10, None));
        let ids: Vec<_> = first.lignes.iter().chain(&second.lignes).map(|line| line.id).collect();
        assert_eq!(ids, (1..=60).collect::<Vec<_>>(), "the longest waiting first");
        filtre = FiltreDemandes { statut: Some(Statut::Actif), ..FiltreDemandes::default() };
        assert_eq!(monde.backend.list(&camille, &filtre).await.unwrap().lignes.len(), 0);
    }
}
