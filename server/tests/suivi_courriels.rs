use domain::courriel::SortCourriel;
use server::clock::{Clock, MINUTE};
use server::mail::SendError;

on_both_engines! {
    async fn the_follow_up_lists_the_persons_mails_newest_first_without_the_staffs(monde: Monde) {
        monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        monde.send_mails().await;
        let told = monde.backend.courriels_suivis(monde.backend.db().connection(), 1).await.unwrap();
        let words: Vec<_> = told.iter().map(|mail| mail.quoi.as_str()).collect();
        assert_eq!(words, ["Accusé de réception", "Lien d’activation"]);
        assert!(told.iter().all(|mail| mail.sort == SortCourriel::Remis));
    }

    async fn a_mail_is_followed_from_the_queue_to_the_mailbox(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        let first = || async {
            monde.backend.courriels_suivis(monde.backend.db().connection(), 1).await.unwrap().remove(0)
        };
        let asked = monde.clock.now();
        assert_eq!((first().await.sort, first().await.le), (SortCourriel::EnCours, asked));
        monde.boite.fail_next([SendError::Temporary("451".to_owned())]);
        monde.send_mails().await;
        assert_eq!((first().await.sort, first().await.le), (SortCourriel::Differe, asked));
        monde.clock.advance(MINUTE);
        monde.send_mails().await;
        assert_eq!((first().await.sort, first().await.le), (SortCourriel::Remis, asked + MINUTE));
    }

    async fn the_follow_up_shows_a_refused_mail_and_hides_a_moot_one(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        monde.boite.fail_next([SendError::Recipient("550".to_owned())]);
        monde.send_mails().await;
        monde.execute("INSERT INTO courriel (genre, compte_id, destinataire_cle, cree_le, prochain_essai_le, essais, etat, message_id) \
            VALUES ('activation', 1, '', 0, 0, 1, 'moot', 'm@x')").await;
        let told = monde.backend.courriels_suivis(monde.backend.db().connection(), 1).await.unwrap();
        assert_eq!(told.iter().map(|mail| mail.sort).collect::<Vec<_>>(), [SortCourriel::Refuse]);
    }
}
