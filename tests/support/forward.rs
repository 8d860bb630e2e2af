//! Ports that lead to a door of the lab, at once or after a while.

use std::net::SocketAddr;
use std::net::TcpListener;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::thread;

/// A port that leads to a door, and counts who comes.
pub struct Counted {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl Counted {
    pub fn new(door: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::<AtomicUsize>::default();
        let (door, counted) = (door.to_owned(), Arc::clone(&connections));
        thread::spawn(move || {
            for near in listener.incoming() {
                counted.fetch_add(1, Relaxed);
                let (near, far) = (near.unwrap(), TcpStream::connect(&door).unwrap());
                lead(near.try_clone().unwrap(), far.try_clone().unwrap());
                lead(far, near);
            }
        });
        Self {
            address,
            connections,
        }
    }

    /// How many have come.
    pub fn connections(&self) -> usize {
        self.connections.load(Relaxed)
    }
}

/// A port that closes so many connections, as one that is forwarded to nobody does, and then leads to `door`.
pub fn late(door: &str, closed: usize) -> SocketAddr {
    forward(TcpListener::bind("127.0.0.1:0").unwrap(), door, closed)
}

/// The same behind a listener of any kind of address.
pub fn forward(listener: TcpListener, door: &str, closed: usize) -> SocketAddr {
    let address = listener.local_addr().unwrap();
    let door = door.to_owned();
    thread::spawn(move || {
        for incoming in listener.incoming().skip(closed) {
            let (Ok(near), Ok(far)) = (incoming, TcpStream::connect(&door)) else {
                return;
            };
            lead(near.try_clone().unwrap(), far.try_clone().unwrap());
            lead(far, near);
        }
    });
    address
}

fn lead(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(std::net::Shutdown::Write);
    });
}
