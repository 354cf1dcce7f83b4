//! The service formation of a collectivité (cas 1) and its agents.

pub mod brouillon_agent;
pub mod brouillons_agents;
pub mod port;
