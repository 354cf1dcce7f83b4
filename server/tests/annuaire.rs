use domain::ports::{Annuaire, PortError};
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
        assert_eq!(names("31555").await.len(), 0, "an INSEE code is not a postal code");
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
        let communes = monde.backend.communes(&monde.client, "01400").await.unwrap();
        assert!(communes.contains(&"L'Abergement-Clémenciat".to_owned()), "{communes:?}");
    }

    async fn sixty_searches_a_minute_come_from_one_network(monde: Monde) {
        for _ in 0..60 {
            monde.backend.search(&monde.client, "toul").await.unwrap();
        }
        let over = monde.backend.search(&monde.client, "toul").await;
        assert!(matches!(over, Err(PortError::TooMany { .. })), "{over:?}");
        monde.clock.advance(MINUTE);
        monde.backend.search(&monde.client, "toul").await.unwrap();
    }
}
