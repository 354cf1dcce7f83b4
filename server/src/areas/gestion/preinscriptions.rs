//! Who asks for a place in a session, and what the staff decides.

mod deliberations;
mod liste;
mod port;
