use app::base::port::Fault;
use app::onglet::annuaire::Annuaire;
use server::clock::MINUTE;
use server::persistence::annuaire_chargement;

on_both_engines! {
    async fn the_shipped_directory_is_loaded_once_and_found(monde: Monde) {
        monde.execute("DELETE FROM collectivite").await;
        let mut progress = 0;
        let (one, other) = tokio::join!(
            annuaire_chargement::load(monde.backend.db(), |loaded| progress = loaded),
            annuaire_chargement::load(monde.backend.db(), |_| ()),
        );
        assert_eq!(one.unwrap() + other.unwrap(), 36_363);
        assert!(progress == 36_363 || progress == 0);
        assert_eq!(annuaire_chargement::load(monde.backend.db(), |_| ()).await.unwrap(), 0);

        let names = async |text: &str| -> Vec<String> {
            let found = monde.backend.search(&monde.client, text).await.unwrap();
            found.into_iter().map(|entry| entry.line()).collect()
        };
        assert!(names("toulous").await[..2].contains(&"Toulouse (Commune, 31000, département 31)".to_owned()));
        let toulouse = "Toulouse (Commune, 31000, département 31)";
        for text in ["31555", "213 105 554", "213.105.554", "213105554 00014", "Mairie de Toulouse", "toulouse 31 000"] {
            assert_eq!(names(text).await.first().map(String::as_str), Some(toulouse), "{text}");
        }
        for (text, line) in [
            ("Paris 15", "Paris (Commune, 75001, département 75)"),
            ("75115", "Paris (Commune, 75001, département 75)"),
            ("Lyon 3e", "Lyon (Commune, 69001, département 69)"),
            ("Lyon 3ème arrondissement", "Lyon (Commune, 69001, département 69)"),
            ("mairie de Marseille 1er", "Marseille (Commune, 13001, département 13)"),
            ("CD31", "Département : Haute-Garonne (Département, département 31)"),
            ("cd 2A", "Département : Corse-du-Sud (Département, département 2A)"),
            ("Conseil départemental de la Haute-Garonne", "Département : Haute-Garonne (Département, département 31)"),
            ("Conseil régional d’Occitanie", "Région : Occitanie (Région)"),
            ("LHaÿ les Roses", "L'Haÿ-les-Roses (Commune, 94240, département 94)"),
            ("l‘hay‐les‐roses", "L'Haÿ-les-Roses (Commune, 94240, département 94)"),
            ("Saintetienne 42000", "Saint-Étienne (Commune, 42000, département 42)"),
            ("Ville neuve d’Ascq", "Villeneuve-d'Ascq (Commune, 59491, département 59)"),
        ] {
            assert_eq!(names(text).await.first().map(|line| line.replace('\u{a0}', " ")).as_deref(), Some(line), "{text}");
        }
        assert!(names("31000").await.contains(&"Toulouse (Commune, 31000, département 31)".to_owned()));
        assert_eq!(names("213105554").await, ["Toulouse (Commune, 31000, département 31)"]);
        assert!(names("saint etienne").await.iter().any(|line| line.starts_with("Saint-Étienne (Commune, 42")));
        assert_eq!(names("ST-ETIENNE").await, names("saint étienne").await);
        assert_eq!(names("saint").await.len(), 20);
        assert_eq!(names("generique intervenants").await[0], "Cnfpt-employeur Generique Intervenants (31)");
        for nothing in ["", "  ", "%", "_", "oulouse", "\0"] {
            assert!(names(nothing).await.is_empty(), "{nothing:?}");
        }

        let named = async |text: &str| monde.backend.named(None, text).await.unwrap();
        assert_eq!(named("COMMUNE:31555").await[0].nom, "Toulouse");
        assert_eq!(named("Toulouse (Commune, 31000, département 31)").await.len(), 1);
        assert_eq!(named("cnfpt-employeur générique intervenants (31)").await.len(), 1);
        assert!(named("Sainte-Colombe").await.len() > 5, "a shared name is asked about");
        assert!(named("COMMUNE:\0").await.is_empty());
        assert_eq!(monde.backend.generic().await.unwrap().len(), 1);
        let communes = monde.backend.communes(&monde.client, "01\u{a0}400").await.unwrap();
        assert!(communes.contains(&"L'Abergement-Clémenciat".to_owned()), "{communes:?}");
    }

    async fn sixty_searches_a_minute_come_from_one_network(monde: Monde) {
        for _ in 0..60 {
            monde.backend.search(&monde.client, "toul").await.unwrap();
        }
        let over = monde.backend.search(&monde.client, "toul").await;
        assert!(matches!(over, Err(Fault::TooMany { .. })), "{over:?}");
        monde.clock.advance(MINUTE);
        monde.backend.search(&monde.client, "toul").await.unwrap();
    }
}
