//! The tabs over HTTP, without JavaScript: nothing typed is lost, and one can go on elsewhere.

use app::areas::inscription::Brouillons;
use axum::http::{Request, StatusCode};
use domain::Etape;
use server::clock::DAY;
use server::jobs::purge;

use super::support::Navigateur;

const ROUVERT: &str = "Votre brouillon avait expiré";

on_both_engines! {
    async fn a_tab_mails_a_link_that_opens_the_draft_elsewhere(monde: Monde) {
        let mut here = Navigateur::new(&monde);
        here.hold(&monde.draft("anne@exemple.fr").await);
        let page = here.get("/inscription/adresses").await;
        assert!(page.html.replace("<!>", "").contains("Vos réponses sont gardées jusqu’au 22\u{a0}juin."));
        let fields = [("etape", "adresses"), ("champs[voie]", "3 quai d’Ici"), ("vers", "lien"), ("retour", "validation")];
        let page = here.post(&page.action("Suivant"), &fields).await;
        assert_eq!(page.location(), "/inscription/adresses?lien=envoye&retour=validation");
        let page = here.get(page.location()).await;
        assert!(page.html.contains("Un lien pour reprendre est en route"));
        assert!(page.html.contains("3 quai d’Ici"), "what was typed is kept first");

        monde.send_mails().await;
        let path = format!("/reprendre/{}", monde.boite.token("anne@exemple.fr", "reprendre"));
        let mut elsewhere = Navigateur::new(&monde);
        for _ in 0..7 {
            elsewhere.send(Request::head(&path)).await;
        }
        let page = elsewhere.get(&path).await;
        assert!(!page.html.contains("Philomène") && !page.html.contains("1980\""), "nothing is shown before the birth date");
        let (action, token) = (page.action("Reprendre mon inscription"), page.hidden("token"));
        for (date, back) in [("hier", "erreur=date"), ("", "erreur=date"), ("8/3/1980", "erreur=fausse&essais=4")] {
            let page = elsewhere.post(&action, &[("token", &token), ("date_naissance", date)]).await;
            assert_eq!((page.status, page.location()), (StatusCode::FOUND, format!("{path}?{back}").as_str()));
            assert!(elsewhere.get(page.location()).await.html.contains("<title>Erreur : Reprendre"));
        }
        assert!(elsewhere.cookie("__Host-iel_brouillon").is_none());
        let page = elsewhere.post(&action, &[("token", &token), ("date_naissance", "7 3 1980")]).await;
        assert_eq!(page.location(), "/inscription/validation");
        assert!(elsewhere.get("/inscription/adresses").await.html.contains("3 quai d’Ici"));
        assert_ne!(elsewhere.draft_key(), here.draft_key());
        assert!(here.get("/inscription/adresses").await.html.contains("3 quai d’Ici"), "and here it goes on");

        for _ in 0..4 {
            elsewhere.post(&action, &[("token", &token), ("date_naissance", "8/3/1980")]).await;
        }
        assert!(elsewhere.get(&path).await.html.contains("Ce lien n’ouvre plus rien"));
        assert!(elsewhere.get("/reprendre/x.y.z").await.html.contains("Ce lien n’est pas valable"));
    }

    async fn the_link_is_offered_to_who_could_use_it(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let key = monde.draft("anne@exemple.fr").await;
        navigateur.hold(&key);
        let offered = |html: &str| {
            let part = html.split("jusqu’au").nth(1).unwrap().split("</form>").next().unwrap().to_owned();
            (part.contains("<div hidden"), part.contains("value=\"lien\" hidden"))
        };
        assert_eq!(offered(&navigateur.get("/inscription/adresses").await.html), (false, false));
        monde.fill(&key, Etape::Identite, &[("date_naissance", "31/02/1980".to_owned())]).await;
        let page = navigateur.get("/inscription/adresses").await;
        assert_eq!(offered(&page.html), (false, true));
        assert!(page.html.contains("donnez votre date de naissance"));
        // The button is hidden, but a request can be sent without it: the server must refuse too.
        let fields = [("etape", "adresses"), ("vers", "lien")];
        let page = navigateur.post(&page.action("Suivant"), &fields).await;
        assert_eq!(page.location(), "/inscription/adresses?lien=sans");
        monde.fill(&key, Etape::Coordonnees, &[("courriel", "anne@".to_owned())]).await;
        assert_eq!(offered(&navigateur.get("/inscription/adresses").await.html), (true, true));
    }

    async fn an_open_page_restores_its_expired_draft_with_all_it_held(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let former = monde.draft("anne@exemple.fr").await;
        monde.fill(&former, Etape::SituationProfessionnelle, &[("domaines", "a | b\\\n\tc".to_owned())]).await;
        navigateur.hold(&former);
        let page = navigateur.get("/inscription/adresses").await;
        let held = page.hidden("page");
        monde.passes(7 * DAY + 1).await;
        purge::once(&monde.backend).await.unwrap();
        let fields = [
            ("etape", "adresses"), ("champs[pays]", "FR"), ("champs[voie]", "9 rue Neuve"), ("champs[code_postal]", "31000"),
            ("champs[commune]", "Toulouse"), ("vers", "suivant"), ("page", &held),
        ];
        let answer = navigateur.post(&page.action("Suivant"), &fields).await;
        assert_eq!(answer.location(), "/inscription/interlocuteurs?rouvert=1");
        assert!(navigateur.get(answer.location()).await.html.contains(ROUVERT));
        let key = navigateur.draft_key();
        assert_ne!(key, former, "a key that expired opens nothing again");
        let draft = monde.backend.current(&key).await.unwrap().unwrap();
        assert_eq!(draft.brouillon.adresses.voie, "9 rue Neuve");
        assert_eq!(draft.brouillon.adresses.complement, "", "the tab is what was posted, not what the page was made with");
        assert_eq!(draft.brouillon.identite.nom, "Zorn-Étaillebois");
        assert_eq!(draft.brouillon.situation_professionnelle.domaines.replace("\r\n", "\n"), "a | b\\\n\tc");
        assert_eq!(draft.collectivite.unwrap().cle.to_string(), "GENERIQUE_INTERVENANTS:cnfpt-31");
        // The new draft can be sent.
        let sent = [
            ("etape", "validation"), ("champs[information]", "oui"), ("champs[certification]", "oui"), ("vers", "suivant"),
        ];
        assert_eq!(navigateur.post(&page.action("Suivant"), &sent).await.location(), "/inscription/envoyee");
    }

    async fn what_a_page_claims_to_hold_is_checked(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let former = monde.draft("anne@exemple.fr").await;
        navigateur.hold(&former);
        let page = navigateur.get("/inscription/identite").await;
        let (action, held) = (page.action("Suivant"), page.hidden("page"));
        monde.backend.erase(&former).await.unwrap();
        let post = |page: String| [
            ("etape".to_owned(), "identite".to_owned()), ("vers".to_owned(), "precedent".to_owned()), ("page".to_owned(), page),
        ];
        for forged in [
            String::new(),
            "n’importe quoi".to_owned(),
            held.replace("cas\tpersonnel", "cas\tservice"),
        ] {
            assert_ne!(forged, held);
            let fields = post(forged);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(navigateur.post(&action, &fields).await.location(), "/inscription");
        }
        // The server does not believe a page that claims an ordinary collectivité: the person chooses again.
        let forged = held.replace("GENERIQUE_INTERVENANTS:cnfpt-31", "COMMUNE:31555");
        assert_ne!(forged, held);
        let fields = post(forged);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(navigateur.post(&action, &fields).await.location(), "/inscription/collectivite?rouvert=1");
        let draft = monde.backend.current(&navigateur.draft_key()).await.unwrap().unwrap();
        assert_eq!(draft.collectivite, None);
        let long = held.replace("Philomène", &"p".repeat(3_000));
        navigateur.hold(&former);
        navigateur.post(&action, &[("etape", "adresses"), ("vers", "precedent"), ("page", &long)]).await;
        let draft = monde.backend.current(&navigateur.draft_key()).await.unwrap().unwrap();
        assert_eq!(draft.brouillon.identite.prenom.len(), 2_000);
    }

    async fn a_page_holds_of_a_draft_what_a_form_can_carry(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let key = monde.draft("anne@exemple.fr").await;
        navigateur.hold(&key);
        let held = navigateur.get("/inscription/validation").await.hidden("page");
        assert!(held.contains("Filatiers") && held.len() < 1_400, "{} bytes", held.len());
        monde.fill(&key, Etape::SituationProfessionnelle, &[("domaines", "é".repeat(1_000))]).await;
        let page = navigateur.get("/inscription/validation").await;
        let held = page.hidden("page");
        assert!(!held.contains("Filatiers") && held.len() < 400, "{held}");
        // The page still holds the case and the collectivité, so the tab being typed is not lost.
        monde.backend.erase(&key).await.unwrap();
        let fields = [("etape", "identite"), ("champs[nom]", "Zorn"), ("vers", "precedent"), ("page", &held)];
        assert_eq!(navigateur.post(&page.action("Valider"), &fields).await.location(), "/inscription/collectivite?rouvert=1");
        let draft = monde.backend.current(&navigateur.draft_key()).await.unwrap().unwrap();
        assert_eq!((draft.brouillon.identite.nom.as_str(), draft.collectivite.is_some()), ("Zorn", true));
    }

    async fn the_autosave_restores_an_expired_draft_not_a_sent_or_erased_one(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        navigateur.hold(&monde.draft("anne@exemple.fr").await);
        let page = navigateur.get("/inscription/identite").await;
        let held = page.hidden("page");
        let autosave = page.action("Suivant").replace("save_tab", "autosave");
        monde.passes(7 * DAY + 1).await;
        let nom = ("champs[nom]", "Nouveau");
        // The page first sends what changed. Once told that the draft is gone, it sends all it holds.
        assert_eq!(navigateur.post(&autosave, &[("etape", "identite"), nom]).await.html, "\"\"");
        let said = navigateur.post(&autosave, &[("etape", "identite"), nom, ("page", &held)]).await;
        assert_eq!(said.html, "\"rouvert|\"");
        let draft = monde.backend.current(&navigateur.draft_key()).await.unwrap().unwrap();
        assert_eq!((draft.brouillon.identite.nom.as_str(), draft.brouillon.adresses.commune.as_str()), ("Nouveau", "Toulouse"));
        let said = navigateur.post(&autosave, &[("etape", "identite"), nom, ("page", &held)]).await;
        assert_eq!(said.html, "\"garde|\"", "it is saved in from now on");

        let mut sent = Navigateur::new(&monde);
        sent.hold(&monde.submit("luc@exemple.fr").await);
        assert_eq!(sent.post(&autosave, &[("etape", "identite"), nom, ("page", &held)]).await.html, "\"perdu|\"");
        let fields = [("etape", "identite"), nom, ("page", &held), ("vers", "suivant")];
        assert_eq!(sent.post(&page.action("Suivant"), &fields).await.location(), "/inscription/envoyee");
        let drafts = monde.number("SELECT count(*) FROM brouillon").await;
        // Erasing forgets the cookie, so no draft is opened. Giving up an expired draft opens none either.
        let mut erased = Navigateur::new(&monde);
        assert_eq!(erased.post(&autosave, &[("etape", "identite"), nom, ("page", &held)]).await.html, "\"perdu|\"");
        assert_eq!(erased.post(&page.action("Suivant"), &fields).await.location(), "/inscription");
        erased.hold(&app::base::exchange::DraftKey("expired".to_owned()));
        let fields = [("etape", "identite"), nom, ("page", &held), ("vers", "annuler")];
        assert_eq!(erased.post(&page.action("Suivant"), &fields).await.location(), "/inscription");
        assert_eq!(monde.number("SELECT count(*) FROM brouillon").await, drafts);
    }

    async fn the_communes_of_the_postal_code_come_with_the_page(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let key = monde.draft("anne@exemple.fr").await;
        navigateur.hold(&key);
        let warns = |html: &str| html.replace("<!>", "").contains("Ce code postal est celui de\u{a0}: Toulouse.");
        let page = navigateur.get("/inscription/adresses").await;
        assert!(page.html.contains("<option value=\"Toulouse\"></option>") && !warns(&page.html));
        monde.fill(&key, Etape::Adresses, &[("commune", "Blagnac".to_owned())]).await;
        assert!(warns(&navigateur.get("/inscription/adresses").await.html));
        for (pays, code) in [("BE", "31000"), ("FR", "3100"), ("FR", "99999")] {
            monde.fill(&key, Etape::Adresses, &[("pays", pays.to_owned()), ("code_postal", code.to_owned())]).await;
            let page = navigateur.get("/inscription/adresses").await;
            assert!(!page.html.contains("<option value=\"Toulouse\">") && !warns(&page.html), "{pays} {code}");
        }
    }

    async fn a_near_miss_of_an_address_is_asked_about_in_the_recap(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        navigateur.hold(&monde.draft("anne@gmial.com").await);
        let page = navigateur.get("/inscription/validation").await;
        assert!(page.html.replace("<!>", "").contains("Vouliez-vous dire anne@gmail.com\u{a0}?"));
        assert!(page.html.contains("href=\"/inscription/coordonnees?retour=validation\""));
        let page = navigateur.get("/inscription/coordonnees").await;
        let button = page.html.split("Utiliser cette adresse").next().unwrap().rsplit("<button").next().unwrap();
        assert!(button.contains("avec-script"), "not shown where no script answers it: {button}");
    }
}
