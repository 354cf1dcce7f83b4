//! The pages around the six tabs: orientation, collectivité, giving up, sent.

mod annuler;
mod collectivite;
mod envoyee;
mod orientation;
mod service_rh;

pub use annuler::PageAnnuler;
pub use collectivite::PageCollectivite;
pub use envoyee::PageEnvoyee;
pub use orientation::PageOrientation;
pub use service_rh::PageServiceRh;
