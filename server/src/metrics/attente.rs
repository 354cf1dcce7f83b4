//! What the numbers are made of.

use std::sync::atomic::AtomicU64;

use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;

/// A gauge of seconds.
pub type Seconds = Gauge<f64, AtomicU64>;

/// One label, with a fixed set of values.
pub type Label = [(&'static str, &'static str); 1];

/// From 1 ms to 2 s, the time limit of a wait.
pub fn wait_times() -> Histogram {
    Histogram::new([0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0])
}
