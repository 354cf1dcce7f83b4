//! Hashes passwords with argon2id, on threads of their own. One core stays free for other work. The queue is bounded,
//! and networks share it fairly.

use std::sync::Arc;
use std::time::Duration;

use app::base::exchange::Client;
use argon2::Params;
use argon2::password_hash::phc::PasswordHash;
use domain::valeurs::{MotDePasse, MotDePasseRefuse};
use prometheus_client::metrics::histogram::Histogram;
use tokio::sync::Semaphore;

use super::argon2id::{Argon2id, MEMORY_KIB, PASSES};
use super::fuites::Fuites;
use super::threads::Threads;
use super::tours::Tours;
use crate::clock::Stopwatch;
use crate::error::BackendError;
use crate::metrics::attente::wait_times;

/// A stored hash that needs more memory was not made here. To compute it would be an attack on this server.
const STORED_MEMORY_MAX_KIB: u32 = 128 * 1_024;

const WAITING_MAX: usize = 64;
const WAIT: Duration = Duration::from_secs(2);

/// How many characters of a password are used to estimate its strength.
const ESTIMATED: usize = 64;

/// How many personal texts a password is compared with.
const OWN_DATA_MAX: usize = 64;

/// How many strengths are estimated at once.
const ESTIMATES: usize = 2;

#[derive(Clone)]
pub struct Passwords {
    threads: Arc<Threads>,
    tours: Tours,
    argon2id: Arc<Argon2id>,
    estimating: Arc<Semaphore>,
    /// A login without an account is verified against this hash, so that it takes as long as a real one.
    dummy: Arc<str>,
    /// One core fewer than the machine has: many logins do not slow down the pages.
    at_once: usize,
    /// How long each hash waited for a core, in seconds.
    waits: Histogram,
    /// The leaked passwords, if the operator has their file.
    fuites: Option<Fuites>,
}

/// The outcome of a verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, but the stored hash is weaker than today's minimum: store this hash instead.
    RightButWeak(String),
}

impl Verdict {
    /// The hash to store after a right password: the present one, or the stronger one.
    pub fn kept<'a>(&'a self, proved: &'a str) -> &'a str {
        match self {
            Self::RightButWeak(stronger) => stronger,
            Self::Right | Self::Wrong => proved,
        }
    }
}

impl Passwords {
    /// # Errors
    /// When the hasher refuses its own parameters.
    pub fn new(fuites: Option<Fuites>) -> Result<Self, BackendError> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let at_once = cores.saturating_sub(1).max(1);
        let argon2id = Argon2id::default();
        let dummy = compute(&argon2id, "nobody’s password")?;
        Ok(Self {
            threads: Arc::new(Threads::new(at_once).map_err(|error| BackendError::Password(error.to_string()))?),
            tours: Tours::new(at_once, WAITING_MAX),
            argon2id: Arc::new(argon2id),
            estimating: Arc::new(Semaphore::new(ESTIMATES)),
            dummy: dummy.into(),
            at_once,
            waits: wait_times(),
            fuites,
        })
    }

    /// How long each hash waited for a core, in seconds.
    pub fn waits(&self) -> &Histogram {
        &self.waits
    }

    /// How many hashes are being computed, and how many wait.
    pub fn load(&self) -> (usize, usize) {
        let (free, waiting) = self.tours.load();
        (self.at_once - free, waiting)
    }

    /// Whether this network may wait for one more turn. Callers ask before they read anything, so a refusal costs
    /// almost nothing.
    ///
    /// # Errors
    /// `Busy` when too many wait already.
    pub fn admit(&self, client: &Client) -> Result<(), BackendError> {
        if self.tours.has_room(client) { Ok(()) } else { Err(BackendError::Busy) }
    }

    /// Hashes a chosen password. Refuses one that is too short, too long, close to the personal data, or leaked.
    ///
    /// # Errors
    /// `Busy` after two seconds of waiting, or when too many wait already. `Fuites` when the operator's file of leaked
    /// passwords cannot be read: no password is accepted unchecked.
    pub async fn choose(
        &self,
        client: &Client,
        password: &str,
        length_min: usize,
        own_data: Vec<String>,
    ) -> Result<Result<String, MotDePasseRefuse>, BackendError> {
        let password = match MotDePasse::parse(password, length_min) {
            Ok(password) => password,
            Err(why) => return Ok(Err(why)),
        };
        if self.is_weak_choice(&password, own_data).await? {
            return Ok(Err(MotDePasseRefuse::TropFaible));
        }
        let fuites = self.fuites.clone();
        self.run(client, move |argon2id| {
            if let Some(fuites) = fuites
                && fuites.contains(password.expose()).map_err(BackendError::Fuites)?
            {
                return Ok(Err(MotDePasseRefuse::Fuite));
            }
            compute(argon2id, password.expose()).map(Ok)
        })
        .await
    }

    /// Whether zxcvbn finds the beginning of a password weak. Signs that look like letters make zxcvbn slow. So it
    /// reads a bounded text, a few at once, and never on a hashing thread.
    async fn is_weak_choice(&self, password: &MotDePasse, own_data: Vec<String>) -> Result<bool, BackendError> {
        let turn = tokio::time::timeout(WAIT, self.estimating.clone().acquire_owned()).await;
        let permit = turn.map_err(|_| BackendError::Busy)?.map_err(|_| BackendError::Task)?;
        let password = beginning(password.expose());
        let estimate = tokio::task::spawn_blocking(move || {
            let own_data: Vec<String> = own_data.iter().take(OWN_DATA_MAX).map(|own| beginning(own)).collect();
            let own_data: Vec<&str> = own_data.iter().map(String::as_str).collect();
            let weak = zxcvbn::zxcvbn(&password, &own_data).score() < zxcvbn::Score::Three;
            drop(permit);
            weak
        });
        estimate.await.map_err(|_| BackendError::Task)
    }

    /// Verifies a password against `stored`. Without a stored hash, does the same work for nothing.
    ///
    /// # Errors
    /// `Busy` after two seconds of waiting, or when too many wait already.
    pub async fn verify(
        &self,
        client: &Client,
        password: &str,
        stored: Option<String>,
    ) -> Result<Verdict, BackendError> {
        // A password that is too long cannot be right. It is never hashed, but its refusal takes as long as any other.
        let typed = MotDePasse::parse(password, 0).ok();
        let known = stored.is_some() && typed.is_some();
        let dummy = self.dummy.clone();
        let stored = stored.unwrap_or_else(|| dummy.as_ref().to_owned());
        self.run(client, move |argon2id| {
            // A malformed hash, or one that needs too much memory, is refused in the same time as any other.
            let (stored, params) = match affordable(&stored) {
                Some(params) => (stored, params),
                None => {
                    argon2id.is_of("", &dummy);
                    return Ok(Verdict::Wrong);
                }
            };
            let password = typed.as_ref().map_or("", MotDePasse::expose);
            let right = argon2id.is_of(password, &stored);
            match (right && known, is_weak(&params)) {
                (false, _) => Ok(Verdict::Wrong),
                (true, false) => Ok(Verdict::Right),
                (true, true) => compute(argon2id, password).map(Verdict::RightButWeak),
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        client: &Client,
        work: impl FnOnce(&Argon2id) -> Result<T, BackendError> + Send + 'static,
    ) -> Result<T, BackendError> {
        let watch = Stopwatch::start();
        let turn = self.tours.enter(client, WAIT).await;
        // A request that gave up has waited too.
        self.waits.observe(watch.seconds());
        let permit = turn.ok_or(BackendError::Busy)?;
        // The permit moves into the task: if the client goes away, the hash still holds its core until it ends.
        let argon2id = self.argon2id.clone();
        let task = self.threads.spawn(move || {
            let outcome = work(&argon2id);
            drop(permit);
            outcome
        });
        task.ok_or(BackendError::Task)?.await.map_err(|_| BackendError::Task)?
    }
}

/// The part of a text that is used.
fn beginning(text: &str) -> String {
    text.chars().take(ESTIMATED).collect()
}

fn compute(argon2id: &Argon2id, password: &str) -> Result<String, BackendError> {
    argon2id.hash(password).map_err(|error| BackendError::Password(error.to_string()))
}

/// The parameters of a stored hash. `None` when it is malformed or needs too much memory.
fn affordable(stored: &str) -> Option<Params> {
    let hash = PasswordHash::new(stored).ok()?;
    Params::try_from(&hash).ok().filter(|params| params.m_cost() <= STORED_MEMORY_MAX_KIB)
}

fn is_weak(params: &Params) -> bool {
    params.m_cost() < MEMORY_KIB || params.t_cost() < PASSES
}

#[cfg(test)]
mod tests {
    use argon2::{Algorithm, Argon2, PasswordHasher, Version};

    use super::*;

    const GOOD: &str = "neuf lanternes violettes";

    fn net() -> Client {
        Client("192.0.2.1".to_owned())
    }

    #[tokio::test]
    async fn a_good_password_is_kept_and_known_again() {
        let passwords = Passwords::new(None).unwrap();
        let hash = passwords.choose(&net(), GOOD, MotDePasse::MIN, vec![]).await.unwrap().unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_eq!(passwords.verify(&net(), GOOD, Some(hash.clone())).await.unwrap(), Verdict::Right);
        assert_eq!(passwords.verify(&net(), "autre", Some(hash)).await.unwrap(), Verdict::Wrong);
        assert_eq!(passwords.verify(&net(), "nobody’s password", None).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn a_crowd_of_one_network_keeps_nobody_else_from_their_turn() {
        let passwords = Passwords::new(None).unwrap();
        let hash = passwords.choose(&net(), GOOD, MotDePasse::MIN, vec![]).await.unwrap().unwrap();
        // A /56 has 256 of the networks (/64) by which logins are counted.
        let crowd: Vec<_> = (0..200)
            .map(|at| {
                let (passwords, client) = (passwords.clone(), Client(format!("2001:db8:1:{at:x}::/64")));
                tokio::spawn(async move { passwords.verify(&client, "faux", None).await })
            })
            .collect();
        tokio::task::yield_now().await;
        while passwords.load().1 < WAITING_MAX {
            tokio::task::yield_now().await;
        }
        assert!(matches!(passwords.admit(&Client("2001:db8:1:ff::/64".to_owned())), Err(BackendError::Busy)));
        for at in 0..5 {
            let client = Client(format!("192.0.2.{at}"));
            passwords.admit(&client).unwrap();
            assert_eq!(passwords.verify(&client, GOOD, Some(hash.clone())).await.unwrap(), Verdict::Right);
        }
        drop(crowd);
    }

    #[tokio::test]
    async fn an_estimate_that_takes_long_holds_no_thread_that_hashes() {
        let passwords = Passwords::new(None).unwrap();
        let hash = passwords.choose(&net(), GOOD, MotDePasse::MIN, vec![]).await.unwrap().unwrap();
        // All places for estimates are taken, and no place for hashes.
        let taken = passwords.estimating.clone().acquire_many_owned(ESTIMATES as u32).await.unwrap();
        let signs = "4@8({[<3691!|0$5+7%2".repeat(6);
        let net = net();
        let chosen = passwords.choose(&net, &signs, MotDePasse::MIN, vec![]);
        let verified = async {
            let verdict = passwords.verify(&net, GOOD, Some(hash)).await.unwrap();
            drop(taken);
            verdict
        };
        let (_, verdict) = tokio::join!(chosen, verified);
        assert_eq!(verdict, Verdict::Right);
        assert_eq!(beginning(&signs).chars().count(), ESTIMATED);
    }

    #[tokio::test]
    async fn an_invalid_hash_is_refused_as_slowly_as_a_valid_one() {
        let passwords = Passwords::new(None).unwrap();
        let time = async |stored: Option<String>| {
            let watch = Stopwatch::start();
            assert_eq!(passwords.verify(&net(), GOOD, stored).await.unwrap(), Verdict::Wrong);
            watch.seconds()
        };
        // Turn by turn, and the quickest of each: a machine that is busy meanwhile slows both down.
        let (mut nobody, mut disarmed) = (f64::MAX, f64::MAX);
        for _ in 0..8 {
            nobody = nobody.min(time(None).await);
            disarmed = disarmed.min(time(Some(String::new())).await);
        }
        assert!(disarmed > nobody / 3.0, "{disarmed} s, and {nobody} s where there is nobody");
    }

    #[tokio::test]
    async fn a_bad_password_is_refused_with_its_reason() {
        let passwords = Passwords::new(None).unwrap();
        let own = || vec!["Zorngetaillebois".to_owned(), "Philomène".to_owned()];
        for (typed, why) in [
            ("court", MotDePasseRefuse::TropCourt),
            ("motdepasse123", MotDePasseRefuse::TropFaible),
            ("Zorngetaillebois", MotDePasseRefuse::TropFaible),
        ] {
            assert_eq!(passwords.choose(&net(), typed, MotDePasse::MIN, own()).await.unwrap(), Err(why), "{typed}");
        }
        let long = "é".repeat(MotDePasse::MAX + 1);
        assert_eq!(
            passwords.choose(&net(), &long, MotDePasse::MIN, own()).await.unwrap(),
            Err(MotDePasseRefuse::TropLong)
        );
    }

    #[tokio::test]
    async fn the_same_password_composed_otherwise_is_the_same() {
        let passwords = Passwords::new(None).unwrap();
        let hash = passwords.choose(&net(), "l’été à Ménilmontant", MotDePasse::MIN, vec![]).await.unwrap().unwrap();
        let decomposed = "l’e\u{301}te\u{301} a\u{300} Me\u{301}nilmontant";
        assert_eq!(passwords.verify(&net(), decomposed, Some(hash)).await.unwrap(), Verdict::Right);
    }

    #[tokio::test]
    async fn a_weaker_hash_is_replaced_and_a_monstrous_one_is_never_computed() {
        let passwords = Passwords::new(None).unwrap();
        let with = |memory| {
            let params = Params::new(memory, 1, 1, None).unwrap();
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password(GOOD.as_bytes()).unwrap().to_string()
        };
        let verdict = passwords.verify(&net(), GOOD, Some(with(1_024))).await.unwrap();
        assert!(matches!(verdict, Verdict::RightButWeak(hash) if hash.contains("m=19456")));
        let monstrous = with(1_024).replace("m=1024", "m=1048576");
        assert_eq!(passwords.verify(&net(), GOOD, Some(monstrous)).await.unwrap(), Verdict::Wrong);
    }
}
