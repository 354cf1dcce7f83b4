//! Shares a few places fairly between networks. Each network has its own line, and the lines take turns. Even if many
//! wait from one network, a person of another network waits for only one of each line.

use std::collections::VecDeque;
use std::net::Ipv6Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::base::exchange::Client;
use tokio::sync::oneshot;

/// When all waiting places are taken, the last of the longest line leaves its place to a shorter line.
#[derive(Clone)]
pub struct Tours(Arc<Mutex<Lines>>);

struct Lines {
    free: usize,
    waiting: usize,
    waiting_max: usize,
    /// The first line gets the next turn.
    lines: VecDeque<(String, VecDeque<oneshot::Sender<()>>)>,
}

/// The right to work. A drop gives it back.
pub struct Permit(Tours);

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.release();
    }
}

/// A place in a line. If its owner goes away just as the turn comes, the turn goes to the next one.
struct Place {
    turn: oneshot::Receiver<()>,
    tours: Tours,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.turn.close();
        if self.turn.try_recv().is_ok() {
            self.tours.release();
        }
    }
}

impl Tours {
    pub fn new(at_once: usize, waiting_max: usize) -> Self {
        Self(Arc::new(Mutex::new(Lines { free: at_once, waiting: 0, waiting_max, lines: VecDeque::new() })))
    }

    /// Waits for a turn; `None` after `patience`, or when there is no place to wait.
    pub async fn enter(&self, client: &Client, patience: Duration) -> Option<Permit> {
        let mut place = {
            let mut lines = self.lock();
            if lines.free > 0 {
                lines.free -= 1;
                return Some(Permit(self.clone()));
            }
            let turn = lines.wait(subscribers(client))?;
            Place { turn, tours: self.clone() }
        };
        let turn = tokio::time::timeout(patience, &mut place.turn).await;
        matches!(turn, Ok(Ok(()))).then(|| Permit(self.clone()))
    }

    /// Whether one more of this network may wait.
    pub fn has_room(&self, client: &Client) -> bool {
        let mut lines = self.lock();
        lines.free > 0 || lines.has_place(&subscribers(client))
    }

    /// How many turns are free, and how many requests wait.
    pub fn load(&self) -> (usize, usize) {
        let lines = self.lock();
        (lines.free, lines.waiting)
    }

    fn release(&self) {
        let mut lines = self.lock();
        while let Some((network, mut line)) = lines.lines.pop_front() {
            let next = line.pop_front();
            if !line.is_empty() {
                lines.lines.push_back((network, line));
            }
            let Some(next) = next else { continue };
            lines.waiting -= 1;
            if next.send(()).is_ok() {
                return;
            }
        }
        lines.free += 1;
    }

    fn lock(&self) -> MutexGuard<'_, Lines> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    fn wait(&mut self, network: String) -> Option<oneshot::Receiver<()>> {
        if !self.has_place(&network) {
            return None;
        }
        if self.waiting >= self.waiting_max {
            self.send_away();
        }
        let (turn, waits) = oneshot::channel();
        match self.lines.iter_mut().find(|(known, _)| *known == network) {
            Some((_, line)) => line.push_back(turn),
            None => self.lines.push_back((network, VecDeque::from([turn]))),
        }
        self.waiting += 1;
        Some(waits)
    }

    /// Whether this network may wait. If all places are taken, another line must be longer by more than one: its last
    /// one will leave.
    fn has_place(&mut self, network: &str) -> bool {
        if self.waiting < self.waiting_max {
            return true;
        }
        self.forget_who_left();
        let own = self.lines.iter().find(|(known, _)| known == network).map_or(0, |(_, line)| line.len());
        self.waiting < self.waiting_max || self.lines.iter().any(|(_, line)| line.len() > own + 1)
    }

    /// Removes the last of the longest line.
    fn send_away(&mut self) {
        if let Some((_, line)) = self.lines.iter_mut().max_by_key(|(_, line)| line.len())
            && line.pop_back().is_some()
        {
            self.waiting -= 1;
        }
    }

    fn forget_who_left(&mut self) {
        for (_, line) in &mut self.lines {
            line.retain(|turn| !turn.is_closed());
        }
        self.lines.retain(|(_, line)| !line.is_empty());
        self.waiting = self.lines.iter().map(|(_, line)| line.len()).sum();
    }
}

/// The name of the line: an IPv4 address, or a /48 of IPv6, because one subscriber may have a /48.
fn subscribers(client: &Client) -> String {
    wider(client, 48).map_or_else(|| client.0.clone(), |block| block.0)
}

/// The block of `bits` bits that contains an IPv6 client. `None` for any other client.
pub fn wider(client: &Client, bits: u32) -> Option<Client> {
    let address: Ipv6Addr = client.0.strip_suffix("/64")?.parse().ok()?;
    let kept = u128::MAX << (128 - bits);
    Some(Client(format!("{}/{bits}", Ipv6Addr::from(u128::from(address) & kept))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    fn client(name: &str) -> Client {
        Client(name.to_owned())
    }

    /// Waits in the line of `name`, and adds `name` to `said` when its turn comes.
    fn queue(tours: &Tours, name: &'static str, said: &Arc<Mutex<Vec<&'static str>>>) -> tokio::task::JoinHandle<bool> {
        let (tours, said) = (tours.clone(), said.clone());
        tokio::spawn(async move {
            let permit = tours.enter(&client(name), LONG).await;
            if permit.is_some() {
                said.lock().unwrap().push(name);
                tokio::task::yield_now().await;
            }
            permit.is_some()
        })
    }

    async fn settled() {
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn lines_take_turns_however_long_one_is() {
        let tours = Tours::new(1, 64);
        let first = tours.enter(&client("elsewhere"), LONG).await.unwrap();
        let said = Arc::default();
        let mut waiting: Vec<_> = (0..10).map(|_| queue(&tours, "crowd", &said)).collect();
        settled().await;
        waiting.push(queue(&tours, "one", &said));
        waiting.push(queue(&tours, "two", &said));
        settled().await;
        assert_eq!(tours.load(), (0, 12));
        drop(first);
        for served in waiting {
            assert!(served.await.unwrap());
        }
        let said = said.lock().unwrap();
        assert_eq!(said[..4], ["crowd", "one", "two", "crowd"]);
        assert_eq!(tours.load(), (1, 0));
    }

    #[tokio::test]
    async fn a_crowd_of_one_network_leaves_a_place_to_any_other() {
        let tours = Tours::new(1, 4);
        let first = tours.enter(&client("elsewhere"), LONG).await.unwrap();
        let said = Arc::default();
        let crowd: Vec<_> = (0..4).map(|_| queue(&tours, "crowd", &said)).collect();
        settled().await;
        assert!(!tours.has_room(&client("crowd")));
        assert!(tours.enter(&client("crowd"), LONG).await.is_none(), "at once");
        let others: Vec<_> = ["one", "two", "three"].map(|name| queue(&tours, name, &said)).into();
        settled().await;
        assert_eq!(tours.load(), (0, 4));
        assert!(!tours.has_room(&client("four")), "each place is another network's");
        drop(first);
        for served in others {
            assert!(served.await.unwrap());
        }
        let served = futures::future::join_all(crowd).await.into_iter().filter(|served| *served.as_ref().unwrap());
        assert_eq!(served.count(), 1, "the first of the crowd kept its place");
    }

    #[tokio::test]
    async fn whoever_gives_up_takes_no_turn_with_them() {
        let tours = Tours::new(1, 4);
        let first = tours.enter(&client("a"), LONG).await.unwrap();
        for _ in 0..8 {
            assert!(tours.enter(&client("b"), Duration::from_millis(1)).await.is_none());
        }
        // A request goes away after its turn came and before it takes it.
        let said = Arc::default();
        let gone = queue(&tours, "b", &said);
        settled().await;
        drop(first);
        gone.abort();
        settled().await;
        assert!(tours.enter(&client("c"), Duration::from_millis(1)).await.is_some());
        assert_eq!(tours.load(), (1, 0));
    }

    #[test]
    fn a_block_of_ipv6_shares_a_line() {
        for (name, line) in [
            ("192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2::/64", "2001:db8:1::/48"),
            ("2001:db8:1:ff::/64", "2001:db8:1::/48"),
            ("2001:db8:2:ff::/64", "2001:db8:2::/48"),
            ("net of somebody", "net of somebody"),
        ] {
            assert_eq!(subscribers(&client(name)), line);
        }
        assert_eq!(wider(&client("2001:db8:1:1ff::/64"), 56), Some(client("2001:db8:1:100::/56")));
        assert_eq!(wider(&client("192.0.2.1"), 56), None);
    }
}
