pub mod formations;
pub mod import;
