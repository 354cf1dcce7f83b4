//! The work beside the requests. Every job may run twice, and in two servers at once.

pub mod corrections;
pub mod decisions;
pub mod formations;
pub mod lettre;
pub mod outbox;
pub mod poste;
pub mod purge;
pub mod rappels;
pub mod repliage;
pub mod resumes;
pub mod sceaux;
