use futures::future::join_all;
use server::clock::Clock;
use server::persistence::jetons;
use server::security::tokens::Usage;

on_both_engines! {
    async fn of_eight_who_use_a_link_at_once_one_does(monde: Monde) {
        let now = monde.clock.now();
        jetons::issue(monde.backend.db().connection(), "lien", Usage::Reinitialisation, 1, "cle", now).await.unwrap();
        let race = (0..8).map(|_| {
            let db = monde.backend.db().clone();
            tokio::spawn(async move {
                let write = db.begin().await.unwrap();
                let used = jetons::consume(&*write, "lien", now).await.unwrap();
                write.commit().await.unwrap();
                used
            })
        });
        let used = join_all(race).await.into_iter().filter(|used| *used.as_ref().unwrap()).count();
        assert_eq!(used, 1);
    }
}
