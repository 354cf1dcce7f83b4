use domain::ports::{
    Administrateur, Annonces, ChangementEquipe, ChoixMotDePasse, Client, Connexions, Equipe, EtatMembre,
    InvitationEquipe, Invitations, Role,
};
use server::clock::{DAY, HOUR};
use server::jobs::resumes;
use server::services::read_courriel;

use crate::support::Monde;
use crate::support::donnees::MOT_DE_PASSE_GESTION;

/// An administrateur who has come in.
pub async fn administrateur(monde: &Monde, courriel: &str, nom: &str) -> Administrateur {
    let link = monde.backend.invite(Role::Administrateur, &read_courriel(courriel).unwrap()).await.unwrap();
    accept(monde, link.rsplit('/').next().unwrap(), nom).await.administrateur().expect("the right was given")
}

async fn accept(monde: &Monde, token: &str, nom: &str) -> domain::ports::Gestionnaire {
    let client = Client(format!("net of {token}"));
    let accepted = Invitations::accept(&monde.backend, &client, token, nom, MOT_DE_PASSE_GESTION).await.unwrap();
    let ChoixMotDePasse::Enregistre(waiting) = accepted else { panic!("{accepted:?}") };
    let session = monde.through(&waiting).await;
    monde.backend.gestionnaire(&session).await.unwrap().expect("a session of the staff")
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
        // Asked again before the first left: one link lives.
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
        let sessions = "SELECT count(*) FROM session WHERE genre = 'gestion' AND sujet_id = 2";
        assert_eq!(monde.number(sessions).await, 1);
        assert_eq!(monde.backend.disable(&ada, bob.id).await.unwrap(), ChangementEquipe::Fait);
        assert_eq!(monde.backend.disable(&ada, bob.id).await.unwrap(), ChangementEquipe::SansObjet);
        assert_eq!(monde.backend.invite_again(&ada, bob.id).await.unwrap(), ChangementEquipe::SansObjet);
        assert_eq!(monde.number(sessions).await, 0);
        let login = monde.backend.staff_login(&monde.client, "bob@cnfpt.fr", MOT_DE_PASSE_GESTION).await.unwrap();
        assert_eq!(login, domain::ports::Connexion::Refusee);
        assert_eq!(monde.backend.enable(&ada, bob.id).await.unwrap(), ChangementEquipe::Fait);
        let login = monde.backend.staff_login(&monde.client, "bob@cnfpt.fr", MOT_DE_PASSE_GESTION).await.unwrap();
        assert!(matches!(login, domain::ports::Connexion::Ouverte { .. }));
        assert_eq!(monde.backend.change_role(&ada, bob.id, Role::Administrateur).await.unwrap(), ChangementEquipe::Fait);
        assert_eq!(monde.number(sessions).await, 0);
    }

    async fn the_last_administrateur_stays(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        monde.gestionnaire("bob@cnfpt.fr", "Bob").await;
        // Invited is not there yet.
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
        // Chosen at two in the afternoon: tomorrow. Nothing waits then.
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
