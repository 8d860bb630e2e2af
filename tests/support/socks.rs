//! A SOCKS5 proxy that tunnels to one place, wants a login, or refuses; it keeps what it heard.

use std::io;
use std::io::Read as _;
use std::io::Write as _;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Shutdown;
use std::net::SocketAddr;
use std::net::TcpListener;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::Mutex;
use std::thread;

/// What a proxy does with a request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    /// User and password, without which nobody is served.
    pub login: Option<(&'static str, &'static str)>,
    /// The reply to every request, in place of a tunnel.
    pub reply: Option<u8>,
    /// What is said before anything else, in place of SOCKS; empty: nothing, for ever.
    pub instead: Option<&'static [u8]>,
}

/// A proxy on loopback, as long as the test runs.
pub struct Socks {
    pub address: SocketAddr,
    /// Each destination, as it was asked for: `name:port` or `address:port`.
    pub asked: Arc<Mutex<Vec<String>>>,
}

/// A destination's port is dialled on loopback, whatever its host.
pub fn socks(manner: Manner) -> Socks {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::default();
    let shared = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (stream, shared) = (stream.unwrap(), Arc::clone(&shared));
            thread::spawn(move || serve(stream, manner, &shared));
        }
    });
    Socks { address, asked }
}

fn read<const N: usize>(stream: &mut TcpStream) -> io::Result<[u8; N]> {
    let mut octets = [0; N];
    stream.read_exact(&mut octets).map(|()| octets)
}

/// A field behind its length.
fn field(stream: &mut TcpStream) -> io::Result<String> {
    let [length] = read(stream)?;
    let mut octets = vec![0; usize::from(length)];
    stream.read_exact(&mut octets)?;
    Ok(String::from_utf8(octets).unwrap())
}

fn serve(mut client: TcpStream, manner: Manner, asked: &Mutex<Vec<String>>) -> io::Result<()> {
    if let Some(instead) = manner.instead {
        client.write_all(instead)?;
        // Until the client goes.
        return client.read_to_end(&mut Vec::new()).map(|_| ());
    }
    let [_, count] = read(&mut client)?;
    let mut methods = vec![0; usize::from(count)];
    client.read_exact(&mut methods)?;
    let method = if manner.login.is_some() { 2 } else { 0 };
    if !methods.contains(&method) {
        return client.write_all(b"\x05\xff");
    }
    client.write_all(&[5, method])?;
    if let Some((user, password)) = manner.login {
        let [_] = read(&mut client)?;
        let given = (field(&mut client)?, field(&mut client)?);
        let fits = given == (user.to_owned(), password.to_owned());
        client.write_all(&[1, u8::from(!fits)])?;
        if !fits {
            return Ok(());
        }
    }
    let [_, _, _, kind] = read(&mut client)?;
    let host = match kind {
        1 => IpAddr::from(read::<4>(&mut client)?).to_string(),
        4 => IpAddr::from(read::<16>(&mut client)?).to_string(),
        _ => field(&mut client)?,
    };
    let port = u16::from_be_bytes(read(&mut client)?);
    asked.lock().unwrap().push(format!("{host}:{port}"));
    if let Some(reply) = manner.reply {
        return client.write_all(&[5, reply, 0, 1, 0, 0, 0, 0, 0, 0]);
    }
    let mut origin = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    client.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0])?;
    let (mut back_from, mut back_to) = (origin.try_clone()?, client.try_clone()?);
    thread::spawn(move || {
        let _ = io::copy(&mut back_from, &mut back_to);
        let _ = back_to.shutdown(Shutdown::Both);
    });
    io::copy(&mut client, &mut origin)?;
    origin.shutdown(Shutdown::Write)
}
