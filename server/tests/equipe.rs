use app::areas::acces::{Authentification, ChoixMotDePasse, Invitations};
use app::areas::gestion::equipe::{Annonces, ChangementEquipe, Equipe, EtatMembre, InvitationEquipe};
use app::base::appelants::{Administrateur, Appelants, Role};
use app::base::exchange::Client;
use domain::valeurs::AdresseCourriel;
use server::areas::acces::invitations::PREMIER;
use server::clock::{DAY, HOUR};
use server::jobs::resumes;

use super::support::Monde;
use crate::support::donnees::MOT_DE_PASSE_GESTION;

/// An administrateur who has accepted the invitation.
pub async fn administrateur(monde: &Monde, courriel: &str, nom: &str) -> Administrateur {
    let link = monde.backend.invite(Role::Administrateur, &AdresseCourriel::parse(courriel).unwrap()).await.unwrap();
    accept(monde, link.rsplit('/').next().unwrap(), nom).await.administrateur().expect("the right was given")
}

async fn accept(monde: &Monde, token: &str, nom: &str) -> app::base::appelants::Gestionnaire {
    let client = Client(format!("net of {token}"));
    let accepted = Invitations::accept(&monde.backend, &client, token, nom, MOT_DE_PASSE_GESTION).await.unwrap();
    let ChoixMotDePasse::Enregistre(waiting) = accepted else { panic!("{accepted:?}") };
    let connexion = monde.through(&waiting).await;
    monde.backend.gestionnaire(&connexion).await.unwrap().expect("a connexion of the staff")
}

on_both_engines! {
    async fn an_invitation_is_mailed_and_brings_a_member_in(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let invite = async |courriel: &str| monde.backend.invite_member(&ada, Role::Gestionnaire, courriel).await.unwrap();
        assert_eq!(invite("pas une adresse").await, InvitationEquipe::AdresseInvalide);
        assert_eq!(invite("ADA@cnfpt.fr").await, InvitationEquipe::DejaMembre);
        assert_eq!(invite("bob@cnfpt.fr").await, InvitationEquipe::Envoyee);
        let members = monde.backend.members(&ada).await.unwrap();
        assert_eq!(members.iter().map(|member| member.etat).collect::<Vec<_>>(), [EtatMembre::Actif, EtatMembre::Invite]);
        assert_eq!(members.iter().map(|member| member.moi).collect::<Vec<_>>(), [true, false]);
        // The member is invited again before the first mail left: only one link lives.
        assert_eq!(monde.backend.invite_again(&ada, 2).await.unwrap(), ChangementEquipe::Fait);
        monde.send_mails().await;
        assert_eq!(monde.boite.to("bob@cnfpt.fr").len(), 1);
        monde.clock.advance(70 * HOUR);
        let bob = accept(&monde, &monde.boite.token("bob@cnfpt.fr", "invitation"), "Bob").await;
        assert_eq!((bob.id, bob.role), (2, Role::Gestionnaire));
        assert_eq!(invite("bob@cnfpt.fr").await, InvitationEquipe::DejaMembre);
    }

    async fn who_is_disabled_is_out_at_once_and_may_come_back(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let bob = monde.gestionnaire("bob@cnfpt.fr", "Bob").await;
        let connexions = "SELECT count(*) FROM session WHERE genre = 'gestion' AND sujet_id = 2";
        assert_eq!(monde.number(connexions).await, 1);
        assert_eq!(monde.backend.disable(&ada, bob.id).await.unwrap(), ChangementEquipe::Fait);
        assert_eq!(monde.backend.disable(&ada, bob.id).await.unwrap(), ChangementEquipe::SansObjet);
        assert_eq!(monde.backend.invite_again(&ada, bob.id).await.unwrap(), ChangementEquipe::SansObjet);
        assert_eq!(monde.number(connexions).await, 0);
        let login = monde.backend.staff_login(&monde.client, "bob@cnfpt.fr", MOT_DE_PASSE_GESTION).await.unwrap();
        assert_eq!(login, app::areas::acces::IssueAuthentification::Refusee);
        assert_eq!(monde.backend.enable(&ada, bob.id).await.unwrap(), ChangementEquipe::Fait);
        let login = monde.backend.staff_login(&monde.client, "bob@cnfpt.fr", MOT_DE_PASSE_GESTION).await.unwrap();
        assert!(matches!(login, app::areas::acces::IssueAuthentification::Ouverte { .. }));
        assert_eq!(monde.backend.change_role(&ada, bob.id, Role::Administrateur).await.unwrap(), ChangementEquipe::Fait);
        assert_eq!(monde.number(connexions).await, 0);
    }

    async fn inviting_a_disabled_member_changes_nothing_until_they_accept(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let bob = monde.gestionnaire("bob@cnfpt.fr", "Bob").await;
        monde.backend.disable(&ada, bob.id).await.unwrap();
        let row = "SELECT role || ' ' || (desactive_le IS NULL) || ' ' || mot_de_passe FROM gestionnaire WHERE id = 2";
        let before = monde.text(row).await;
        let invited = monde.backend.invite_member(&ada, Role::Administrateur, "bob@cnfpt.fr").await.unwrap();
        assert_eq!(invited, InvitationEquipe::Envoyee);
        assert_eq!(monde.text(row).await, before, "neither enabled, nor with another right");
        let login = monde.backend.staff_login(&monde.client, "bob@cnfpt.fr", MOT_DE_PASSE_GESTION).await.unwrap();
        assert_eq!(login, app::areas::acces::IssueAuthentification::Refusee);
        monde.send_mails().await;
        let bob = accept(&monde, &monde.boite.token("bob@cnfpt.fr", "invitation"), "Bob").await;
        assert_eq!((bob.id, bob.role), (2, Role::Administrateur), "accepting gives the right and lets in again");
    }

    async fn an_invitation_of_the_command_line_changes_nothing_until_it_is_accepted(monde: Monde) {
        let connexion = monde.staff_connexion("bob@cnfpt.fr", Role::Gestionnaire).await;
        let courriel = AdresseCourriel::parse("bob@cnfpt.fr").unwrap();
        let link = monde.backend.invite(Role::Administrateur, &courriel).await.unwrap();
        let bob = monde.backend.gestionnaire(&connexion).await.unwrap().expect("the connexion goes on");
        assert_eq!(bob.role, Role::Gestionnaire);
        let bob = accept(&monde, link.rsplit('/').next().unwrap(), "Bob").await;
        assert_eq!(bob.role, Role::Administrateur);
        assert!(monde.backend.gestionnaire(&connexion).await.unwrap().is_none(), "the former connexions end");
    }

    async fn who_loses_the_right_to_invite_has_invited_nobody(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let eve = administrateur(&monde, "eve@cnfpt.fr", "Eve").await;
        let zoe = administrateur(&monde, "zoe@cnfpt.fr", "Zoé").await;
        for (by, courriel) in [(&eve, "un@cnfpt.fr"), (&zoe, "deux@cnfpt.fr"), (&ada, "trois@cnfpt.fr")] {
            monde.backend.invite_member(by, Role::Administrateur, courriel).await.unwrap();
        }
        monde.send_mails().await;
        monde.backend.disable(&ada, eve.id).await.unwrap();
        monde.backend.change_role(&ada, zoe.id, Role::Gestionnaire).await.unwrap();
        for (courriel, lives) in [("un@cnfpt.fr", false), ("deux@cnfpt.fr", false), ("trois@cnfpt.fr", true)] {
            let opened = Invitations::open(&monde.backend, &monde.boite.token(courriel, "invitation")).await.unwrap();
            assert_eq!(matches!(opened, app::areas::acces::Lien::Vivant(_)), lives, "{courriel}: {opened:?}");
        }
    }

    async fn a_right_lost_meanwhile_is_seen_inside_the_transaction(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let eve = administrateur(&monde, "eve@cnfpt.fr", "Eve").await;
        let bob = monde.gestionnaire("bob@cnfpt.fr", "Bob").await;
        monde.backend.invite_member(&ada, Role::Gestionnaire, "max@cnfpt.fr").await.unwrap();
        monde.backend.disable(&ada, bob.id).await.unwrap();
        monde.backend.disable(&ada, eve.id).await.unwrap();
        // Eve's requests were let in before she lost her right.
        let refused = monde.backend.invite_member(&eve, Role::Administrateur, "moi@cnfpt.fr").await.unwrap();
        assert_eq!(refused, InvitationEquipe::SansDroit);
        assert_eq!(monde.backend.invite_again(&eve, 4).await.unwrap(), ChangementEquipe::SansObjet);
        assert_eq!(monde.backend.enable(&eve, bob.id).await.unwrap(), ChangementEquipe::SansObjet);
        monde.backend.choose_announces(&eve, Annonces::Jamais).await.unwrap();
        let cle = domain::collectivite::CleCollectivite::parse("COMMUNE:31555").unwrap();
        let refused = monde.backend.invite_service_formation(&eve, "rh@toulouse.example", &cle).await.unwrap();
        assert_eq!(refused, app::areas::acces::InvitationServiceFormation::SansDroit);
        let (service, _) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        assert!(!monde.backend.disable_service_formation(&eve, service.id).await.unwrap());
        let left = "SELECT count(*) FROM gestionnaire WHERE courriel_cle = 'moi@cnfpt.fr' OR annonces <> 'chaque'";
        assert_eq!(monde.number(left).await, 0);
        let active = "SELECT count(*) FROM gestionnaire WHERE desactive_le IS NULL AND mot_de_passe IS NOT NULL";
        assert_eq!(monde.number(active).await, 1);
    }

    async fn whoever_comes_in_first_ends_the_link_that_was_printed(monde: Monde) {
        let printed = monde.backend.invite(Role::Administrateur, &AdresseCourriel::parse(PREMIER).unwrap()).await.unwrap();
        let printed = printed.rsplit('/').next().unwrap();
        let lives = async || matches!(Invitations::open(&monde.backend, printed).await.unwrap(), app::areas::acces::Lien::Vivant(_));
        assert!(lives().await);
        administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        assert!(!lives().await, "nobody else comes in by it");
    }

    async fn the_last_administrateur_stays(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        monde.gestionnaire("bob@cnfpt.fr", "Bob").await;
        // An administrateur who has not accepted the invitation does not count.
        monde.backend.invite_member(&ada, Role::Administrateur, "zoe@cnfpt.fr").await.unwrap();
        let last = ChangementEquipe::DernierAdministrateur;
        assert_eq!(monde.backend.disable(&ada, ada.id).await.unwrap(), last);
        assert_eq!(monde.backend.change_role(&ada, ada.id, Role::Gestionnaire).await.unwrap(), last);
        assert_eq!(monde.backend.disable(&ada, 2).await.unwrap(), ChangementEquipe::Fait);
    }

    async fn two_administrateurs_who_remove_each_other_at_once_leave_one(monde: Monde) {
        for round in 0..10 {
            let ada = administrateur(&monde, &format!("ada{round}@cnfpt.fr"), "Ada").await;
            let zoe = administrateur(&monde, &format!("zoe{round}@cnfpt.fr"), "Zoé").await;
            monde.execute(&format!("UPDATE gestionnaire SET desactive_le = 1 WHERE id NOT IN ({}, {})", ada.id, zoe.id)).await;
            let (one, other) = if round % 2 == 0 {
                tokio::join!(monde.backend.disable(&ada, zoe.id), monde.backend.disable(&zoe, ada.id))
            } else {
                tokio::join!(
                    monde.backend.change_role(&ada, zoe.id, Role::Gestionnaire),
                    monde.backend.disable(&zoe, ada.id),
                )
            };
            assert_ne!(one.unwrap() == ChangementEquipe::Fait, other.unwrap() == ChangementEquipe::Fait);
            let left = "SELECT count(*) FROM gestionnaire WHERE role = 'administrateur' AND desactive_le IS NULL";
            assert_eq!(monde.number(left).await, 1);
        }
    }

    async fn a_digest_comes_once_a_day_at_seven_when_something_waits(monde: Monde) {
        let bob = monde.gestionnaire("bob@cnfpt.fr", "Bob").await;
        monde.gestionnaire("zoe@cnfpt.fr", "Zoé").await;
        monde.backend.choose_announces(&bob, Annonces::ParJour).await.unwrap();
        assert_eq!(monde.backend.announces(&bob).await.unwrap(), Annonces::ParJour);
        let both = async || {
            let (one, other) = tokio::join!(resumes::once(&monde.backend), resumes::once(&monde.backend));
            one.and(other).unwrap();
            monde.send_mails().await;
        };
        // The digest is chosen at two in the afternoon, so the first one is due tomorrow. Nothing waits then.
        both().await;
        monde.clock.advance(DAY);
        both().await;
        assert_eq!(monde.boite.to("bob@cnfpt.fr").len(), 0);
        monde.activated("anne@exemple.fr").await;
        monde.send_mails().await;
        assert_eq!((monde.boite.to("bob@cnfpt.fr").len(), monde.boite.to("zoe@cnfpt.fr").len()), (0, 1));
        // 6:59 and 7:00 in Paris, where it is 14:00 now.
        monde.clock.advance(17 * HOUR - 60_000);
        both().await;
        assert_eq!(monde.boite.to("bob@cnfpt.fr").len(), 0);
        monde.clock.advance(60_000);
        both().await;
        both().await;
        monde.boite.about("bob@cnfpt.fr", "1\u{a0}demande attend");
        monde.clock.advance(DAY);
        both().await;
        assert_eq!(monde.boite.to("bob@cnfpt.fr").len(), 2);
        monde.backend.choose_announces(&bob, Annonces::Jamais).await.unwrap();
        monde.clock.advance(2 * DAY);
        both().await;
        assert_eq!(monde.boite.to("bob@cnfpt.fr").len(), 2);
    }
}
