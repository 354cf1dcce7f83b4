//! What every journey needs: a database of its own, a clock that obeys, the mails that left.

pub mod donnees;
mod monde;
mod navigateur;
mod poste;
mod postgres;

pub use monde::Monde;
pub use navigateur::Navigateur;
pub use poste::Boite;

/// Runs each test on SQLite and on PostgreSQL, in a database of its own; on several threads, unless a flavour is named.
macro_rules! on_both_engines {
    (flavor = $flavor:literal; $($(#[$meta:meta])* async fn $name:ident($monde:ident: Monde) $body:block)*) => {
        $( async fn $name($monde: $crate::support::Monde) $body )*

        mod sqlite {
            $( #[tokio::test(flavor = $flavor)] $(#[$meta])* async fn $name() {
                super::$name($crate::support::Monde::on_sqlite().await).await;
            } )*
        }

        mod postgres {
            $( #[tokio::test(flavor = $flavor)] $(#[$meta])* async fn $name() {
                super::$name($crate::support::Monde::on_postgres().await).await;
            } )*
        }
    };
    ($($tests:tt)*) => {
        on_both_engines! { flavor = "multi_thread"; $($tests)* }
    };
}
