//! One window does not undo what another saved, and an older write never replaces a newer one. Over HTTP.

use app::areas::gestion::dossiers::Decisions;
use app::areas::inscription::{Autosave, Brouillons, SaveTab};
use app::base::appelants::Appelants;
use domain::Etape;
use domain::correction::Remarque;
use leptos::server_fn::ServerFn;

use super::support::{Monde, Navigateur};

const IDENTITE: &str = "/inscription/identite";

/// The name and the first name of the draft.
async fn held(monde: &Monde, window: &Navigateur) -> (String, String) {
    let draft = monde.backend.current(&window.draft_key()).await.unwrap().unwrap().brouillon;
    (draft.identite.nom, draft.identite.prenom)
}

fn texts(nom: &str, prenom: &str) -> (String, String) {
    (nom.to_owned(), prenom.to_owned())
}

/// A write of a page with script: the whole tab, and the names of its changed fields.
async fn write(
    window: &mut Navigateur,
    to: &str,
    (nom, prenom): (&str, &str),
    ecriture: &str,
    changes: &str,
) -> String {
    let ecriture = format!("{ecriture} {changes}");
    let fields = [
        ("etape", "identite"),
        ("champs[nom]", nom),
        ("champs[prenom]", prenom),
        ("ecriture", ecriture.as_str()),
        ("vers", "precedent"),
    ];
    window.post(to, &fields).await.location().to_owned()
}

on_both_engines! {
    async fn a_late_write_does_not_replace_newer_text(monde: Monde) {
        let mut window = Navigateur::new(&monde);
        window.hold(&monde.draft("anne@exemple.fr").await);
        write(&mut window, SaveTab::url(), ("Ferrand", "Anne"), "page1.2", "nom ").await;
        assert_eq!(held(&monde, &window).await, texts("Ferrand", "Philomène"), "only what changed");
        for (to, late) in [(Autosave::url(), "page1.1"), (SaveTab::url(), "page1.1"), (Autosave::url(), "page1.2")] {
            write(&mut window, to, ("Fer", "A"), late, "nom prenom").await;
            assert_eq!(held(&monde, &window).await, texts("Ferrand", "Philomène"), "{to} {late}");
        }
        write(&mut window, Autosave::url(), ("Fer", "A"), "page2.1", "nom").await;
        assert_eq!(held(&monde, &window).await, texts("Fer", "Philomène"), "another page is another order");
        write(&mut window, Autosave::url(), ("Ferrand", "Anne"), "page1.3", "prenom").await;
        assert_eq!(held(&monde, &window).await, texts("Fer", "Anne"));
    }

    async fn writes_at_once_end_with_the_newest(monde: Monde) {
        let window = || async { let mut window = Navigateur::new(&monde); window.hold(&monde.draft("anne@exemple.fr").await); window };
        let first = window().await;
        let key = first.draft_key();
        let writes = (1..=12).map(|rang| {
            let mut window = Navigateur::like(&first);
            window.hold(&key);
            async move { write(&mut window, Autosave::url(), (&format!("N{rang:02}"), ""), &format!("p.{rang}"), "nom").await }
        });
        futures::future::join_all(writes.rev()).await;
        assert_eq!(held(&monde, &first).await.0, "N12");
    }

    async fn a_form_without_script_writes_what_its_page_changed(monde: Monde) {
        let mut first = Navigateur::new(&monde);
        first.hold(&monde.draft("anne@exemple.fr").await);
        let page = first.get(IDENTITE).await;
        let mut second = Navigateur::like(&first);
        second.hold(&first.draft_key());
        let other = second.get(IDENTITE).await;
        let form = |marques: String, nom: &str, prenom: &str| {
            [
                ("etape", "identite".to_owned()),
                ("marques", marques),
                ("champs[civilite]", "mme".to_owned()),
                ("champs[nom]", nom.to_owned()),
                ("champs[nom_naissance]", "Quévillac".to_owned()),
                ("champs[prenom]", prenom.to_owned()),
                ("champs[date_naissance]", "07/03/1980".to_owned()),
                ("vers", "suivant".to_owned()),
            ]
        };
        let send = async |window: &mut Navigateur, form: [(&str, String); 8]| {
            let form = form.each_ref().map(|(name, raw)| (*name, raw.as_str()));
            window.post(&page.action("Suivant"), &form).await.location().to_owned()
        };
        let to = send(&mut second, form(other.hidden("marques"), "Zorn-Étaillebois", "Maëlle")).await;
        assert_eq!(to, "/inscription/coordonnees");
        let to = send(&mut first, form(page.hidden("marques"), "Ferrand", "Philomène")).await;
        assert_eq!(to, "/inscription/coordonnees");
        assert_eq!(held(&monde, &first).await, texts("Ferrand", "Maëlle"));
        send(&mut first, form(page.hidden("marques"), "", "Philomène")).await;
        assert_eq!(held(&monde, &first).await, texts("", "Maëlle"), "a field that was emptied is changed");
    }

    async fn a_box_that_nobody_touched_stays_as_another_window_left_it(monde: Monde) {
        let mut window = Navigateur::new(&monde);
        window.hold(&monde.draft("anne@exemple.fr").await);
        monde.fill(&window.draft_key(), Etape::Validation, &[("information", String::new()), ("certification", String::new())]).await;
        let page = window.get("/inscription/validation").await;
        monde.fill(&window.draft_key(), Etape::Validation, &[("information", "oui".to_owned())]).await;
        let fields = [("etape", "validation"), ("marques", &page.hidden("marques")), ("vers", "precedent")];
        window.post(&page.action("Valider"), &fields).await;
        let draft = monde.backend.current(&window.draft_key()).await.unwrap().unwrap().brouillon;
        assert_eq!(draft.validation.information, "oui");
        let page = window.get("/inscription/validation").await;
        let fields = [("etape", "validation"), ("marques", &page.hidden("marques")), ("vers", "precedent")];
        window.post(&page.action("Valider"), &fields).await;
        let draft = monde.backend.current(&window.draft_key()).await.unwrap().unwrap().brouillon;
        assert_eq!(draft.validation.information, "", "unticked here");
    }

    async fn a_correction_in_one_window_does_not_undo_the_other(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        let remarques = ["nom", "prenom"].map(|champ| Remarque {
            etape: Etape::Identite,
            champ: champ.to_owned(),
            texte: "Vérifiez.".to_owned(),
        });
        monde.backend.request_corrections(&camille, 1, version, &remarques, "").await.unwrap();
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        let mut window = Navigateur::new(&monde);
        window.sign_in(&connexion);
        let page = window.get("/mon-compte/corrections/identite").await;
        let (action, marques) = (page.action("Enregistrer"), page.hidden("marques"));
        for (nom, prenom) in [("Zorn-Étaillebois", "Maëlle"), ("Ferrand", "Philomène")] {
            let fields =
                [("etape", "identite"), ("marques", marques.as_str()), ("champs[nom]", nom), ("champs[prenom]", prenom)];
            window.post(&action, &fields).await;
        }
        let kept = monde.asked(&who).await.brouillon.identite;
        assert_eq!((kept.nom.as_str(), kept.prenom.as_str()), ("Ferrand", "Maëlle"));
    }

    async fn an_agent_s_draft_in_one_window_does_not_undo_the_other(monde: Monde) {
        let token = monde.invited_service("rh@toulouse.example", "COMMUNE:31555").await;
        let mut rh = Navigateur::new(&monde);
        let page = rh.get(&format!("/invitation/{token}")).await;
        let action = page.action("Enregistrer mon mot de passe");
        rh.post(&action, &[("token", &token), ("mot_de_passe", crate::support::donnees::MOT_DE_PASSE)]).await;
        let page = rh.get("/service-formation").await;
        let here = rh.post(&page.action("Inscrire un agent"), &[]).await.location().to_owned();
        let page = rh.get(&here).await;
        let (action, id, marques) = (page.action("Suivant"), page.hidden("id"), page.hidden("marques"));
        for (nom, prenom) in [("", "Maëlle"), ("Ferrand", "")] {
            let fields = [
                ("id", id.as_str()),
                ("etape", "identite"),
                ("marques", marques.as_str()),
                ("champs[nom]", nom),
                ("champs[prenom]", prenom),
            ];
            rh.post(&action, &fields).await;
        }
        let page = rh.get(&here).await;
        assert!(page.html.contains("value=\"Ferrand\"") && page.html.contains("value=\"Maëlle\""));
    }
}
