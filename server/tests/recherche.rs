//! Names are found, compared and ordered by their folded form.

use app::areas::inscription::Inscriptions;
use app::areas::service_formation::{FiltreAgents, ServicesFormation};
use app::base::exchange::Client;
use domain::Etape;
use server::jobs::repliage;
use server::persistence::repliage::{Cible, step};
use tokio::sync::watch;

use super::support::Monde;

/// Makes a request of somebody with this birth date.
async fn request(monde: &Monde, courriel: &str, nom: &str, prenom: &str, date_naissance: &str) -> i64 {
    let key = monde.draft(courriel).await;
    let typed = [("nom", nom), ("nom_naissance", nom), ("prenom", prenom), ("date_naissance", date_naissance)];
    monde.fill(&key, Etape::Identite, &typed.map(|(name, raw)| (name, raw.to_owned()))).await;
    monde
        .fill(&key, Etape::Coordonnees, &[("mobile", format!("06 00 00 {}", courriel.len() + 10 * nom.len() + 1_000))])
        .await;
    Inscriptions::submit(&monde.backend, &Client(format!("net of {courriel}")), &key).await.unwrap();
    monde.number(&format!("SELECT id FROM compte WHERE courriel_cle = '{courriel}'")).await
}

async fn again(monde: &Monde) {
    let (_stop, stopped) = watch::channel(false);
    repliage::once(&monde.backend, &stopped).await.unwrap();
}

on_both_engines! {
    async fn names_of_every_script_are_found_without_their_accents_glued_or_parted(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        for (courriel, nom, prenom, typed) in [
            ("a@exemple.fr", "Nguyễn", "Thị", &["nguyen", "NGUYEN THI", "Nguyễn"][..]),
            ("b@exemple.fr", "N\u{2bc}Diaye", "Awa", &["N’Diaye", "n'diaye", "Ndiaye", "n diaye awa"]),
            ("c@exemple.fr", "Teʻura", "Moana", &["Te’ura", "Teura"]),
            ("d@exemple.fr", "L’Haÿ", "Jean-Louis", &["LHay", "jeanlouis", "jean louis lhay", "Jeanlou"]),
            ("e@exemple.fr", "Delatour", "Anne", &["de la tour", "de la tour anne"]),
            ("f@exemple.fr", "Saint-Pierre", "Zoé", &["Saintpierre", "stpierre", "st pierre"]),
            ("g@exemple.fr", "Παπαδόπουλος", "Νίκος", &["παπαδοπουλοσ", "ΝΙΚΟΣ"]),
            ("h@exemple.fr", "Йорданов", "Семён", &["иорданов", "СЕМЕН"]),
        ] {
            let id = request(&monde, courriel, nom, prenom, "07/03/1980").await;
            for text in typed {
                let found: Vec<i64> = monde.list(&camille, text).await.iter().map(|ligne| ligne.id).collect();
                assert_eq!(found, [id], "{text}");
            }
        }
        for nobody in ["tour de la", "louisjean", "diayen", "haylle"] {
            assert!(monde.list(&camille, nobody).await.is_empty(), "{nobody}");
        }
    }

    async fn the_radar_shows_a_name_glued_or_parted_as_near(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let id = request(&monde, "a@exemple.fr", "Le Nguyễn", "Jean-Louis", "07/03/1980").await;
        let same = request(&monde, "bb@exemple.fr", "LE NGUYEN", "Jean Louis", "07/03/1980").await;
        let near = request(&monde, "ccc@exemple.fr", "Lenguyen", "Jeanlouis", "07/03/1980").await;
        request(&monde, "dddd@exemple.fr", "Le Nguyen", "Jean-Luc", "07/03/1980").await;
        request(&monde, "eeeee@exemple.fr", "Le Nguyen", "Jean-Louis", "08/03/1980").await;
        let seen = monde.dossier(&camille, id).await.doublons;
        let seen: Vec<_> = seen.iter().map(|double| (double.ligne.id, double.identite, double.proche)).collect();
        assert_eq!(seen, [(same, true, false), (near, false, true)]);
    }

    async fn keys_made_by_another_folding_are_made_again_where_they_stopped(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let (rh, _) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        monde.present(&rh, "agent@exemple.fr", &[]).await;
        let id = request(&monde, "a@exemple.fr", "Nguyễn", "Jean-Louis", "07/03/1980").await;
        // The keys are as the former folding left them.
        monde.execute("UPDATE compte SET nom_cle = ' nguyễn jean louis nguyễn ' WHERE nom = 'Nguyễn'").await;
        monde.execute(&format!("DELETE FROM compte_mot WHERE compte_id = {id} AND mot <> 'jean'")).await;
        monde.execute(&format!("INSERT INTO compte_mot (mot, compte_id) VALUES ('nguyễn', {id})")).await;
        monde.execute("UPDATE collectivite SET cle_recherche = ' toulouse ' WHERE code = '31555'").await;
        monde.execute("UPDATE presentation SET nom_cle = ' zorn '").await;
        monde.execute("UPDATE repliage SET version = 1").await;
        assert!(monde.list(&camille, "nguyen").await.is_empty());
        again(&monde).await;
        assert_eq!(monde.list(&camille, "nguyen").await.len(), 1);
        assert_eq!(monde.list(&camille, "jeanlouis").await.len(), 1);
        assert_eq!(monde.text("SELECT nom_cle FROM compte WHERE nom = 'Nguyễn'").await.trim(), "nguyen jean louis nguyen");
        assert_eq!(monde.number("SELECT count(*) FROM collectivite WHERE cle_recherche LIKE '% 31555 %'").await, 1);
        let filtre = FiltreAgents { recherche: "zornetaille".to_owned(), ..FiltreAgents::default() };
        assert_eq!(monde.backend.agents(&rh, &filtre).await.unwrap().agents.len(), 1);
        assert_eq!(monde.number("SELECT count(*) FROM repliage WHERE fini").await, 3);
        // The job is done, so it does not look at a key that is wrong later.
        monde.execute("UPDATE presentation SET nom_cle = ' zorn '").await;
        again(&monde).await;
        assert_eq!(monde.text("SELECT nom_cle FROM presentation").await, " zorn ");
        // It goes on after the row it saw last.
        monde.execute("UPDATE repliage SET fini = (1 = 0) WHERE cible = 'presentation'").await;
        assert!(!step(monde.backend.db(), Cible::Presentation).await.unwrap());
        assert_eq!(monde.text("SELECT nom_cle FROM presentation").await, " zorn ");
    }
}
