//! The server functions.

pub mod inscription;
pub mod reouverture;
pub mod reprise;
