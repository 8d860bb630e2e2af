//! TLS servers that leave at different moments, with a FIN or with a reset: whatever the race between their goodbye and
//! the client's next write, a port that was seen to speak TLS is never to be called in plaintext.

use std::io::Read as _;
use std::io::Write as _;
use std::net::TcpListener;
use std::net::TcpStream;
use std::sync::Arc;

use rcgen::CertificateParams;
use rustls::ServerConfig;
use rustls::ServerConnection;

use super::*;
use crate::tls_server::Authority;

/// When the server leaves.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// Its hello and its certificate are written, the client's Finished is not read.
    ItsFlight,
    TheHandshake,
    /// An alert, and then it leaves.
    AnAlert,
    Settings,
}

const MOMENTS: [Moment; 4] = [
    Moment::ItsFlight,
    Moment::TheHandshake,
    Moment::AnAlert,
    Moment::Settings,
];

/// Serves one client after another so, until the test ends.
fn leaving(config: Arc<ServerConfig>, moment: Moment, reset: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for socket in listener.incoming() {
            // A client that is gone early is no matter.
            let _ = socket.and_then(|socket| serve_one(socket, config.clone(), moment, reset));
        }
    });
    format!("localhost:{}", address.port())
}

fn serve_one(
    mut socket: TcpStream,
    config: Arc<ServerConfig>,
    moment: Moment,
    reset: bool,
) -> std::io::Result<()> {
    let mut tls = ServerConnection::new(config).map_err(std::io::Error::other)?;
    while tls.is_handshaking() {
        if tls.wants_write() {
            tls.write_tls(&mut socket)?;
            if matches!(moment, Moment::ItsFlight) && !tls.wants_write() {
                break;
            }
        } else {
            tls.read_tls(&mut socket)?;
            tls.process_new_packets().map_err(std::io::Error::other)?;
        }
    }
    match moment {
        Moment::ItsFlight | Moment::TheHandshake => {}
        Moment::AnAlert => tls.send_close_notify(),
        Moment::Settings => tls.writer().write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0])?,
    }
    while tls.wants_write() && !matches!(moment, Moment::ItsFlight) {
        tls.write_tls(&mut socket)?;
    }
    if !reset {
        // What was read leaves nothing for the system to answer with a reset.
        socket.shutdown(std::net::Shutdown::Write)?;
        let mut rest = [0; 4096];
        while socket.read(&mut rest)? > 0 {}
    }
    // A close with octets unread resets the connection.
    Ok(())
}

#[test]
fn tls_that_was_seen_rules_plaintext_out() {
    let authority = Authority::new();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let config = authority.config(params);
    thread::scope(|scope| {
        for moment in MOMENTS {
            for reset in [false, true] {
                let address = leaving(config.clone(), moment, reset);
                let ca = authority.file();
                scope.spawn(move || {
                    for _ in 0..rounds() {
                        judge(&address, &ca, moment, reset);
                    }
                });
            }
        }
    });
}

/// A race shows in some of many runs: a variable asks for them.
#[expect(clippy::disallowed_methods, reason = "a variable asks for more runs")]
fn rounds() -> usize {
    let asked = std::env::var("CLOSES_ROUNDS").ok();
    asked.map_or(4, |rounds| rounds.parse().unwrap())
}

fn judge(address: &str, ca: &std::path::Path, moment: Moment, reset: bool) {
    for command in ["handshake", "list"] {
        let mut run = grpcauth();
        run.args([command, address, "--cacert"])
            .arg(ca)
            .args(["--format", "json"]);
        let ran = Ran::new(run.output().unwrap());
        let document = ran.document();
        let diagnosis = &document["diagnosis"];
        let context = format!("{command} {moment:?} {reset}: {document:#}");
        if command == "handshake" && matches!(moment, Moment::Settings) && ran.code == 0 {
            continue;
        }
        assert_eq!(ran.code, 3, "{context}");
        let id = diagnosis["id"].as_str().unwrap();
        let fits = match moment {
            Moment::Settings => ["http2.connection-lost", "net.closed", "net.reset"].contains(&id),
            _ => ["net.closed", "net.reset"].contains(&id),
        };
        assert!(fits, "{context}");
        assert!(
            !diagnosis["hint"].as_str().unwrap().contains("--plaintext"),
            "{context}"
        );
    }
}
