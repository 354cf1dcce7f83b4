//! The service formation, as a browser without JavaScript sees it.

use axum::http::StatusCode;
use domain::{Etape, correction};

use super::support::{Monde, Navigateur};
use crate::support::donnees::{MOT_DE_PASSE, agent};

const TOULOUSE: &str = "COMMUNE:31555";

/// A service formation that was invited and came in by the link.
async fn joined(monde: &Monde) -> Navigateur {
    let token = monde.invited_service("rh@toulouse.example", TOULOUSE).await;
    let mut navigateur = Navigateur::new(monde);
    let path = format!("/invitation/{token}");
    let page = navigateur.get(&path).await;
    assert!(page.text().contains("inscrire les agents de Toulouse (Commune, 31000"));
    let action = page.action("Enregistrer mon mot de passe");
    let short = navigateur.post(&action, &[("token", &token), ("mot_de_passe", "court")]).await;
    assert_eq!(short.location(), format!("{path}?erreur=court"));
    assert!(navigateur.get(short.location()).await.html.contains("12 caractères"));
    let done = navigateur.post(&action, &[("token", &token), ("mot_de_passe", MOT_DE_PASSE)]).await;
    assert_eq!((done.status, done.location()), (StatusCode::FOUND, "/service-formation"));
    navigateur
}

on_both_engines! {
    async fn an_agent_is_signed_up_tab_by_tab(monde: Monde) {
        let mut rh = joined(&monde).await;
        let home = rh.get("/service-formation").await;
        let first = rh.post(&home.action("Inscrire un agent"), &[]).await;
        let base = first.location().strip_suffix("/identite").unwrap().to_owned();
        let id = base.rsplit('/').next().unwrap().to_owned();
        let mut here = first.location().to_owned();
        for (etape, fields) in agent("agent@toulouse.example") {
            assert_eq!(here, format!("{base}/{}", etape.slug()));
            let page = rh.get(&here).await;
            assert!(page.text().contains(&format!("Étape {} sur 6", etape.number())));
            assert!(!page.html.contains("autocomplete=\"family-name\""), "it is not the typist's name");
            match etape {
                Etape::Adresses => assert!(page.text().contains("<legend>Adresse professionnelle</legend>")),
                Etape::SituationProfessionnelle => {
                    assert!(page.html.contains("<optgroup label=\"Filière administrative\">"));
                    assert!(page.html.contains("<optgroup label=\"Attachés territoriaux\">"));
                }
                _ => {}
            }
            let save = page.action("Suivant");
            let empty = rh.post(&save, &[("id", &id), ("etape", etape.slug()), ("vers", "suivant")]).await;
            if etape != Etape::Validation {
                assert_eq!(empty.location(), format!("{here}?verifier=1"));
                assert!(rh.get(empty.location()).await.html.contains("<title>Erreur : "));
            }
            let named: Vec<_> = fields.iter().map(|(name, raw)| (format!("champs[{name}]"), raw.clone())).collect();
            let mut form = vec![("id", id.as_str()), ("etape", etape.slug()), ("vers", "suivant")];
            form.extend(named.iter().map(|(name, raw)| (name.as_str(), raw.as_str())));
            here = rh.post(&save, &form).await.location().to_owned();
        }
        assert_eq!(here, format!("{base}/validation"));
        let page = rh.get(&here).await;
        let text = page.text().replace('\u{a0}', " ");
        for said in ["Attachés territoriaux (catégorie A)", "Adresse professionnelle : Commune", "Léa", "Valider"] {
            assert!(text.contains(said), "{said}");
        }
        assert!(!text.contains("type=\"checkbox\""), "the agent ticks the boxes");
        let fields = [("id", id.as_str()), ("etape", "validation"), ("vers", "suivant")];
        let action = page.action("Valider");
        let sent = rh.post(&action, &fields).await;
        assert!(sent.location().starts_with("/service-formation?inscrit=IEL-"), "{}", sent.location());
        assert_eq!(rh.post(&action, &fields).await.location(), sent.location(), "twice is once");
        let home = rh.get(sent.location()).await.text();
        for said in ["Philomène Zorn-Étaillebois", "En attente d’activation", "L’agent est inscrit sous la référence"] {
            assert!(home.contains(said), "{said}");
        }
        assert_eq!(rh.get(&format!("{base}/identite")).await.status, StatusCode::NOT_FOUND);
    }

    async fn the_agent_gives_their_birth_date_reads_the_answers_and_certifies_them(monde: Monde) {
        let (by, _) = monde.service_formation("rh@toulouse.example", TOULOUSE).await;
        monde.present(&by, "agent@toulouse.example", &[]).await;
        monde.send_mails().await;
        let token = monde.boite.token("agent@toulouse.example", "activation");
        let path = format!("/activation/{token}");
        let mut agent = Navigateur::new(&monde);
        let page = agent.get(&path).await;
        for hidden in ["Zorn", "1980", "31000 Toulouse", "Filatiers", "Moreau", "attaché"] {
            assert!(!page.html.contains(hidden), "{hidden}");
        }
        let action = page.action("Enregistrer mon mot de passe");
        let all = [("token", token.as_str()), ("mot_de_passe", MOT_DE_PASSE), ("information", "oui")];
        let refused = agent.post(&action, &all[..2]).await;
        assert_eq!(refused.location(), format!("{path}?erreur=cocher"));
        let page = agent.get(refused.location()).await.text();
        assert_eq!(page.matches("Cochez cette case pour continuer.").count(), 2, "at the box and in the summary");
        assert!(page.contains("href=\"#champ-information\""));
        // A password that is refused leaves the box ticked.
        let refused = agent.post(&action, &[all[0], ("mot_de_passe", "court"), all[2]]).await;
        assert_eq!(refused.location(), format!("{path}?erreur=court&information=oui"));
        let page = agent.get(refused.location()).await.html;
        assert_eq!(page.matches(" checked").count(), 1);
        // A filter that ticks every box does not get in with the texts of the page.
        for text in [
            "Le service formation de votre collectivité a rempli votre demande.",
            "J’ai lu l’information sur l’usage de mes données",
            "Cochez cette case pour continuer.",
        ] {
            let refused = agent.post(&action, &[all[0], ("mot_de_passe", text), all[2]]).await;
            assert!(refused.location().starts_with(&format!("{path}?erreur=faible")), "{}", refused.location());
        }
        assert_eq!(agent.post(&action, &all).await.location(), "/mon-compte/corrections");
        for page in ["/mon-compte", "/mon-compte/corrections", "/mon-compte/corrections/identite"] {
            let page = agent.get(page).await.html;
            for hidden in ["1980-03-07", "07/03/1980\"", "31000 Toulouse", "Filatiers", "Moreau", "attaché"] {
                assert!(!page.contains(hidden), "{hidden}");
            }
        }
        let home = agent.get("/mon-compte").await;
        assert!(home.html.contains("Par le service RH de ma collectivité") && home.text().contains("Relire ma demande"));
        assert!(!home.html.contains("accuse-de-reception"), "nothing is received yet");

        let door = agent.get("/mon-compte/corrections").await;
        assert!(door.text().contains("Relisez votre demande"));
        let open = door.action("Afficher mes renseignements");
        for (typed, erreur, said) in [
            ("hier", "erreur=date", "une date qui existe"),
            ("08/03/1980", "erreur=fausse&essais=4", "Il vous reste 4 essais."),
        ] {
            let refused = agent.post(&open, &[("date_naissance", typed)]).await;
            assert_eq!(refused.location(), format!("/mon-compte/corrections?{erreur}"));
            let page = agent.get(refused.location()).await;
            assert!(page.text().contains(said) && page.html.contains("<title>Erreur : "), "{said}");
            assert!(!page.html.contains("Filatiers"));
        }
        assert_eq!(agent.post(&open, &[("date_naissance", "7 3 1980")]).await.location(), "/mon-compte/corrections");
        let all = agent.get("/mon-compte/corrections").await;
        let text = all.text().replace('\u{a0}', " ");
        for said in ["Zorn-Étaillebois", "07/03/1980", "+33 6 12 34 56 78", "rue des Filatiers", "Moreau", "attaché"] {
            assert!(text.contains(said), "{said}");
        }
        // « Corriger » leads through the tabs, and back.
        let mut here = "/mon-compte/corrections/identite?suite=1".to_owned();
        assert!(all.html.contains(&format!("href=\"{here}\"")));
        for etape in correction::etapes() {
            let page = agent.get(&here).await;
            assert!(page.text().contains(&format!("Relecture, onglet {} sur 5", etape.number())), "{here}");
            let mut fields = vec![("etape", etape.slug()), ("suite", "1")];
            if etape == Etape::Identite {
                let wrong = [("etape", etape.slug()), ("suite", "1"), ("champs[prenom]", "")];
                let refused = agent.post(&page.action("Enregistrer"), &wrong).await;
                assert_eq!(refused.location(), "/mon-compte/corrections/identite?verifier=1&suite=1");
                fields.push(("champs[prenom]", "Philomène-Anne"));
            }
            here = agent.post(&page.action("Enregistrer"), &fields).await.location().to_owned();
        }
        assert_eq!(here, "/mon-compte/corrections");
        // « Modifier » leads to one tab, and back.
        let page = agent.get("/mon-compte/corrections/adresses").await;
        let fields = [("etape", "adresses"), ("champs[voie]", "13 rue des Filatiers"), ("suite", "")];
        let back = agent.post(&page.action("Enregistrer"), &fields).await;
        assert_eq!(back.location(), "/mon-compte/corrections");
        let page = agent.get(back.location()).await;
        assert!(page.text().contains("Philomène-Anne") && page.text().contains("13 rue des Filatiers"));
        let sent = agent.post(&page.action("Tout est exact"), &[]).await;
        assert_eq!(sent.location(), "/mon-compte?certifiee=1");
        let home = agent.get(sent.location()).await.text();
        assert!(home.contains("Votre demande attend sa validation") && home.contains("Renseignements relus et certifiés"));
        assert_eq!(agent.get("/mon-compte/corrections").await.location(), "/mon-compte", "once is enough");
    }

    async fn a_draft_is_left_for_later_taken_up_and_erased(monde: Monde) {
        let mut rh = joined(&monde).await;
        let home = rh.get("/service-formation").await;
        let first = rh.post(&home.action("Inscrire un agent"), &[]).await;
        let id = first.location().split('/').nth(3).unwrap().to_owned();
        let page = rh.get(first.location()).await;
        let fields = [("id", id.as_str()), ("etape", "identite"), ("champs[nom]", "<Renaud>"), ("vers", "liste")];
        let home = rh.post(&page.action("Suivant"), &fields).await;
        let home = rh.get(home.location()).await;
        assert!(home.html.contains("&lt;Renaud&gt;, gardée jusqu’au"));
        assert!(home.html.contains(&format!("/service-formation/inscriptions/{id}/identite")));
        let page = rh.get(&format!("/service-formation/inscriptions/{id}/effacer")).await;
        let gone = rh.post(&page.action("Effacer"), &[("id", &id)]).await;
        assert_eq!(gone.location(), "/service-formation?efface=1");
        assert_eq!(rh.get(&format!("/service-formation/inscriptions/{id}/identite")).await.status, StatusCode::NOT_FOUND);
    }

    async fn the_wrong_radio_leads_a_service_formation_home_and_tells(monde: Monde) {
        monde.service_formation("rh@toulouse.example", TOULOUSE).await;
        let mut rh = Navigateur::new(&monde);
        let login = rh.get("/").await.action("Se connecter");
        let fields = [("espace", "agent"), ("courriel", "rh@toulouse.example"), ("mot_de_passe", MOT_DE_PASSE)];
        let home = rh.post(&login, &fields).await;
        assert_eq!(home.location(), "/service-formation?espace=autre");
        assert!(rh.get(home.location()).await.text().contains("celui d’un service formation, voici votre espace"));
        assert_eq!(rh.get("/mon-compte").await.location(), "/?connexion=1");
        assert_eq!(rh.get("/gestion/demandes").await.location(), "/gestion/connexion?connexion=1");
        assert_eq!(Navigateur::new(&monde).get("/service-formation").await.location(), "/?connexion=1");
    }
}
