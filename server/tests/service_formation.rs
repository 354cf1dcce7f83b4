//! Cas 1: a service formation presents its agent, who activates and certifies.

use app::areas::acces::{ActivationVue, Activations, ChoixMotDePasse, Lien};
use app::areas::compte::{Corrections, RetourCorrection};
use app::areas::gestion::dossiers::Decisions;
use app::areas::service_formation::{EnvoiAgent, FiltreAgents, ServicesFormation};
use app::base::appelants::{Appelants, ServiceFormation};
use app::base::exchange::Client;
use domain::compte::Statut;
use domain::correction::Remarque;
use domain::{Etape, Reference};
use server::clock::{DAY, HOUR};
use server::jobs::purge;

use super::support::Monde;
use crate::support::donnees::MOT_DE_PASSE;

const TOULOUSE: &str = "COMMUNE:31555";

async fn toulouse(monde: &Monde) -> ServiceFormation {
    monde.service_formation("rh@toulouse.example", TOULOUSE).await.0
}

async fn states(monde: &Monde, by: &ServiceFormation) -> Vec<(Reference, Statut)> {
    let page = monde.backend.agents(by, &FiltreAgents::default()).await.unwrap();
    page.agents.into_iter().map(|agent| (agent.reference, agent.statut)).collect()
}

on_both_engines! {
    async fn a_collectivite_begins_two_hundred_drafts_at_once_and_no_more(monde: Monde) {
        let (by, _) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        let (other, _) = monde.service_formation("rh@grenoble.example", "COMMUNE:38185").await;
        let start = async |by| ServicesFormation::start(&monde.backend, by).await.unwrap();
        for _ in 0..199 {
            start(&by).await.unwrap();
        }
        let (one, two) = tokio::join!(start(&by), start(&by));
        assert_ne!(one.is_some(), two.is_some(), "of two at once one is the last");
        assert_eq!(start(&by).await, None);
        let last = one.or(two).unwrap();
        assert!(start(&other).await.is_some(), "each collectivité has its own");
        assert!(ServicesFormation::erase(&monde.backend, &by, &last).await.unwrap());
        assert!(start(&by).await.is_some());
        assert_eq!(monde.number("SELECT count(*) FROM brouillon_agent").await, 201);
    }


    async fn an_agent_is_presented_activates_and_is_validated(monde: Monde) {
        let by = toulouse(&monde).await;
        let reference = monde.present(&by, "agent@toulouse.example", &[]).await;
        assert_eq!(states(&monde, &by).await, [(reference, Statut::EnAttenteActivation)]);
        monde.send_mails().await;
        let mail = monde.boite.about("agent@toulouse.example", "Activez votre compte");
        assert!(mail.text.contains("Toulouse (Commune") && mail.text.contains(&reference.to_string()));
        let token = monde.boite.token("agent@toulouse.example", "activation");
        let Lien::Vivant(vue) = Activations::open(&monde.backend, &token).await.unwrap() else { panic!("it lives") };
        let ActivationVue { prenom, employeur, a_relire, .. } = vue;
        assert!(prenom == "Philomène" && employeur.starts_with("Toulouse") && a_relire);
        let asked = Activations::activate(&monde.backend, &monde.client, &token, MOT_DE_PASSE, false).await;
        assert_eq!(asked.unwrap(), ChoixMotDePasse::ACocher);
        monde.certified(&token).await;
        assert_eq!(states(&monde, &by).await, [(reference, Statut::AValider)]);

        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let id = monde.list(&camille, &reference.to_string()).await[0].id;
        let dossier = monde.dossier(&camille, id).await;
        let par = dossier.presentee_par.unwrap();
        assert!(par.starts_with("rh@toulouse.example, service formation de Toulouse"), "{par}");
        let said = format!("{:?}", dossier.donnees);
        for answer in [
            "Moreau",
            "lea.moreau@toulouse.example",
            "1 place du Capitole",
            "Attachés territoriaux (catégorie\\u{a0}A)",
            "attaché",
            "Direction des finances",
            "Service formation de la collectivité",
        ] {
            assert!(said.contains(answer), "{answer} in {said}");
        }
        assert!(dossier.historique.iter().any(|event| event.quoi == "Agent présenté par son service formation"));
        monde.backend.validate(&camille, id, dossier.ligne.version).await.unwrap();
        assert_eq!(states(&monde, &by).await, [(reference, Statut::Actif)]);
        monde.send_mails().await;
        monde.boite.about("agent@toulouse.example", "validé");
        assert_eq!(monde.boite.to("rh@toulouse.example").len(), 0, "its mails are the agent's");
    }

    async fn a_draft_is_sent_once_however_often_it_is_sent(monde: Monde) {
        let by = toulouse(&monde).await;
        let id = monde.agent_draft(&by, "agent@toulouse.example", &[]).await;
        let send = || async { monde.backend.present(&monde.client, &by, &id).await.unwrap() };
        let (one, other) = tokio::join!(send(), send());
        assert_eq!(one, other);
        assert_eq!(send().await, one);
        for table in ["compte", "presentation", "courriel"] {
            assert_eq!(monde.number(&format!("SELECT count(*) FROM {table}")).await, 1, "{table}");
        }
        assert!(!monde.text("SELECT contenu FROM brouillon_agent").await.contains("Philomène"), "it is emptied");
        assert_eq!(monde.backend.draft(&by, &id).await.unwrap(), None);
        assert!(!monde.backend.erase(&by, &id).await.unwrap(), "what was sent is the agent's");
    }

    async fn every_tab_is_read_again_before_it_is_sent(monde: Monde) {
        let by = toulouse(&monde).await;
        for (champ, raw, etape) in [
            ("nom", "R2D2", Etape::Identite),
            ("pro_commune", "", Etape::Adresses),
            ("responsable_courriel", "lea", Etape::Interlocuteurs),
            ("grade", "2012-924/rédacteur", Etape::SituationProfessionnelle),
        ] {
            let id = monde.agent_draft(&by, "agent@toulouse.example", &[(champ, raw)]).await;
            let refused = monde.backend.present(&monde.client, &by, &id).await.unwrap();
            assert_eq!(refused, EnvoiAgent::Incomplet(etape), "{champ}");
        }
        let absent = monde.backend.present(&monde.client, &by, "absent").await.unwrap();
        assert_eq!(absent, EnvoiAgent::BrouillonAbsent);
        assert_eq!(monde.number("SELECT count(*) FROM compte").await, 0);
    }

    async fn drafts_stay_listed_until_sent_erased_or_untouched_for_a_week(monde: Monde) {
        let by = toulouse(&monde).await;
        let sent = monde.agent_draft(&by, "un@toulouse.example", &[]).await;
        let erased = monde.agent_draft(&by, "deux@toulouse.example", &[]).await;
        let left = ServicesFormation::start(&monde.backend, &by).await.unwrap().unwrap();
        let listed = || async {
            let page = monde.backend.agents(&by, &FiltreAgents::default()).await.unwrap();
            page.brouillons.into_iter().map(|draft| (draft.id, draft.etape)).collect::<Vec<_>>()
        };
        assert_eq!(listed().await.len(), 3);
        monde.backend.present(&monde.client, &by, &sent).await.unwrap();
        assert!(monde.backend.erase(&by, &erased).await.unwrap());
        assert_eq!(listed().await, [(left.clone(), Etape::Identite)]);
        monde.passes(7 * DAY).await;
        assert_eq!(listed().await, []);
        assert_eq!(monde.backend.draft(&by, &left).await.unwrap(), None);
        monde.passes(1).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM brouillon_agent WHERE compte_id IS NULL").await, 0);
    }

    async fn an_agent_who_left_leaves_the_list_and_keeps_their_account(monde: Monde) {
        let by = toulouse(&monde).await;
        let reference = monde.present(&by, "agent@toulouse.example", &[]).await;
        let pending = monde.present(&by, "faute@toulouse.example", &[]).await;
        monde.send_mails().await;
        let token = monde.boite.token("agent@toulouse.example", "activation");
        let connexion = monde.certified(&token).await;
        assert!(monde.backend.let_go(&by, reference).await.unwrap());
        assert!(!monde.backend.let_go(&by, reference).await.unwrap());
        assert!(monde.backend.let_go(&by, pending).await.unwrap());
        assert_eq!(states(&monde, &by).await, []);
        assert_eq!(monde.backend.agent(&by, reference).await.unwrap(), None);
        assert!(monde.backend.formateur(&connexion).await.unwrap().is_some(), "the account is the person's");
        // The request that nobody had activated ends, and its link too.
        let token = monde.boite.token("faute@toulouse.example", "activation");
        assert_eq!(monde.activate(&token).await, ChoixMotDePasse::LienMort);
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let id = monde.list(&camille, &reference.to_string()).await[0].id;
        let dossier = monde.dossier(&camille, id).await;
        assert!(dossier.historique.iter().any(|event| event.quoi == "N’est plus l’agent de la collectivité"));
    }

    async fn what_was_typed_stays_what_the_service_sees_whatever_is_corrected(monde: Monde) {
        let by = toulouse(&monde).await;
        let reference = monde.present(&by, "agent@toulouse.example", &[]).await;
        monde.send_mails().await;
        let token = monde.boite.token("agent@toulouse.example", "activation");
        let connexion = monde.certified(&token).await;
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let remarques: Vec<_> = [(Etape::Identite, "nom"), (Etape::SituationProfessionnelle, "statut"), (Etape::SituationProfessionnelle, "grade")]
            .map(|(etape, champ)| Remarque { etape, champ: champ.to_owned(), texte: "À revoir.".to_owned() })
            .to_vec();
        let id = monde.list(&camille, &reference.to_string()).await[0].id;
        let version = monde.version(&camille, id).await;
        monde.backend.request_corrections(&camille, id, version, &remarques, "Relisez.").await.unwrap();
        assert_eq!(states(&monde, &by).await, [(reference, Statut::ACompleter)]);
        let typed = |name: &str, raw: &str| vec![(name.to_owned(), raw.to_owned())];
        monde.backend.save_correction(&who, Etape::Identite, &typed("nom", "Corrigée")).await.unwrap();
        let statut = typed("statut", "contractuel");
        monde.backend.save_correction(&who, Etape::SituationProfessionnelle, &statut).await.unwrap();
        assert_eq!(monde.backend.send_back(&who).await.unwrap(), RetourCorrection::Renvoyee);
        let seen = monde.backend.agent(&by, reference).await.unwrap().unwrap();
        assert_eq!((seen.nom.as_str(), seen.statut), ("Zorn-Étaillebois", Statut::AValider));
        let dossier = monde.dossier(&camille, id).await;
        let changed: Vec<_> = dossier.corrections[0].changements.iter().map(|change| change.champ.as_str()).collect();
        assert_eq!(changed, ["nom", "statut", "cadre_emplois", "grade"], "the grade goes with the status");
        let found = |recherche: &str| FiltreAgents { recherche: recherche.to_owned(), apres: None };
        assert_eq!(monde.backend.agents(&by, &found("corrigee")).await.unwrap().agents, []);
        assert_eq!(monde.backend.agents(&by, &found("zorn phil")).await.unwrap().agents, std::slice::from_ref(&seen));
        assert_eq!(monde.backend.agents(&by, &found(&reference.to_string())).await.unwrap().agents, [seen]);
        assert_eq!(monde.backend.agents(&by, &found("%")).await.unwrap().agents, []);
    }

    async fn the_list_goes_on_by_pages_of_fifty(monde: Monde) {
        let by = toulouse(&monde).await;
        let first = monde.present(&by, "agent@toulouse.example", &[]).await;
        monde.execute("UPDATE presentation SET presente_le = presente_le - 1").await;
        let columns = "version, statut, cas, collectivite_id, civilite, nom, nom_naissance, prenom, date_naissance, \
            courriel, courriel_cle, pays, voie, commune, correspondant, statut_professionnel, fonction, nom_cle, envoyee_le, \
            statut_depuis, presentee_par";
        for at in 0..55 {
            let reference = Reference::new(1_000 + at);
            monde.execute(&format!(
                "INSERT INTO compte (reference, {columns}) SELECT '{reference}', {columns} FROM compte WHERE id = 1"
            )).await;
        }
        let copies = "INSERT INTO presentation (compte_id, collectivite_id, nom, prenom, nom_cle, courriel, presente_le) \
            SELECT compte.id, p.collectivite_id, p.nom, p.prenom, p.nom_cle, p.courriel, p.presente_le + 1 \
            FROM compte, presentation p WHERE compte.id > 1";
        monde.execute(copies).await;
        let page = monde.backend.agents(&by, &FiltreAgents::default()).await.unwrap();
        assert_eq!(page.agents.len(), 50);
        let rest = FiltreAgents { apres: page.suivante, ..FiltreAgents::default() };
        let rest = monde.backend.agents(&by, &rest).await.unwrap();
        assert_eq!((rest.agents.len(), rest.suivante), (6, None));
        assert_eq!(rest.agents[5].reference, first, "the newest come first");
    }

    async fn a_renewed_request_still_belongs_to_the_agent_of_its_service(monde: Monde) {
        let by = toulouse(&monde).await;
        monde.present(&by, "agent@toulouse.example", &[]).await;
        monde.send_mails().await;
        monde.passes(73 * HOUR).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(states(&monde, &by).await[0].1, Statut::Expiree);
        let token = monde.boite.token("agent@toulouse.example", "activation");
        monde.backend.renew(&Client("ailleurs".to_owned()), &token).await.unwrap();
        monde.send_mails().await;
        let again = states(&monde, &by).await;
        assert_eq!((again.len(), again[0].1), (1, Statut::EnAttenteActivation));
        let token = monde.boite.token("agent@toulouse.example", "activation");
        monde.certified(&token).await;
        assert_eq!(states(&monde, &by).await[0].1, Statut::AValider);
    }
}
