//! The tools of every journey: a database of its own, a clock that obeys, the mails that left.

mod contenu;
pub mod donnees;
pub mod facteur;
pub mod formations;
mod monde;
mod navigateur;
mod poste;
mod postgres;
mod rh;
pub mod sources;

pub use monde::Monde;
pub use navigateur::Navigateur;
pub use poste::Boite;
pub use postgres::fresh_database as fresh_postgres;

/// Runs each test on SQLite and on PostgreSQL, in a database of its own.
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($monde:ident: Monde) $body:block)*) => {
        $( async fn $name($monde: $crate::support::Monde) $body )*

        mod sqlite {
            $( #[tokio::test(flavor = "multi_thread")] $(#[$meta])* async fn $name() {
                super::$name($crate::support::Monde::on_sqlite().await).await;
            } )*
        }

        mod postgres {
            $( #[tokio::test(flavor = "multi_thread")] $(#[$meta])* async fn $name() {
                super::$name($crate::support::Monde::on_postgres().await).await;
            } )*
        }
    };
}
