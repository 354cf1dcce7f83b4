//! The value types: one way in ([`crate::onglet::Read`]), a rule each, and `Display` that reads back.
