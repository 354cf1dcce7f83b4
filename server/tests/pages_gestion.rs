//! The pages around the queue, as a browser without JavaScript sees them.

use app::base::appelants::Role;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};

use super::support::{Monde, Navigateur};

async fn signed_in(monde: &Monde, role: Role) -> Navigateur {
    let mut navigateur = Navigateur::new(monde);
    let connexion = monde.staff_connexion(&format!("{}@cnfpt.fr", role.code()), role).await;
    navigateur.sign_in(&connexion);
    navigateur
}

async fn send_file(navigateur: &mut Navigateur, file: &str) -> String {
    let body = format!(
        "--bord\r\ncontent-disposition: form-data; name=\"fichier\"; filename=\"a.csv\"\r\n\r\n{file}\r\n--bord--\r\n"
    );
    let request = Request::post("/gestion/collectivites/fichier")
        .header("sec-fetch-site", "same-origin")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=bord");
    let page = navigateur.send_with(request, Body::from(body)).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    page.location().to_owned()
}

on_both_engines! {
    async fn a_title_is_text_whatever_a_name_holds(monde: Monde) {
        let mut gestion = signed_in(&monde, Role::Gestionnaire).await;
        monde.execute("UPDATE collectivite SET nom = '</title><b>Eaux & forêts' WHERE id = 2").await;
        let page = gestion.get("/gestion/collectivites/2").await;
        assert!(page.html.contains("<title>&lt;/title>&lt;b>Eaux &amp; forêts – Préinscription IEL</title>"), "{}", page.html);
        assert!(!page.html.contains("<b>Eaux"), "{}", page.html);
    }

    async fn every_page_opens_for_its_people_and_is_named_in_the_navigation(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let mut gestion = signed_in(&monde, Role::Gestionnaire).await;
        let mut admin = signed_in(&monde, Role::Administrateur).await;
        for (path, title, everyone) in [
            ("/gestion/collectivites", "Collectivités", true),
            ("/gestion/collectivites?q=toul", "Collectivités", true),
            ("/gestion/collectivites/nouvelle", "Ajouter une collectivité", true),
            ("/gestion/collectivites/import", "Importer un fichier", true),
            ("/gestion/collectivites/2", "Toulouse", true),
            ("/gestion/motifs", "Motifs de refus", true),
            ("/gestion/motifs/nouveau", "Ajouter un motif", true),
            ("/gestion/motifs/1", "Modifier un motif", true),
            ("/gestion/courriels?volet=remis", "Courriels", true),
            ("/gestion/statistiques", "Statistiques", true),
            ("/gestion/mes-reglages", "Mes réglages", true),
            ("/gestion/mes-reglages/mot-de-passe", "Changer de mot de passe", true),
            ("/gestion/equipe", "Équipe", false),
            ("/gestion/demandes/1/connexions", "Fermer les connexions de Philomène Zorn-Étaillebois\u{a0}?", false),
            ("/gestion/equipe/1/connexions", "Fermer les connexions de gestionnaire@cnfpt.fr\u{a0}?", false),
            ("/gestion/services-formation?collectivite=toulouse", "Services formation", false),
            ("/gestion/journal?action=envoi&du=2026-01-01", "Journal", false),
        ] {
            let page = admin.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text().contains(&format!("{title}</h1>")), "{path}: {}", page.html);
            assert!(page.html.contains("aria-current=") && page.text().contains(">Journal</a>"), "{path}");
            assert!(!page.html.contains("style=\""), "{path}");
            let page = gestion.get(path).await;
            if everyone {
                assert!(page.status == StatusCode::OK && !page.text().contains(">Journal</a>"), "{path}");
            } else {
                assert_eq!(page.location(), "/gestion/demandes?erreur=droit", "{path}");
            }
        }
        assert_eq!(admin.get("/gestion/equipe/999/connexions").await.status, StatusCode::NOT_FOUND);
        assert_eq!(gestion.get("/gestion/motifs/999").await.status, StatusCode::NOT_FOUND);
        assert_eq!(gestion.get("/gestion/collectivites/999").await.status, StatusCode::NOT_FOUND);
    }

    async fn only_a_signed_in_gestionnaire_sends_reads_and_imports_a_file(monde: Monde) {
        let file = "type;code;nom;siren;departement;codes_postaux;population\nCCAS;1;CCAS <b>d’Ax</b>;;09;09110;\n";
        let mut nobody = Navigateur::new(&monde);
        assert_eq!(send_file(&mut nobody, file).await, "/gestion/connexion?connexion=1");
        assert_eq!(monde.number("SELECT count(*) FROM import_repertoire").await, 0);
        let mut gestion = signed_in(&monde, Role::Gestionnaire).await;
        assert_eq!(send_file(&mut gestion, "").await, "/gestion/collectivites/import?erreur=vide");
        let heavy = "x".repeat(8 * 1024 * 1024);
        assert_eq!(send_file(&mut gestion, &heavy).await, "/gestion/collectivites/import?erreur=lourd");
        let report = send_file(&mut gestion, file).await;
        let page = gestion.get(&report).await;
        assert!(page.text().contains("ligne 2\u{a0}: CCAS &lt;b&gt;d’Ax&lt;/b&gt; (CCAS:1)"), "{}", page.text());
        let done = gestion.post(&page.action("Importer"), &[("id", &page.hidden("id"))]).await;
        assert_eq!(done.location(), "/gestion/collectivites?ajoutees=1&changees=0");
        assert_eq!(monde.number("SELECT count(*) FROM collectivite WHERE type = 'CCAS'").await, 1);
    }

    async fn a_motive_is_tried_before_it_is_kept(monde: Monde) {
        let mut gestion = signed_in(&monde, Role::Gestionnaire).await;
        let page = gestion.get("/gestion/motifs/nouveau").await;
        let save = page.action("Enregistrer");
        let fields = |texte, faire| [("id", ""), ("libelle", "Essai"), ("texte", texte), ("faire", faire)];
        let wrong = gestion.post(&save, &fields("Bonjour {nom}", "enregistrer")).await;
        assert_eq!(wrong.location(), "/gestion/motifs/nouveau?erreur=saisie");
        let page = gestion.get(wrong.location()).await;
        assert!(page.html.contains("<title>Erreur : ") && page.text().contains("«\u{a0}{nom}\u{a0}» n’est pas une variable"));
        let seen = gestion.post(&save, &fields("Bonjour {prenom}", "voir")).await;
        let page = gestion.get(seen.location().split('#').next().unwrap()).await;
        assert!(page.text().contains("Motif\u{a0}: Bonjour Camille"), "{}", page.text());
        let kept = gestion.post(&save, &fields("Bonjour {prenom}", "enregistrer")).await;
        assert_eq!(kept.location(), "/gestion/motifs?fait=enregistre");
        assert!(gestion.get(kept.location()).await.text().contains(">Essai</a>"));
    }
}
