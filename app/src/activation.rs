//! Pages behind a mailed link. Opening one changes nothing; only the form's POST consumes it.

mod choix;
mod page_activation;
mod page_adresse;
mod page_invitation;
mod page_reinitialisation;
mod page_reprise;
mod perdu;

pub use choix::password_error;
pub use page_activation::PageActivation;
pub use page_adresse::PageAdresse;
pub use page_invitation::PageInvitation;
pub use page_reinitialisation::PageReinitialisation;
pub use page_reprise::PageReprise;
pub use perdu::PageMotDePassePerdu;
