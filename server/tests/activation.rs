use app::areas::acces::{Activations, Authentification, ChoixMotDePasse, Invitations, Invite, Lien};
use app::areas::compte::Comptes;
use app::base::appelants::{Appelants, Role};
use app::base::exchange::Client;
use domain::compte::Statut;
use domain::valeurs::{AdresseCourriel, MotDePasseRefuse};
use server::clock::{DAY, HOUR};
use server::jobs::purge;

use crate::support::donnees::{MOT_DE_PASSE, MOT_DE_PASSE_GESTION};

on_both_engines! {
    async fn the_mailed_link_opens_the_account_and_looking_changes_nothing(monde: Monde) {
        let token = monde.submitted("anne@exemple.fr").await;
        for _ in 0..3 {
            let Lien::Vivant(vue) = Activations::open(&monde.backend, &token).await.unwrap() else { panic!() };
            assert_eq!(vue.prenom, "Philomène");
            assert_eq!(vue.employeur, "Cnfpt-employeur Generique Intervenants (31)");
        }
        assert!(matches!(monde.activate(&token).await, ChoixMotDePasse::Enregistre(_)));
        assert_eq!(Activations::open(&monde.backend, &token).await.unwrap(), Lien::Utilise);
        assert_eq!(Activations::open(&monde.backend, "x.y.z").await.unwrap(), Lien::Inconnu);
    }

    async fn a_refused_password_does_not_use_the_link(monde: Monde) {
        let token = monde.submitted("anne@exemple.fr").await;
        for (password, why) in [
            ("court", MotDePasseRefuse::TropCourt),
            ("motdepasse123", MotDePasseRefuse::TropFaible),
            ("Zorn-Étaillebois", MotDePasseRefuse::TropFaible),
        ] {
            let refused =
                Activations::activate(&monde.backend, &monde.client, &token, password, false).await.unwrap();
            assert_eq!(refused, ChoixMotDePasse::Refuse(why), "{password}");
        }
        assert!(matches!(monde.activate(&token).await, ChoixMotDePasse::Enregistre(_)));
    }

    async fn an_activation_waits_for_the_gestionnaires_and_tells_everyone(monde: Monde) {
        monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        let mine = monde.backend.mine(&who).await.unwrap();
        assert_eq!(mine.suivi.statut, Statut::AValider);
        assert!(mine.donnees.is_empty());
        monde.send_mails().await;
        monde.boite.about("anne@exemple.fr", "reçue");
        monde.boite.about("camille@cnfpt.fr", "validation");
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'activation'").await, 1);
    }

    async fn of_two_activations_of_one_address_the_first_wins(monde: Monde) {
        let one = monde.submitted("anne@exemple.fr").await;
        let other = monde.submitted("anne@exemple.fr").await;
        let (first, second) = tokio::join!(monde.activate(&one), monde.activate(&other));
        let won = |choice: &ChoixMotDePasse| matches!(choice, ChoixMotDePasse::Enregistre(_));
        assert!(won(&first) != won(&second), "{first:?} {second:?}");
        assert!([&first, &second].contains(&&ChoixMotDePasse::LienMort));
        assert_eq!(monde.number("SELECT count(*) FROM compte WHERE statut = 'AValider'").await, 1);
        assert_eq!(monde.number("SELECT count(*) FROM compte WHERE statut = 'Expiree'").await, 1);
        assert_eq!(monde.number("SELECT count(*) FROM identifiant").await, 1);
    }

    async fn a_link_activated_twice_at_once_is_used_once(monde: Monde) {
        let token = monde.submitted("anne@exemple.fr").await;
        let (first, second) = tokio::join!(monde.activate(&token), monde.activate(&token));
        let won = |choice: &ChoixMotDePasse| matches!(choice, ChoixMotDePasse::Enregistre(_));
        assert!(won(&first) != won(&second), "{first:?} {second:?}");
        assert_eq!(monde.number("SELECT count(*) FROM session").await, 1);
    }

    async fn the_index_alone_keeps_an_address_to_one_activated_account(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        monde.submit("anne@exemple.fr").await;
        monde.execute("UPDATE compte SET statut = 'AValider' WHERE id = 1").await;
        let second = sea_orm::ConnectionTrait::execute_unprepared(
            monde.backend.db().connection(),
            "UPDATE compte SET statut = 'Actif' WHERE id = 2",
        );
        assert!(matches!(second.await.unwrap_err().sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))));
    }

    async fn an_address_with_an_account_is_told_by_mail_only(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let key = monde.submit("Anne@exemple.fr").await;
        assert!(app::areas::inscription::Inscriptions::sent(&monde.backend, &key).await.unwrap().unwrap().en_attente);
        monde.send_mails().await;
        monde.boite.about("anne@exemple.fr", "déjà un compte");
    }

    async fn a_link_lives_seventy_two_hours_from_its_hand_over(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        // The mail system was down for two days: the person loses none of the three.
        monde.passes(2 * DAY).await;
        monde.send_mails().await;
        let token = monde.boite.token("anne@exemple.fr", "activation");
        monde.passes(72 * HOUR - 1).await;
        purge::once(&monde.backend).await.unwrap();
        assert!(matches!(Activations::open(&monde.backend, &token).await.unwrap(), Lien::Vivant(_)));
        monde.passes(1).await;
        assert_eq!(Activations::open(&monde.backend, &token).await.unwrap(), Lien::Expire);
        assert_eq!(monde.activate(&token).await, ChoixMotDePasse::LienMort);
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.text("SELECT statut FROM compte").await, "Expiree");
        monde.passes(30 * DAY).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM compte").await, 0);
    }

    async fn an_expired_request_begins_again_under_a_new_reference(monde: Monde) {
        let token = monde.submitted("anne@exemple.fr").await;
        monde.passes(4 * DAY).await;
        purge::once(&monde.backend).await.unwrap();
        monde.backend.renew(&monde.client, &token).await.unwrap();
        monde.backend.renew(&monde.client, &token).await.unwrap();
        monde.send_mails().await;
        let fresh = monde.boite.token("anne@exemple.fr", "activation");
        assert_ne!(fresh, token);
        assert!(matches!(monde.activate(&fresh).await, ChoixMotDePasse::Enregistre(_)));
        assert_eq!(monde.number("SELECT count(*) FROM compte").await, 2);
        assert_eq!(monde.number("SELECT count(DISTINCT reference) FROM compte").await, 2);
        // The page tells nothing of a link that never existed, nor of one that has served.
        for dead in ["x.y.z", fresh.as_str()] {
            monde.backend.renew(&monde.client, dead).await.unwrap();
        }
    }

    async fn an_invitation_is_accepted_once_and_a_new_one_ends_the_former(monde: Monde) {
        let courriel = AdresseCourriel::parse("camille@cnfpt.fr").unwrap();
        let token = |link: String| link.rsplit('/').next().unwrap().to_owned();
        let former = token(monde.backend.invite(Role::Gestionnaire, &courriel).await.unwrap());
        let fresh = token(monde.backend.invite(Role::Administrateur, &courriel).await.unwrap());
        assert_eq!(Invitations::open(&monde.backend, &former).await.unwrap(), Lien::Expire);
        let Lien::Vivant(vue) = Invitations::open(&monde.backend, &fresh).await.unwrap() else { panic!() };
        assert_eq!((vue.courriel.as_str(), vue.invite), ("camille@cnfpt.fr", Invite::Equipe(Role::Administrateur)));
        let client = Client("office".to_owned());
        let short = monde.backend.accept(&client, &fresh, "Camille Roux", "quatorze signes").await.unwrap();
        assert_ne!(short, ChoixMotDePasse::Refuse(MotDePasseRefuse::TropCourt), "fifteen characters are enough");
        let short = monde.backend.accept(&client, &fresh, "Camille Roux", "douze signes").await.unwrap();
        assert!(matches!(short, ChoixMotDePasse::LienMort | ChoixMotDePasse::Refuse(MotDePasseRefuse::TropCourt)));
        let _ = monde.backend.accept(&client, &fresh, "Camille Roux", MOT_DE_PASSE_GESTION).await.unwrap();
        assert_eq!(Invitations::open(&monde.backend, &fresh).await.unwrap(), Lien::Utilise);
        assert!(matches!(
            monde.backend.staff_login(&client, "camille@cnfpt.fr", MOT_DE_PASSE).await.unwrap(),
            app::areas::acces::IssueAuthentification::Refusee
        ));
    }
}
