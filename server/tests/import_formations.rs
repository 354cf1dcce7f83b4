//! A file of sessions: a line a séance, all of them or none.
