//! Services formation: invited, signed in by the radio, one password an address.

use app::areas::acces::{
    Authentification, ChoixMotDePasse, Espace, InvitationServiceFormation, Invitations, Invite, IssueAuthentification,
    Lien,
};
use app::base::appelants::{Appelants, Role};
use app::base::exchange::{Client, ConnexionToken};
use domain::collectivite::CleCollectivite;
use domain::valeurs::AdresseCourriel;
use server::clock::{HOUR, MINUTE};
use server::persistence::journal::Acteur;

use super::equipe::administrateur;
use super::support::Monde;
use crate::support::donnees::{AUTRE_MOT_DE_PASSE, MOT_DE_PASSE, MOT_DE_PASSE_GESTION};

const TOULOUSE: &str = "COMMUNE:31555";
const GRENOBLE: &str = "COMMUNE:38185";

async fn login(monde: &Monde, espace: Espace, courriel: &str) -> IssueAuthentification {
    let client = Client(format!("net of {courriel} {espace:?}"));
    monde.backend.login(&client, espace, courriel, MOT_DE_PASSE).await.unwrap()
}

fn opened(connexion: IssueAuthentification) -> (ConnexionToken, Espace) {
    match connexion {
        IssueAuthentification::Ouverte { connexion, space } => (connexion, space),
        other => panic!("{other:?}"),
    }
}

async fn accept(monde: &Monde, token: &str, password: &str) -> ChoixMotDePasse {
    Invitations::accept(&monde.backend, &monde.client, token, "", password).await.unwrap()
}

on_both_engines! {
    async fn an_invitation_names_one_collectivite_and_serves_once(monde: Monde) {
        let token = monde.invited_service("rh@toulouse.example", TOULOUSE).await;
        let Lien::Vivant(vue) = Invitations::open(&monde.backend, &token).await.unwrap() else { panic!("it lives") };
        let Invite::ServiceFormation { collectivite, connue } = vue.invite else { panic!("{:?}", vue.invite) };
        assert!(collectivite.starts_with("Toulouse (Commune, 31000") && !connue, "{collectivite}");
        use domain::valeurs::MotDePasseRefuse as Why;
        for (password, why) in [("onze lettre", Why::TropCourt), ("rh@toulouse.example", Why::TropFaible)] {
            assert_eq!(accept(&monde, &token, password).await, ChoixMotDePasse::Refuse(why), "{password}");
        }
        assert!(matches!(accept(&monde, &token, MOT_DE_PASSE).await, ChoixMotDePasse::Enregistre(_)));
        assert_eq!(accept(&monde, &token, MOT_DE_PASSE).await, ChoixMotDePasse::LienMort);
        assert_eq!(Invitations::open(&monde.backend, &token).await.unwrap(), Lien::Utilise);
        let (connexion, space) = opened(login(&monde, Espace::ServiceFormation, "rh@toulouse.example").await);
        assert_eq!(space, Espace::ServiceFormation);
        assert!(monde.backend.formateur(&connexion).await.unwrap().is_none());
        assert!(monde.backend.gestionnaire(&connexion).await.unwrap().is_none());
    }

    async fn the_generic_employer_and_the_unknown_have_no_service_formation(monde: Monde) {
        let courriel = AdresseCourriel::parse("rh@toulouse.example").unwrap();
        for cle in ["GENERIQUE_INTERVENANTS:cnfpt-31", "COMMUNE:99999"] {
            let cle = CleCollectivite::parse(cle).unwrap();
            let refused = monde.backend.invite_service(Acteur::LigneDeCommande, &courriel, &cle).await.unwrap();
            assert_eq!(refused, None);
        }
        assert_eq!(monde.number("SELECT count(*) FROM service_formation").await, 0);
    }

    async fn an_invitation_ends_after_three_days_and_with_the_next_one(monde: Monde) {
        let first = monde.invited_service("rh@toulouse.example", TOULOUSE).await;
        let second = monde.invited_service("RH@toulouse.example", TOULOUSE).await;
        assert_eq!(Invitations::open(&monde.backend, &first).await.unwrap(), Lien::Expire);
        assert_eq!(monde.number("SELECT count(*) FROM service_formation").await, 1, "one row an address");
        monde.clock.advance(72 * HOUR);
        assert_eq!(accept(&monde, &second, MOT_DE_PASSE).await, ChoixMotDePasse::LienMort);
        assert_eq!(login(&monde, Espace::ServiceFormation, "rh@toulouse.example").await, IssueAuthentification::Refusee);
    }

    async fn an_address_that_has_a_password_is_asked_for_it(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let token = monde.invited_service("anne@exemple.fr", TOULOUSE).await;
        let Lien::Vivant(vue) = Invitations::open(&monde.backend, &token).await.unwrap() else { panic!("it lives") };
        assert!(matches!(vue.invite, Invite::ServiceFormation { connue: true, .. }));
        // The bearer of the link must not get into the account with it.
        for _ in 0..5 {
            assert_eq!(accept(&monde, &token, AUTRE_MOT_DE_PASSE).await, ChoixMotDePasse::Autre { minutes: 0 });
        }
        assert_eq!(accept(&monde, &token, MOT_DE_PASSE).await, ChoixMotDePasse::Autre { minutes: 1 }, "it waits");
        assert!(matches!(login(&monde, Espace::Agent, "anne@exemple.fr").await, IssueAuthentification::Ouverte { .. }));
        monde.clock.advance(MINUTE);
        assert!(matches!(accept(&monde, &token, MOT_DE_PASSE).await, ChoixMotDePasse::Enregistre(_)));
    }

    async fn the_radio_chooses_where_to_land_and_never_blocks(monde: Monde) {
        monde.activated("deux@exemple.fr").await;
        let token = monde.invited_service("deux@exemple.fr", TOULOUSE).await;
        assert!(matches!(accept(&monde, &token, MOT_DE_PASSE).await, ChoixMotDePasse::Enregistre(_)));
        monde.service_formation("rh@toulouse.example", TOULOUSE).await;
        monde.activated("agent@exemple.fr").await;
        let (service, agent) = (Espace::ServiceFormation, Espace::Agent);
        for (courriel, radio, lands) in [
            ("deux@exemple.fr", service, service),
            ("deux@exemple.fr", agent, agent),
            ("rh@toulouse.example", service, service),
            ("rh@toulouse.example", agent, service),
            ("agent@exemple.fr", service, agent),
        ] {
            assert_eq!(opened(login(&monde, radio, courriel).await).1, lands, "{courriel} {radio:?}");
        }
        // If the account is suspended, the address still serves its collectivité.
        monde.execute("UPDATE compte SET statut = 'Suspendu' WHERE courriel_cle = 'deux@exemple.fr'").await;
        assert_eq!(opened(login(&monde, agent, "deux@exemple.fr").await).1, service);
        let known = monde.backend.login(&monde.client, service, "rh@toulouse.example", "faux faux faux").await.unwrap();
        assert_eq!(known, IssueAuthentification::Refusee);
    }

    async fn a_lost_password_is_found_again_by_a_service_formation(monde: Monde) {
        let (_, former) = monde.service_formation("rh@toulouse.example", TOULOUSE).await;
        for courriel in ["rh@toulouse.example", "inconnue@toulouse.example"] {
            monde.backend.request_reset(&monde.client, courriel).await.unwrap();
        }
        assert_eq!(monde.number("SELECT count(*) FROM courriel").await, 2, "the same rows");
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), 1);
        let token = monde.boite.token("rh@toulouse.example", "mot-de-passe");
        assert!(matches!(monde.backend.open_reset(&token).await.unwrap(), Lien::Vivant(_)));
        let chosen = monde.backend.reset(&monde.client, &token, AUTRE_MOT_DE_PASSE).await.unwrap();
        let ChoixMotDePasse::Enregistre(connexion) = chosen else { panic!("{chosen:?}") };
        assert!(monde.backend.service_formation(&connexion).await.unwrap().is_some());
        assert!(monde.backend.service_formation(&former).await.unwrap().is_none());
        assert_eq!(monde.backend.open_reset(&token).await.unwrap(), Lien::Utilise);
        assert_eq!(login(&monde, Espace::ServiceFormation, "rh@toulouse.example").await, IssueAuthentification::Refusee);
        monde.send_mails().await;
        monde.boite.about("rh@toulouse.example", "a changé");
    }

    async fn an_administrateur_invites_lists_and_disables(monde: Monde) {
        let link = monde.backend.invite(Role::Administrateur, &AdresseCourriel::parse("chef@cnfpt.fr").unwrap()).await.unwrap();
        let token = link.rsplit('/').next().unwrap();
        let accepted = Invitations::accept(&monde.backend, &monde.client, token, "Chef", MOT_DE_PASSE_GESTION).await;
        let ChoixMotDePasse::Enregistre(waiting) = accepted.unwrap() else { panic!("accepted") };
        let connexion = monde.through(&waiting).await;
        let by = monde.backend.gestionnaire(&connexion).await.unwrap().unwrap().administrateur().unwrap();
        let cle = CleCollectivite::parse(TOULOUSE).unwrap();
        let wrong = monde.backend.invite_service_formation(&by, "pas une adresse", &cle).await.unwrap();
        assert_eq!(wrong, InvitationServiceFormation::AdresseInvalide);
        let (_, connexion) = monde.service_formation("rh@toulouse.example", TOULOUSE).await;
        monde.invited_service("rh@grenoble.example", GRENOBLE).await;
        let list = monde.backend.services_formation(&by).await.unwrap();
        let seen: Vec<_> = list.iter().map(|row| (row.courriel.as_str(), row.derniere_connexion.is_some())).collect();
        assert_eq!(seen, [("rh@grenoble.example", false), ("rh@toulouse.example", true)]);

        let id = list[1].id;
        assert!(monde.backend.disable_service_formation(&by, id).await.unwrap());
        assert!(!monde.backend.disable_service_formation(&by, id).await.unwrap());
        assert!(monde.backend.service_formation(&connexion).await.unwrap().is_none());
        assert_eq!(login(&monde, Espace::ServiceFormation, "rh@toulouse.example").await, IssueAuthentification::Refusee);
        assert_eq!(monde.number("SELECT count(*) FROM identifiant").await, 0, "nobody's password is kept");
        // A service formation that is invited again has to accept again.
        let link = monde.backend.invite_service_formation(&by, "rh@toulouse.example", &cle).await.unwrap();
        assert_eq!(link, InvitationServiceFormation::Envoyee);
        assert_eq!(login(&monde, Espace::ServiceFormation, "rh@toulouse.example").await, IssueAuthentification::Refusee);
        monde.send_mails().await;
        let mail = monde.boite.about("rh@toulouse.example", "service formation");
        assert!(mail.text.contains("Toulouse (Commune"), "{}", mail.text);
        let token = monde.boite.token("rh@toulouse.example", "invitation");
        assert!(matches!(accept(&monde, &token, MOT_DE_PASSE).await, ChoixMotDePasse::Enregistre(_)));
    }

    async fn invited_for_another_collectivite_it_leaves_the_former_one_when_it_accepts(monde: Monde) {
        let (before, connexion) = monde.service_formation("rh@toulouse.example", TOULOUSE).await;
        let token = monde.invited_service("rh@toulouse.example", GRENOBLE).await;
        let still = monde.backend.service_formation(&connexion).await.unwrap().expect("its connexion goes on");
        assert_eq!(still.collectivite_id, before.collectivite_id, "nothing changes before");
        let Lien::Vivant(vue) = Invitations::open(&monde.backend, &token).await.unwrap() else { panic!("it lives") };
        let Invite::ServiceFormation { collectivite, .. } = vue.invite else { panic!("{:?}", vue.invite) };
        assert!(collectivite.starts_with("Grenoble"), "{collectivite}");
        assert!(matches!(accept(&monde, &token, MOT_DE_PASSE).await, ChoixMotDePasse::Enregistre(_)));
        assert!(monde.backend.service_formation(&connexion).await.unwrap().is_none(), "its connexions end");
        let (connexion, _) = opened(login(&monde, Espace::ServiceFormation, "rh@toulouse.example").await);
        let after = monde.backend.service_formation(&connexion).await.unwrap().unwrap();
        assert_eq!(after.id, before.id);
        assert_ne!(after.collectivite_id, before.collectivite_id);
        let of_credential = format!("SELECT count(*) FROM identifiant WHERE collectivite_id = {}", after.collectivite_id);
        assert_eq!(monde.number(&of_credential).await, 1);
    }

    async fn a_disabled_one_that_is_invited_stays_out_until_it_accepts(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        monde.activated("rh@toulouse.example").await;
        let (service, _) = monde.service_formation("rh@toulouse.example", TOULOUSE).await;
        assert!(monde.backend.disable_service_formation(&ada, service.id).await.unwrap());
        let token = monde.invited_service("rh@toulouse.example", TOULOUSE).await;
        let row = "SELECT count(*) FROM service_formation WHERE desactive_le IS NOT NULL AND accepte_le IS NULL";
        assert_eq!(monde.number(row).await, 1);
        let (_, space) = opened(login(&monde, Espace::ServiceFormation, "rh@toulouse.example").await);
        assert_eq!(space, Espace::Agent, "the account alone");
        assert!(matches!(accept(&monde, &token, MOT_DE_PASSE).await, ChoixMotDePasse::Enregistre(_)));
        assert_eq!(opened(login(&monde, Espace::ServiceFormation, "rh@toulouse.example").await).1, Espace::ServiceFormation);
    }
}
