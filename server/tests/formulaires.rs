//! Forms over HTTP, without JavaScript: pressed twice, refused, sent by a browser without cookies, found again after a login.

use app::base::appelants::Role;
use axum::http::{Request, StatusCode};

use super::support::{Monde, Navigateur};
use crate::support::donnees::{MOT_DE_PASSE, MOT_DE_PASSE_GESTION};

const REFERENCE: &str = "IEL-0000-0000";

/// A member of the staff who came in by the link of an invitation and enrolled a second factor.
async fn staff(monde: &Monde) -> Navigateur {
    let mut navigateur = Navigateur::new(monde);
    navigateur.sign_in(&monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await);
    navigateur
}

fn value_of<'a>(html: &'a str, field: &str) -> &'a str {
    let tag = html.split('<').find(|tag| tag.contains(&format!(" name=\"{field}\""))).expect("the field is there");
    tag.split(" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

on_both_engines! {
    async fn a_link_pressed_twice_is_answered_twice_as_once(monde: Monde) {
        let token = monde.submitted("anne@exemple.fr").await;
        let mut navigateur = Navigateur::new(&monde);
        let page = navigateur.get(&format!("/activation/{token}")).await;
        let action = page.action("Enregistrer mon mot de passe");
        let fields = [("token", token.as_str()), ("mot_de_passe", MOT_DE_PASSE)];
        let mut other = Navigateur::like(&navigateur);
        let (one, two) = tokio::join!(navigateur.post(&action, &fields), other.post(&action, &fields));
        assert_eq!((one.location(), two.location()), ("/mon-compte", "/mon-compte"));
        for window in [&mut navigateur, &mut other] {
            assert_eq!(window.get("/mon-compte").await.status, StatusCode::OK, "both are signed in");
        }
        let mut stranger = Navigateur::new(&monde);
        stranger.from([198, 51, 100, 7]);
        let late = stranger.post(&action, &fields).await;
        assert_ne!(late.location(), "/mon-compte", "the link is used up for anybody else");
        monde.clock.advance(16_000);
        let mut later = Navigateur::like(&other);
        assert_ne!(later.post(&action, &fields).await.location(), "/mon-compte", "and for everybody a little later");
    }

    async fn a_note_pressed_twice_is_one_note_and_meant_twice_is_two(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let mut staff = staff(&monde).await;
        let page = staff.get("/gestion/demandes/1").await;
        let action = page.action("Ajouter la note");
        let fields = [("id", "1"), ("texte", "À rappeler lundi.")];
        let one = staff.post(&action, &fields).await;
        let two = staff.post(&action, &fields).await;
        assert_eq!(one.location(), two.location());
        assert_eq!(monde.number("SELECT count(*) FROM note").await, 1);
        staff.get("/gestion/demandes/1").await;
        staff.post(&action, &fields).await;
        assert_eq!(monde.number("SELECT count(*) FROM note").await, 2, "the page was seen in between");
    }

    async fn a_refusal_without_a_motive_keeps_its_message(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let mut staff = staff(&monde).await;
        let page = staff.get("/gestion/demandes/1/refuser").await;
        let message = "L’attestation de l’employeur <b>manque</b> & n’est pas signée.";
        let fields = [("id", "1"), ("version", "2"), ("motif", ""), ("message", message)];
        let refused = staff.post(&page.action("Refuser"), &fields).await;
        assert!(refused.location().contains("erreur=motif"), "{}", refused.location());
        let page = staff.get(refused.location()).await;
        assert!(page.html.contains("<title>Erreur : Refuser"));
        assert!(page.html.contains("href=\"#champ-motif\""), "the summary leads to the field");
        assert!(page.html.contains("L’attestation de l’employeur &lt;b&gt;manque&lt;/b&gt; &amp; n’est pas signée.</textarea>"));
    }

    async fn corrections_without_a_remark_keep_their_message(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let mut staff = staff(&monde).await;
        let page = staff.get("/gestion/demandes/1/corrections").await;
        let fields = [("id", "1"), ("version", "2"), ("message", "Merci de relire.")];
        let refused = staff.post(&page.action("Demander des corrections"), &fields).await;
        let page = staff.get(refused.location()).await;
        assert!(page.html.contains("<title>Erreur : Demander des corrections"));
        assert!(page.html.contains("Merci de relire.</textarea>"));
    }

    async fn a_refused_login_keeps_the_identifier_and_never_the_password(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let page = navigateur.get("/").await;
        let fields = [("espace", "service"), ("courriel", "anne@exemple.fr"), ("mot_de_passe", "mot de passe secret")];
        let refused = navigateur.post(&page.action("Se connecter"), &fields).await;
        let page = navigateur.get(refused.location()).await;
        assert_eq!(value_of(&page.html, "courriel"), "anne@exemple.fr");
        assert!(!page.html.contains("mot de passe secret"));
        let service = page.html.split("id=\"espace-service\"").nth(1).unwrap().split('>').next().unwrap();
        assert!(service.contains("checked"), "the space too: {service}");
        assert!(page.html.contains("<title>Erreur : Se connecter") && page.html.contains("href=\"#champ-courriel\""));
        assert_eq!(value_of(&navigateur.get("/").await.html, "courriel"), "", "only where the refusal is told");
        monde.clock.advance(11 * 60 * 1_000);
        assert_eq!(value_of(&navigateur.get(refused.location()).await.html, "courriel"), "", "and not for long");
    }

    async fn what_waits_in_the_browser_can_be_read_by_nobody(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let page = navigateur.get("/").await;
        let fields = [("courriel", "anne@exemple.fr"), ("mot_de_passe", "mot de passe secret")];
        let refused = navigateur.post(&page.action("Se connecter"), &fields).await;
        for cookie in refused.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(!cookie.contains("anne") && cookie.contains("HttpOnly"), "{cookie}");
        }
        let sealed = navigateur.cookie("__Host-iel_saisie0").unwrap().to_owned();
        navigateur.hold_cookie("__Host-iel_saisie0", &sealed.replacen(['A', 'a', 'B', 'b'], "c", 1));
        assert_eq!(value_of(&navigateur.get(refused.location()).await.html, "courriel"), "", "changed on the way");
    }

    async fn an_unknown_request_keeps_both_fields(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let page = navigateur.get("/suivi").await;
        let fields = [("reference", REFERENCE), ("courriel", "anne@exemple.fr")];
        let refused = navigateur.post(&page.action("Suivre ma demande"), &fields).await;
        let page = navigateur.get(refused.location()).await;
        assert_eq!((value_of(&page.html, "reference"), value_of(&page.html, "courriel")), (REFERENCE, "anne@exemple.fr"));
        assert!(page.html.contains("<title>Erreur : "));
    }

    async fn a_weak_password_at_the_activation_of_an_agent_keeps_the_box(monde: Monde) {
        let (by, _) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        monde.present(&by, "agent@toulouse.example", &[]).await;
        monde.send_mails().await;
        let token = monde.boite.token("agent@toulouse.example", "activation");
        let mut navigateur = Navigateur::new(&monde);
        let page = navigateur.get(&format!("/activation/{token}")).await;
        let fields = [("token", token.as_str()), ("mot_de_passe", "court"), ("information", "oui")];
        let refused = navigateur.post(&page.action("Enregistrer mon mot de passe"), &fields).await;
        let page = navigateur.get(refused.location()).await;
        assert!(page.html.contains("12 caractères"));
        let tag = page.html.split('<').find(|tag| tag.contains("name=\"information\"")).unwrap();
        assert!(tag.contains("checked"), "{tag}");
    }

    async fn a_login_after_an_ended_connexion_restores_page_and_text(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let mut staff = staff(&monde).await;
        let page = staff.get("/gestion/demandes/1").await;
        let action = page.action("Ajouter la note");
        monde.clock.advance(31 * 60 * 1_000);
        let fields = [("id", "1"), ("texte", "À rappeler lundi.")];
        let ended = staff.post_from("/gestion/demandes/1", &action, &fields).await;
        assert_eq!(ended.location(), "/gestion/connexion?connexion=1");
        let page = staff.get(ended.location()).await;
        let fields = [("courriel", "camille@cnfpt.fr"), ("mot_de_passe", MOT_DE_PASSE_GESTION)];
        let login = staff.post(&page.action("Se connecter"), &fields).await;
        assert_eq!(login.location(), "/gestion/second-facteur");
        let page = staff.get(login.location()).await;
        let code = monde.code_of(1).await;
        let proved = staff.post(&page.action("Continuer"), &[("code", &code)]).await;
        assert_eq!(proved.location(), "/gestion/demandes/1");
        let page = staff.get(proved.location()).await;
        assert!(page.html.contains("À rappeler lundi.</textarea>"));
    }

    async fn a_link_leads_where_it_says_through_the_login(monde: Monde) {
        let monde = monde.admitting(100);
        monde.activated("anne@exemple.fr").await;
        for (asked, lands) in [
            ("/mon-compte/donnees", "/mon-compte/donnees"),
            ("/mon-compte/corrections?onglet=1", "/mon-compte/corrections?onglet=1"),
            ("/gestion/demandes", "/mon-compte"),
        ] {
            let mut person = Navigateur::new(&monde);
            assert!(person.get(asked).await.location().ends_with("?connexion=1"));
            let page = person.get("/").await;
            let fields = [("espace", "agent"), ("courriel", "anne@exemple.fr"), ("mot_de_passe", MOT_DE_PASSE)];
            assert_eq!(person.post(&page.action("Se connecter"), &fields).await.location(), lands);
            person.get("/mon-compte").await;
            let again = person.post(&page.action("Se connecter"), &fields).await;
            assert_eq!(again.location(), "/mon-compte", "it leads there once");
        }
        for forged in ["//exemple.fr", "https://exemple.fr", "/\\exemple.fr", "/mon-compteX", "/mon-compte/../gestion\"x"] {
            let mut person = Navigateur::new(&monde);
            person.hold_cookie("__Host-iel_retour", forged);
            let page = person.get("/").await;
            let fields = [("espace", "agent"), ("courriel", "anne@exemple.fr"), ("mot_de_passe", MOT_DE_PASSE)];
            assert_eq!(person.post(&page.action("Se connecter"), &fields).await.location(), "/mon-compte", "{forged}");
        }
    }

    async fn a_browser_that_refuses_cookies_is_told_so(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let mut person = Navigateur::new(&monde);
        let page = person.get("/").await;
        let fields = [("espace", "agent"), ("courriel", "anne@exemple.fr"), ("mot_de_passe", MOT_DE_PASSE)];
        let login = person.post(&page.action("Se connecter"), &fields).await;
        assert_eq!(login.location(), "/mon-compte");
        let mut refusing = Navigateur::like(&person);
        let told = refusing.send(Request::get("/mon-compte").header("referer", "https://inscription.example/")).await;
        assert_eq!(told.location(), "/?erreur=cookies");
        let page = refusing.get(told.location()).await;
        assert!(page.html.contains("Votre navigateur refuse les cookies"));
        assert_eq!(refusing.get("/mon-compte").await.location(), "/?connexion=1", "a bookmark says nothing of cookies");
        let page = person.get("/mon-compte").await;
        person.post(&page.action("Se déconnecter"), &[]).await;
        person.hold_cookie("__Host-iel_session", "");
        let back = person.send(Request::get("/mon-compte").header("referer", "https://inscription.example/")).await;
        assert_eq!(back.location(), "/?connexion=1", "who has left comes back, and refuses nothing");
        let page = Navigateur::like(&person).get("/inscription").await;
        let start = Navigateur::like(&person).post(&page.action("Continuer"), &[("cas", "personnel")]).await;
        assert_eq!(start.location(), "/inscription/collectivite");
        let mut refusing = Navigateur::like(&person);
        let page = refusing.get("/inscription/collectivite").await;
        let fields = [("collectivite", "Cnfpt-employeur Generique Intervenants (31)")];
        let told = refusing.post(&page.action("Valider"), &fields).await;
        assert_eq!(told.location(), "/inscription?erreur=cookies");
        assert!(refusing.get(told.location()).await.html.contains("Votre navigateur refuse les cookies"));
    }

    async fn an_address_with_a_slash_at_its_end_leads_to_the_page(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        for (asked, to) in [
            ("/suivi/", "/suivi"),
            ("/inscription/", "/inscription"),
            ("/activation/a.b.c/", "/activation/a.b.c"),
            ("/gestion/demandes/?etat=actif", "/gestion/demandes?etat=actif"),
            ("//exemple.fr/", "/exemple.fr"),
        ] {
            let page = navigateur.get(asked).await;
            assert_eq!((page.status, page.location()), (StatusCode::PERMANENT_REDIRECT, to), "{asked}");
        }
        assert_eq!(navigateur.get("/").await.status, StatusCode::OK);
    }
}
