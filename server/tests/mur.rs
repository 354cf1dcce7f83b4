//! The wall. The same service formation does the same things in two worlds: alone, and among other people. Every
//! answer that it gets must be the same, word for word, today and as its agents age. The questions come from the
//! lists of methods, of server functions and of pages: a new one without a line here fails.

use app::areas::compte::Corrections;
use std::collections::{BTreeMap, BTreeSet};

use app::areas::acces::{Authentification, ChoixMotDePasse, Lien};
use app::areas::compte::Suivis;
use app::areas::gestion::dossiers::{Decision, Decisions};
use app::areas::inscription::Inscriptions;
use app::areas::service_formation::{FiltreAgents, ServicesFormation};
use app::base::appelants::{Appelants, ServiceFormation};
use app::base::droits::Droit;
use app::base::exchange::Client;
use app::register::acces;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::compte::Statut;
use domain::correction::Remarque;
use domain::{Etape, Reference};
use server::clock::{DAY, HOUR};
use server::http::routes;
use server::jobs::{purge, rappels};

use super::support::{Monde, Navigateur};
use crate::support::donnees::{AUTRE_MOT_DE_PASSE, MOT_DE_PASSE};

/// Words of other people, and later edits of the service's own agent. No answer may hold them.
const SECRETS: [&str; 12] = [
    "Mirabelle",
    "Fildefériste",
    "698765432",
    "ventriloquie",
    "Grenobelle",
    "Brouillonne",
    "grenoble.example",
    "Corrigette",
    "Remarque-secrète",
    "Message-secret",
    "Motif-secret",
    "Camille Roux",
];

/// Addresses that belong to somebody in the one world and to nobody in the other. They are active, waiting,
/// suspended, refused, and taken later by somebody.
const TAKEN: [&str; 5] = [
    "perso@toulouse.example",
    "attente@toulouse.example",
    "suspendue@toulouse.example",
    "refusee@toulouse.example",
    "plus.tard@toulouse.example",
];

/// Handles of things that belong to others, or to nobody.
pub struct Autrui {
    references: Vec<Reference>,
    drafts: Vec<String>,
    /// The link that activates the waiting account.
    activation: Option<String>,
}

pub fn nobody() -> Autrui {
    let references = (1..=6).map(Reference::new).collect();
    Autrui { references, drafts: vec!["ni-a-toi-ni-a-moi".to_owned()], activation: None }
}

/// The other people. They share the names and birth dates of the service's agents and their mail domain, in other
/// states. Another collectivité has agents and drafts too.
async fn others(monde: &Monde) -> Autrui {
    for courriel in [TAKEN[0], TAKEN[2], TAKEN[3]] {
        monde.activated(courriel).await;
    }
    monde.execute("UPDATE compte SET statut = 'Suspendu' WHERE courriel_cle LIKE 'suspendue@%'").await;
    monde
        .execute("UPDATE compte SET statut = 'Refuse', message = 'Message-secret' WHERE courriel_cle LIKE 'refusee@%'")
        .await;
    let activation = monde.submitted(TAKEN[1]).await;
    // Every counter of every address is full, whatever counts it.
    for courriel in TAKEN.into_iter().chain(["libre@toulouse.example", "agent@toulouse.example"]) {
        let waiting = monde.submit(courriel).await;
        for net in 0..20 {
            let client = Client(format!("full {net}"));
            Inscriptions::resend(&monde.backend, &client, &waiting).await.unwrap();
            Authentification::request_reset(&monde.backend, &client, courriel).await.unwrap();
        }
    }
    monde.execute("UPDATE compteur SET n = 1000").await;
    let (grenoble, _) = monde.service_formation("rh@grenoble.example", "COMMUNE:38185").await;
    let agent = monde.present(&grenoble, "agent@grenoble.example", &[("nom", "Grenobelle")]).await;
    let draft = monde.agent_draft(&grenoble, "autre@grenoble.example", &[("nom", "Brouillonne")]).await;
    monde
        .execute(
            "UPDATE compte SET voie = '99 impasse Mirabelle', fonction = 'Fildefériste', mobile = '+33698765432', \
             domaines = 'ventriloquie'",
        )
        .await;
    let mut references = vec![agent];
    for courriel in &TAKEN[..4] {
        let sql = format!("SELECT max(reference) FROM compte WHERE courriel_cle = '{courriel}'");
        references.push(monde.text(&sql).await.parse().unwrap());
    }
    references.push(Reference::new(6));
    Autrui { references, drafts: vec![draft], activation: Some(activation) }
}

/// The answers to the service formation. A rank replaces each random value.
pub struct Temoin {
    pub by: ServiceFormation,
    autrui: Autrui,
    own: Vec<(Reference, &'static str)>,
    names: Vec<(String, String)>,
    /// Question, answer.
    pub told: Vec<(String, String)>,
}

impl Temoin {
    fn name(&mut self, chance: &str) {
        if self.names.iter().all(|(known, _)| known != chance) {
            self.names.push((chance.to_owned(), format!("‹{}›", self.names.len())));
        }
    }

    pub fn note(&mut self, what: &str, answer: &str) {
        let named = |text: String| self.names.iter().fold(text, |text, (chance, rank)| text.replace(chance, rank));
        self.told.push((named(what.to_owned()), named(without_nonce(&named(answer.to_owned())))));
    }
}

pub fn without_nonce(html: &str) -> String {
    let html = unpacked(html);
    let mut parts = html.split("nonce=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('"').map_or(part, |(_, rest)| rest))
}

/// The same text with the packed data of a page spelt out, so that names can be found in them.
fn unpacked(html: &str) -> String {
    let answer = !html.contains("<!DOCTYPE");
    let data = |text: &str| {
        // In a page the data begin with a sign; the answer of a function is nothing but data.
        let packed = if answer { text } else { text.strip_prefix('=')? };
        let bytes = STANDARD_NO_PAD.decode(packed).ok().filter(|bytes| !bytes.is_empty())?;
        Some(bytes.iter().map(|byte| char::from(*byte)).collect::<String>())
    };
    html.split('"').map(|text| data(text).unwrap_or_else(|| text.to_owned())).collect::<Vec<_>>().join("\"")
}

/// The service formation, with an agent of its own who was corrected, edited the answers and was refused.
pub async fn service(monde: &Monde, autrui: Autrui) -> Temoin {
    let (by, _) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
    let mut temoin = Temoin { by, autrui, own: Vec::new(), names: Vec::new(), told: Vec::new() };
    for other in temoin.autrui.references.clone() {
        temoin.name(&format!("{other:?}"));
        temoin.name(&other.to_string());
    }
    for draft in temoin.autrui.drafts.clone() {
        temoin.name(&draft);
    }
    let own = monde.present(&temoin.by, "agent@toulouse.example", &[]).await;
    keep(&mut temoin, own, "agent@toulouse.example");
    monde.send_mails().await;
    let token = monde.boite.token("agent@toulouse.example", "activation");
    let connexion = monde.certified(&token).await;
    let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
    let id = monde.list(&camille, &own.to_string()).await[0].id;
    let version = monde.version(&camille, id).await;
    let remarque = Remarque { etape: Etape::Identite, champ: "nom".to_owned(), texte: "Remarque-secrète".to_owned() };
    let asked = monde.backend.request_corrections(&camille, id, version, &[remarque], "Message-secret").await;
    assert_eq!(asked.unwrap(), Decision::Prise);
    let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
    let edit = [("nom".to_owned(), "Corrigette".to_owned())];
    monde.backend.save_correction(&who, Etape::Identite, &edit).await.unwrap();
    monde.backend.send_back(&who).await.unwrap();
    monde.execute("UPDATE motif SET texte = 'Motif-secret', libelle = 'Motif-secret'").await;
    let motif = monde.backend.motifs(&camille).await.unwrap()[0].id;
    let version = monde.version(&camille, id).await;
    let refused = monde.backend.refuse(&camille, id, version, Some(motif), "Message-secret").await.unwrap();
    assert_eq!(refused, Decision::Prise);
    temoin
}

pub fn keep(temoin: &mut Temoin, reference: Reference, courriel: &'static str) {
    temoin.name(&format!("{reference:?}"));
    temoin.name(&reference.to_string());
    temoin.own.push((reference, courriel));
}

/// Asks one method every question that it can be asked.
async fn ask(monde: &Monde, temoin: &mut Temoin, method: &str) {
    let (port, by): (&dyn ServicesFormation, _) = (&monde.backend, temoin.by.clone());
    let (others, drafts) = (temoin.autrui.references.clone(), temoin.autrui.drafts.clone());
    let own: Vec<_> = temoin.own.iter().map(|(reference, _)| *reference).collect();
    match method {
        "agents" => {
            let mut words =
                vec!["".to_owned(), "zorn".to_owned(), "philomene".to_owned(), "toulouse.example".to_owned()];
            words.extend(
                ["mirabelle", "corrigette", "grenobelle", "brouillonne", TAKEN[0], TAKEN[1]].map(str::to_owned),
            );
            words.extend(others.iter().map(ToString::to_string));
            for recherche in words {
                for apres in [None, Some("9999999999999.0".to_owned()), Some("9999999999999.1".to_owned())] {
                    let filtre = FiltreAgents { recherche: recherche.clone(), apres };
                    let answer = port.agents(&by, &filtre).await;
                    temoin.note(&format!("agents {filtre:?}"), &format!("{answer:?}"));
                }
            }
        }
        "agent" => {
            for reference in own.into_iter().chain(others) {
                let answer = port.agent(&by, reference).await;
                temoin.note(&format!("agent {reference}"), &format!("{answer:?}"));
            }
        }
        "let_go" => {
            for reference in others {
                let answer = port.let_go(&by, reference).await;
                temoin.note("let_go", &format!("{answer:?}"));
            }
        }
        "start" => {
            let id = port.start(&by).await.unwrap().unwrap();
            temoin.name(&id);
            temoin.note("start", &id);
            assert!(port.erase(&by, &id).await.unwrap());
        }
        "draft" => {
            for id in drafts {
                let answer = port.draft(&by, &id).await;
                temoin.note("draft", &format!("{answer:?}"));
            }
        }
        "save" => {
            for id in drafts {
                for etape in Etape::ALL {
                    let fields = [("nom".to_owned(), "Intrus".to_owned())];
                    let answer = port.save(&by, &id, etape, &fields).await;
                    temoin.note("save", &format!("{answer:?}"));
                }
            }
        }
        "erase" => {
            for id in drafts {
                let answer = port.erase(&by, &id).await;
                temoin.note("erase", &format!("{answer:?}"));
            }
        }
        "present" => {
            for id in drafts {
                let answer = port.present(&monde.client, &by, &id).await;
                temoin.note("present", &format!("{answer:?}"));
            }
        }
        other => panic!("what is {other} asked? Write it here"),
    }
}

/// Asks every method, and the public follow-up of each presented request: the service knows its reference and
/// address.
pub async fn look(monde: &Monde, temoin: &mut Temoin, when: &str) {
    temoin.note("when", when);
    for method in <dyn ServicesFormation>::METHODES {
        ask(monde, temoin, method).await;
    }
    for (reference, courriel) in temoin.own.clone() {
        let client = Client(format!("net of {reference} {when}"));
        let found = monde.backend.find(&client, &reference.to_string(), courriel).await.unwrap();
        let Some(token) = found else {
            temoin.note("suivi", "rien");
            continue;
        };
        let Lien::Vivant(suivi) = monde.backend.look(&token).await.unwrap() else { panic!("it was just made") };
        temoin.note(&format!("suivi {reference}"), &format!("{suivi:?}"));
        // « Renvoyer », then the list again. A request past its end begins again: that is asked for below.
        if suivi.statut != Statut::EnAttenteActivation {
            continue;
        }
        for _ in 0..2 {
            let resent = Suivis::resend(&monde.backend, &client, &token).await;
            temoin.note("resend", &format!("{resent:?}"));
        }
        let Lien::Vivant(suivi) = monde.backend.look(&token).await.unwrap() else { panic!("it was just made") };
        temoin.note(&format!("suivi after {reference}"), &format!("{suivi:?}"));
    }
}

/// Presents addresses, and looks at them until nothing is left of them.
async fn presents_and_waits(monde: &Monde, autrui: Autrui) -> Vec<(String, String)> {
    let crowded = autrui.activation.is_some();
    let mut temoin = service(monde, autrui).await;
    look(monde, &mut temoin, "before").await;
    for courriel in TAKEN.into_iter().chain(["libre@toulouse.example"]) {
        for at in 0..4 {
            let id = monde.agent_draft(&temoin.by, courriel, &[]).await;
            temoin.name(&id);
            let client = Client(format!("net of {courriel} {at}"));
            let answer = monde.backend.present(&client, &temoin.by, &id).await.unwrap();
            if let app::areas::service_formation::EnvoiAgent::Presente(reference) = &answer {
                keep(&mut temoin, *reference, courriel);
            }
            temoin.note(&format!("present {courriel}"), &format!("{answer:?}"));
            // The second is presented once more while the first waits; the rest only fills the quota.
            if at >= 1 {
                ServicesFormation::erase(&monde.backend, &temoin.by, &id).await.unwrap();
            }
        }
    }
    look(monde, &mut temoin, "presented").await;
    monde.send_mails().await;
    look(monde, &mut temoin, "mailed").await;
    monde.clock.advance(HOUR);
    if let Some(token) = temoin.autrui.activation.take() {
        assert!(matches!(monde.activate(&token).await, ChoixMotDePasse::Enregistre(_)), "the other one is first");
    }
    monde.send_mails().await;
    look(monde, &mut temoin, "an hour later").await;
    for (hours, when) in [(24, "reminded"), (48, "over"), (24, "after")] {
        monde.passes(hours * HOUR).await;
        rappels::once(&monde.backend).await.unwrap();
        purge::once(&monde.backend).await.unwrap();
        monde.send_mails().await;
        look(monde, &mut temoin, when).await;
    }
    if crowded {
        // Somebody signs up under the name of the presented agent, before a link is asked for again.
        monde.submit(TAKEN[4]).await;
    }
    // Somebody who knows reference and address asks for one more link: the answers must be the same too.
    for (reference, courriel) in temoin.own.clone() {
        let client = Client(format!("more for {reference}"));
        if let Some(token) = monde.backend.find(&client, &reference.to_string(), courriel).await.unwrap() {
            Suivis::resend(&monde.backend, &client, &token).await.unwrap();
        }
    }
    let page = monde.backend.agents(&temoin.by, &FiltreAgents::default()).await.unwrap();
    let states: Vec<Statut> = page.agents.iter().map(|agent| agent.statut).collect();
    page.agents.iter().for_each(|agent| temoin.name(&format!("{:?}", agent.reference)));
    page.agents.iter().for_each(|agent| temoin.name(&agent.reference.to_string()));
    temoin.note("renewed", &format!("{states:?}"));
    for (days, when) in [(29, "a month later"), (2, "purged"), (40, "gone")] {
        monde.passes(days * DAY).await;
        purge::once(&monde.backend).await.unwrap();
        monde.send_mails().await;
        look(monde, &mut temoin, when).await;
    }
    temoin.told
}

/// Answer by answer, so that a difference is read.
pub fn same(alone: &[(String, String)], among: &[(String, String)]) {
    for (alone, among) in alone.iter().zip(among) {
        assert_eq!(alone, among, "what others have shows");
    }
    assert_eq!(alone.len(), among.len());
    assert!(among.len() > 80, "{}", among.len());
    for secret in SECRETS {
        let told = among.iter().find(|(_, answer)| answer.contains(secret));
        assert!(told.is_none(), "{secret} in {told:?}");
    }
}

/// Asks every page and every server function of a service formation, with its own ids, another's and nobody's.
async fn browses(monde: &Monde, autrui: Autrui) -> Vec<(String, String)> {
    let mut temoin = service(monde, autrui).await;
    let own = monde.agent_draft(&temoin.by, TAKEN[0], &[]).await;
    temoin.name(&own);
    let mut navigateur = Navigateur::new(monde);
    monde.clock.advance(HOUR / 60);
    let login = navigateur.get("/").await.action("Se connecter");
    let fields = [("espace", "service"), ("courriel", "rh@toulouse.example"), ("mot_de_passe", MOT_DE_PASSE)];
    assert_eq!(navigateur.post(&login, &fields).await.location(), "/service-formation");

    // The service's own two connexions, and another person's.
    for order in ["ASC", "DESC"] {
        let sql = format!(
            "SELECT id_public FROM session WHERE genre = 'service' AND sujet_id = {} ORDER BY cree_le {order} LIMIT 1",
            temoin.by.id
        );
        temoin.name(&monde.text(&sql).await);
    }
    let anothers = monde.text("SELECT max(id_public) FROM session WHERE genre = 'formateur'").await;
    temoin.name(&anothers);
    let mut references = vec![temoin.own[0].0.to_string(), "IEL-0000-0000".to_owned(), "rien".to_owned()];
    references.extend(temoin.autrui.references.iter().map(ToString::to_string));
    let mut drafts = vec![own.clone(), "rien".to_owned()];
    drafts.extend(temoin.autrui.drafts.clone());
    let tabs: Vec<String> = Etape::ALL.iter().map(|etape| etape.slug().to_owned()).chain(["rien".to_owned()]).collect();
    let mut paths: Vec<String> = routes()
        .iter()
        .map(|route| route.path().to_owned())
        .filter(|path| path.starts_with("/service-formation"))
        .collect();
    assert!(paths.len() >= 4, "{paths:?}");
    for (parameter, values) in [("{reference}", &references), ("{id}", &drafts), ("{etape}", &tabs)] {
        let fill = |path: String| match path.contains(parameter) {
            true => values.iter().map(|value| path.replace(parameter, value)).collect(),
            false => vec![path],
        };
        paths = paths.into_iter().flat_map(fill).collect();
    }
    assert!(paths.iter().all(|path| !path.contains(['{', ':', '*'])), "a parameter without values: {paths:?}");
    let searches = ["zorn", TAKEN[0], "mirabelle", "grenobelle", &references[3]];
    paths.extend(searches.map(|word| format!("/service-formation?q={word}")));
    // The pages of an agent and those of a sign-up are made in two ways.
    let mut not_found = BTreeMap::<bool, BTreeSet<String>>::new();
    for path in &paths {
        let page = navigateur.get(path).await;
        let html = without_nonce(&page.html);
        if page.status == 404 {
            not_found.entry(path.contains("/inscriptions/")).or_default().insert(html.clone());
        }
        temoin.note(&format!("GET {path} {}", page.status), &html);
    }
    let answers: Vec<usize> = not_found.values().map(BTreeSet::len).collect();
    assert_eq!(answers, [1, 1], "what is another's is answered as what never was, byte for byte");

    let functions: Vec<_> =
        acces().filter(|declared| matches!(declared.droit, Droit::ServiceFormation | Droit::Connecte)).collect();
    assert!(functions.len() >= 9);
    for function in functions {
        let mut calls: Vec<Vec<(&str, &str)>> = Vec::new();
        match function.nom {
            "ReadAgents" => calls.extend(searches.map(|word| vec![("recherche", word)])),
            "ReadAgent" | "LetGo" => {
                calls.extend(references[1..].iter().map(|text| vec![("reference", text.as_str())]))
            }
            "ReadAgentDraft" | "SaveAgentTab" | "EraseAgentDraft" => {
                for id in &drafts[1..] {
                    calls
                        .extend(Etape::ALL.map(|etape| {
                            vec![("id", id.as_str()), ("etape", etape.slug()), ("champs[nom]", "Intrus")]
                        }));
                }
            }
            "StartAgent" => {}
            "CloseConnexion" => calls.extend(["rien", anothers.as_str()].map(|id| vec![("id", id)])),
            "CloseOtherConnexions" | "FailuresSeen" | "ReadServicePassword" => calls.push(Vec::new()),
            "ChangePassword" => {
                calls.push(vec![("actuel", "faux"), ("mot_de_passe", AUTRE_MOT_DE_PASSE)]);
                calls.push(vec![("actuel", MOT_DE_PASSE), ("mot_de_passe", "court")]);
            }
            other => panic!("what is {other} sent? Write it here"),
        }
        for fields in calls {
            let page = navigateur.post(function.chemin, &fields).await;
            let answer = format!("{} {} {}", page.status, page.location(), page.html);
            temoin.note(&format!("POST {} {fields:?}", function.nom), &answer);
        }
    }
    temoin.told
}

on_both_engines! {
    async fn nothing_of_other_people_passes_the_ports(monde: Monde) {
        let among = monde.another().await;
        let autrui = others(&among).await;
        same(&presents_and_waits(&monde, nobody()).await, &presents_and_waits(&among, autrui).await);
    }

    async fn nothing_of_other_people_passes_the_pages(monde: Monde) {
        let among = monde.another().await;
        let autrui = others(&among).await;
        same(&browses(&monde, nobody()).await, &browses(&among, autrui).await);
    }
}
