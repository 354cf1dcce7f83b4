//! What stands around the six tabs: orientation, collectivité, giving up, sent.

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

pub const ORIENTATION: &str = "/inscription";
pub const SERVICE_RH: &str = "/inscription/service-rh";
pub const COLLECTIVITE: &str = "/inscription/collectivite";
pub const ANNULER: &str = "/inscription/annuler";
pub const ENVOYEE: &str = "/inscription/envoyee";
