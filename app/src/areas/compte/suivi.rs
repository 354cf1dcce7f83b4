//! The state of a request, for anybody who knows its reference and its address.

mod courriels;
mod frise;
mod page_demande;
mod page_suivi;

pub use courriels::Courriels;
pub use frise::Frise;
pub use page_demande::PageSuiviDemande;
pub use page_suivi::PageSuivi;

use domain::compte::Statut;
use domain::suivi::Suivi;

/// The heading of a page about a request.
pub fn heading(suivi: &Suivi) -> &'static str {
    match suivi.statut {
        Statut::Actif => "Votre compte est validé",
        Statut::Refuse => "Votre demande n’a pas été acceptée",
        Statut::ACompleter if suivi.is_to_review() => "Votre demande est à relire",
        Statut::ACompleter => "Votre demande est à compléter",
        Statut::Suspendu => "Votre compte est suspendu",
        Statut::Retiree => "Votre demande est retirée",
        Statut::Expiree => "Votre demande a expiré",
        Statut::EnAttenteActivation => "Votre demande attend son activation",
        Statut::AValider => "Votre demande attend sa validation",
    }
}
