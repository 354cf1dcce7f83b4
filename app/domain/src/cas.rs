use serde::{Deserialize, Serialize};

use super::codes;

codes! {
    /// The three ways of registering that the source names « cas de figure ».
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum Cas {
        /// Cas 1: the service RH of the collectivité presents its agent.
        #[serde(rename = "service")]
        ServiceRh = "service", "Par le service RH de ma collectivité";
        /// Cas 2: the person works for a collectivité, and nothing may be attached to their agent's file there.
        #[serde(rename = "personnel")]
        Personnel = "personnel", "À titre personnel";
        /// Cas 3: the person is independent.
        #[serde(rename = "independant")]
        Independant = "independant", "Comme indépendant";
    }
}
