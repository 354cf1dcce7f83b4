//! The catalogue of sessions, and the préinscriptions of a person.

pub mod catalogue;
mod temporary;
