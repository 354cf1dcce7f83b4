//! The second factor, as a browser without JavaScript sees it.

use app::base::appelants::Role;
use axum::http::StatusCode;
use domain::valeurs::AdresseCourriel;
use server::clock::SECOND;
use totp_rs::Secret;

use super::support::Navigateur;
use crate::support::donnees::MOT_DE_PASSE_GESTION;
use crate::support::facteur::code;

/// The secret that a page shows, without its tags.
fn secret_of(html: &str) -> String {
    let shown = html.split("<code class=\"secret\">").nth(1).unwrap().split("</code>").next().unwrap();
    let groups: Vec<&str> = shown.split("<span>").filter_map(|part| part.split("</span>").next()).collect();
    groups.concat().replace("<!>", "")
}

on_both_engines! {
    async fn an_invitation_leads_to_a_factor_its_codes_and_the_queue(monde: Monde) {
        let link = monde.backend.invite(Role::Gestionnaire, &AdresseCourriel::parse("camille@cnfpt.fr").unwrap()).await.unwrap();
        let token = link.rsplit('/').next().unwrap().to_owned();
        let mut camille = Navigateur::new(&monde);
        let page = camille.get(&format!("/invitation/{token}")).await;
        let fields = [("token", token.as_str()), ("nom", "Camille"), ("mot_de_passe", MOT_DE_PASSE_GESTION)];
        let done = camille.post(&page.action("Enregistrer mon mot de passe"), &fields).await;
        assert_eq!(done.location(), "/gestion/second-facteur");
        for closed in ["/gestion/demandes", "/gestion/second-facteur/codes", "/gestion/mes-reglages"] {
            assert_eq!(camille.get(closed).await.location(), "/gestion/connexion?connexion=1", "{closed}");
        }
        let page = camille.get("/gestion/second-facteur").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.html.contains("style=\"") && page.html.contains("<svg viewBox=\"0 0 57 57\""), "{}", page.html);
        assert!(page.html.contains("href=\"otpauth://totp/Pr%C3%A9inscription%20IEL:camille%40cnfpt.fr?secret="));
        assert!(!page.text().contains("Code de secours</label>"), "there is none yet");
        let secret = secret_of(&page.html);
        assert_eq!(secret.len(), 32, "{secret}");
        let now = code(Secret::try_from_base32(&secret).unwrap(), monde.clock_now());
        let form = page.action("Continuer");
        for typed in ["", "12345", "abcdef"] {
            assert_eq!(camille.post(&form, &[("code", typed)]).await.location(), "/gestion/second-facteur?erreur=code");
        }
        let page = camille.get("/gestion/second-facteur?erreur=code").await;
        assert!(page.html.contains("<title>Erreur : ") && page.html.contains("href=\"#champ-code\""), "{}", page.html);
        assert_eq!(secret_of(&page.html), secret, "the same one is asked again");
        let before = camille.cookie("__Host-iel_session").unwrap().to_owned();
        let spaced = format!("{} {}", &now[..3], &now[3..]);
        assert_eq!(camille.post(&form, &[("code", &spaced)]).await.location(), "/gestion/second-facteur/codes");
        assert_ne!(camille.cookie("__Host-iel_session").unwrap(), before);
        let page = camille.get("/gestion/second-facteur/codes").await;
        assert_eq!(page.html.matches("<li><code>").count(), 10, "{}", page.html);
        let done = camille.post(&page.action("Continuer"), &[]).await;
        assert_eq!(done.location(), "/gestion/mes-reglages", "the last page that was asked for");
        assert_eq!(camille.get("/gestion/demandes").await.status, StatusCode::OK);
        assert_eq!(camille.get("/gestion/second-facteur/codes").await.location(), "/gestion/mes-reglages");
        assert!(camille.get("/gestion/mes-reglages").await.text().contains("Il vous reste 10\u{a0}codes de secours."));
    }

    async fn a_login_asks_for_the_code_or_for_a_recovery_code(monde: Monde) {
        let connexion = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        let mut camille = Navigateur::new(&monde);
        camille.sign_in(&connexion);
        let page = camille.get("/gestion/second-facteur/codes").await;
        let kept = page.html.split("<li><code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        for way in ["code", "secours"] {
            monde.clock.advance(30 * SECOND);
            let page = camille.get("/gestion/connexion").await;
            let fields = [("courriel", "camille@cnfpt.fr"), ("mot_de_passe", MOT_DE_PASSE_GESTION)];
            let done = camille.post(&page.action("Se connecter"), &fields).await;
            assert_eq!(done.location(), "/gestion/second-facteur");
            let page = camille.get("/gestion/second-facteur").await;
            assert!(!page.html.contains("class=\"secret\"") && !page.html.contains("otpauth:"), "{}", page.html);
            let (button, value) = match way {
                "code" => ("Continuer", monde.code_of(1).await),
                _ => ("Entrer avec ce code", kept.clone()),
            };
            let wrong = camille.post(&page.action(button), &[(way, "AAAA")]).await;
            assert_eq!(wrong.location(), format!("/gestion/second-facteur?erreur={way}"));
            let said = camille.get(wrong.location()).await;
            assert!(said.html.contains(&format!("href=\"#champ-{way}\"")), "{}", said.html);
            let done = camille.post(&page.action(button), &[(way, &value)]).await;
            assert_eq!(done.location(), "/gestion/demandes", "{way}");
        }
        let page = camille.get("/gestion/mes-reglages").await;
        assert!(page.text().contains("Il vous reste 9\u{a0}codes de secours."));
        monde.clock.advance(30 * SECOND);
        let renew = page.action("Faire de nouveaux codes");
        assert_eq!(camille.post(&renew, &[("code", "1")]).await.location(), "/gestion/mes-reglages?erreur=code");
        let done = camille.post(&renew, &[("code", &monde.code_of(1).await)]).await;
        assert_eq!(done.location(), "/gestion/second-facteur/codes");
        assert!(!camille.get(done.location()).await.html.contains(&kept));
    }

    async fn an_administrateur_resets_a_members_factor_and_not_their_own(monde: Monde) {
        let connexion = monde.staff_connexion("ada@cnfpt.fr", Role::Administrateur).await;
        monde.gestionnaire("bob@cnfpt.fr", "Bob").await;
        let mut ada = Navigateur::new(&monde);
        ada.sign_in(&connexion);
        let page = ada.get("/gestion/equipe").await;
        assert_eq!(page.text().matches(">Réinitialiser le second facteur</button>").count(), 1);
        let done = ada.post(&page.action("Réinitialiser le second facteur"), &[("id", "2")]).await;
        assert_eq!(done.location(), "/gestion/equipe?fait=facteur");
        assert!(ada.get(done.location()).await.text().contains("Second facteur réinitialisé"));
    }
}
