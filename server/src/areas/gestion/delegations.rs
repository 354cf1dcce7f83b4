//! The délégations that organise sessions of training.

mod port;
