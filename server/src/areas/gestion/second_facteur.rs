//! The second factor of the staff.

pub mod port;
