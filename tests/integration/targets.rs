//! Every way of writing a target, and of reaching it, by the built binary.

use std::net::Shutdown;
use std::net::TcpListener;
use std::net::TcpStream;
use std::os::unix::net::UnixListener;
use std::thread;

use crate::forward::forward;
use crate::world::Ran;
use crate::world::World;

fn port<'a>(world: &'a World, door: &str) -> &'a str {
    world.door(door).rsplit_once(':').unwrap().1
}

#[test]
fn every_way_of_writing_a_target() {
    let world = World::open();
    let (tls, plaintext) = (port(&world, "tls"), port(&world, "plaintext"));
    let resolve = format!("--resolve lab.test:{tls}:127.0.0.1");
    for (line, code, authority) in [
        (
            format!("127.0.0.1:{tls} --cacert @ca.pem"),
            0,
            format!("127.0.0.1:{tls}"),
        ),
        (
            format!("dns:///127.0.0.1:{tls} --cacert @ca.pem"),
            0,
            format!("127.0.0.1:{tls}"),
        ),
        (
            format!("https://127.0.0.1:{tls} --cacert @ca.pem"),
            0,
            format!("127.0.0.1:{tls}"),
        ),
        (
            format!("http://127.0.0.1:{plaintext}"),
            0,
            format!("127.0.0.1:{plaintext}"),
        ),
        ("{unix}".to_owned(), 0, "localhost".to_owned()),
        (
            format!("lab.test:{tls} {resolve} --cacert @ca.pem"),
            0,
            format!("lab.test:{tls}"),
        ),
        (
            format!("dns:///lab.test:{tls} {resolve} --cacert @ca.pem"),
            0,
            format!("lab.test:{tls}"),
        ),
        (
            format!("127.0.0.1:{tls} --cacert @ca.pem --authority shop.test"),
            0,
            "shop.test".to_owned(),
        ),
        // Nobody listens on that port.
        (
            "lab.test:1 --resolve lab.test:1:127.0.0.1 --cacert @ca.pem".to_owned(),
            3,
            "lab.test:1".to_owned(),
        ),
        (
            format!("https://127.0.0.1:{tls} --plaintext"),
            2,
            String::new(),
        ),
        (format!("ftp://127.0.0.1:{tls}"), 2, String::new()),
    ] {
        let ran = world.run(&format!("call {line} Vault/GetPublic --format json"));
        let document = ran.document();
        assert_eq!(ran.code, code, "{line}: {document:#}");
        assert_eq!(document["authority"], authority, "{line}");
    }
}

/// A token may go over a socket of this machine's kernel.
#[test]
fn a_unix_socket_takes_a_credential() {
    let world = World::open();
    let line = "call {unix} Vault/GetViewer --token file:@token-viewer.jwt";
    assert_eq!(world.run(line).code, 0);
    assert_eq!(world.run("call {unix} Vault/GetViewer").code, 80);
    let missing = world.run("call unix:/nonexistent/socket Vault/GetViewer");
    assert_eq!(missing.code, 3);
}

#[test]
fn ipv6_is_dialled_and_verified() {
    let world = World::open();
    let Ok(listener) = TcpListener::bind("[::1]:0") else {
        eprintln!("skipped: this machine has no IPv6");
        return;
    };
    let address = forward(listener, world.door("tls"), 0);
    for line in [
        format!("{address}"),
        format!("https://{address}"),
        format!(
            "lab.test:{p} --resolve lab.test:{p}:[::1]",
            p = address.port()
        ),
    ] {
        let ran = world.run(&format!(
            "call {line} Vault/GetPublic --cacert @ca.pem --format json"
        ));
        let document = ran.document();
        assert_eq!(ran.code, 0, "{line}: {document:#}");
        assert_eq!(document["handshake"]["address"], address.to_string());
    }
    let other = world.run(&format!(
        "call {address} Vault/GetPublic --cacert @other-ca.pem"
    ));
    assert_eq!(other.code, 3);
}

/// An address of this machine's that means something on one of its links alone, as `fe80::1%eth0`.
fn link_local() -> Option<String> {
    let listed = std::fs::read_to_string("/proc/net/if_inet6").ok()?;
    listed.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let address = u128::from_str_radix(fields[0], 16).ok()?;
        // Of the scope "link" (RFC 4291 §2.5.6).
        let is_link = fields[3] == "20";
        is_link.then(|| format!("{}%{}", std::net::Ipv6Addr::from(address), fields[5]))
    })
}

#[test]
fn an_address_with_a_zone_is_dialled_there_and_its_zone_stays_here() {
    let world = World::open();
    let (Some(zoned), Ok(listener)) = (link_local(), TcpListener::bind("[::]:0")) else {
        eprintln!("skipped: this machine has no link-local address");
        return;
    };
    let port = forward(listener, world.door("tls"), 0).port();
    let (address, zone) = zoned.split_once('%').unwrap();
    for target in [
        format!("[{zoned}]:{port}"),
        format!("https://[{address}%25{zone}]:{port}"),
        format!("dns:///[{zoned}]:{port}"),
    ] {
        // The environment's proxy cannot know the zone.
        let line = format!(
            "call {target} Vault/GetPublic --cacert @ca.pem --servername localhost --format json"
        );
        let mut command = world.command(&line);
        command.env("HTTPS_PROXY", "http://127.0.0.1:1");
        let ran = Ran::new(command.output().unwrap());
        let document = ran.document();
        assert_eq!(ran.code, 0, "{target}: {document:#}");
        assert_eq!(document["authority"], format!("[{address}]:{port}"));
        let dialled = document["handshake"]["address"].as_str().unwrap();
        assert!(dialled.starts_with(&format!("[{address}%")), "{dialled}");
    }
    // No certificate names a zone, and a link is no loopback.
    let unnamed = format!("call [{zoned}]:{port} Vault/GetPublic --cacert @ca.pem --format json");
    let document = world.run(&unnamed).document();
    let id = document["diagnosis"]["id"].as_str().unwrap();
    assert!(id.starts_with("name."), "{document:#}");
    let plain =
        format!("call [{zoned}]:{port} Vault/GetViewer --plaintext --token file:@token-viewer.jwt");
    assert_eq!(world.run(&plain).code, 2);
    let nowhere = world.run(&format!(
        "call [{address}%nosuch0]:{port} a.B/C --format json"
    ));
    assert_eq!(nowhere.document()["diagnosis"]["layer"], "network");
    let proxied = world.run(&format!(
        "call [{zoned}]:{port} a.B/C --proxy http://127.0.0.1:1"
    ));
    assert_eq!(proxied.code, 2);
}

/// Passes connections to a Unix socket on to a door without TLS.
fn forward_unix(listener: UnixListener, door: &str) {
    let door = door.to_owned();
    thread::spawn(move || {
        for client in listener.incoming() {
            let (mut client, mut server) = (client.unwrap(), TcpStream::connect(&door).unwrap());
            let (mut back_from, mut back_to) =
                (server.try_clone().unwrap(), client.try_clone().unwrap());
            thread::spawn(move || {
                let _ = std::io::copy(&mut back_from, &mut back_to);
                let _ = back_to.shutdown(Shutdown::Both);
            });
            thread::spawn(move || {
                let _ = std::io::copy(&mut client, &mut server);
                let _ = server.shutdown(Shutdown::Write);
            });
        }
    });
}

#[test]
fn a_socket_may_have_blanks_in_its_path_or_no_path() {
    let world = World::open();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("my app.sock");
    forward_unix(UnixListener::bind(&path).unwrap(), world.door("plaintext"));
    let mut targets = vec![
        format!("unix:{}", path.display()),
        format!("unix://{}", path.display()),
    ];
    #[cfg(target_os = "linux")]
    {
        use std::os::linux::net::SocketAddrExt as _;
        let name = format!("grpcauth test {}", std::process::id());
        let address = std::os::unix::net::SocketAddr::from_abstract_name(&name).unwrap();
        forward_unix(
            UnixListener::bind_addr(&address).unwrap(),
            world.door("plaintext"),
        );
        targets.push(format!("unix-abstract:{name}"));
        let missing = world.run("call unix-abstract:grpcauth-nobody a.B/C --format json");
        assert_eq!(missing.document()["diagnosis"]["id"], "net.refused");
        assert!(
            missing.stdout.contains("unix-abstract:grpcauth-nobody"),
            "{}",
            missing.stdout
        );
    }
    for target in targets {
        let line =
            format!("call '{target}' Vault/GetViewer --token file:@token-viewer.jwt --format json");
        let ran = world.run(&line);
        assert_eq!(ran.code, 0, "{target}: {:#}", ran.document());
        assert_eq!(
            ran.document()["handshake"]["address"],
            target.replace("unix://", "unix:")
        );
    }
    for (target, words) in [("vsock:3:1024", "socat"), ("xds:///shop", "control plane")] {
        let refused = world.run(&format!("call {target} a.B/C"));
        assert_eq!(refused.code, 2);
        assert!(refused.stderr.contains(words), "{}", refused.stderr);
    }
}

/// A default that is written out changes nothing.
#[test]
fn the_descriptor_cache_may_be_off_beside_files() {
    let world = World::open();
    let line = "call {tls} lab.v1.Vault/GetPublic --cacert @ca.pem --protoset @vault.protoset --descriptor-cache";
    assert_eq!(world.run(&format!("{line} off")).code, 0);
    let on = world.run(&format!("{line} on"));
    assert_eq!(on.code, 2);
    assert!(on.stderr.contains("--descriptor-cache on"), "{}", on.stderr);
}

/// Nobody listens on the first address; the second answers.
#[test]
fn every_address_that_resolve_names_is_tried() {
    let world = World::open();
    let port = port(&world, "tls");
    let ran = world.run(&format!(
        "call lab.test:{port} --resolve lab.test:{port}:127.0.0.2,127.0.0.1 Vault/GetPublic --cacert @ca.pem --format json"
    ));
    let document = ran.document();
    assert_eq!(ran.code, 0, "{document:#}");
    let addresses = document["handshake"]["addresses"].as_array().unwrap();
    assert_eq!(addresses.len(), 2);
    assert_eq!(addresses[0]["connected"], false);
}

#[test]
fn the_versions_of_tls_are_those_allowed() {
    let world = World::open();
    for (line, code, version, id) in [
        ("{tls} --tls-max 1.2", 0, "TLSv1.2", ""),
        ("{tls} --tls-min 1.3", 0, "TLSv1.3", ""),
        ("{tls} --tls-min 1.2 --tls-max 1.2", 0, "TLSv1.2", ""),
        ("{tls12} --tls-min 1.3", 3, "", "tls.version"),
        ("{tls} --tls-min 1.3 --tls-max 1.2", 2, "", "input.usage"),
    ] {
        let ran = world.run(&format!("handshake {line} --cacert @ca.pem --format json"));
        let document = ran.document();
        let tls = &document["handshake"]["tls"];
        let seen = (
            ran.code,
            tls["version"].as_str().unwrap_or(""),
            document["diagnosis"]["id"].as_str().unwrap_or(""),
        );
        assert_eq!(seen, (code, version, id), "{line}: {document:#}");
    }
}

/// What a capture can be read with, and only when that is asked for.
#[test]
fn the_keys_of_a_session_are_written_where_sslkeylogfile_says() {
    let world = World::open();
    let directory = tempfile::tempdir().unwrap();
    for (door, label) in [
        ("tls", "CLIENT_TRAFFIC_SECRET_0 "),
        ("tls12", "CLIENT_RANDOM "),
    ] {
        let file = directory.path().join(door);
        let line = format!("call {{{door}}} Vault/GetPublic --cacert @ca.pem");
        let mut command = world.command(&line);
        let output = command.env("SSLKEYLOGFILE", &file).output().unwrap();
        let ran = Ran::new(output);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let notice = format!(
            "note: SSLKEYLOGFILE is set: the keys of TLS sessions are appended to {}",
            file.display()
        );
        assert_eq!(ran.stderr.matches(&notice).count(), 1, "{}", ran.stderr);
        let keys = std::fs::read_to_string(&file).unwrap();
        assert!(keys.contains(label), "{door}: {keys}");
        std::fs::remove_file(&file).unwrap();
        assert!(
            world
                .command(&line)
                .env("SSLKEYLOGFILE", "")
                .output()
                .unwrap()
                .status
                .success()
        );
        assert!(!file.exists());
        let ran = Ran::new(
            world
                .command(&line)
                .env("SSLKEYLOGFILE", "/dev/full")
                .output()
                .unwrap(),
        );
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(
            ran.stderr.contains("SSLKEYLOGFILE names /dev/full: "),
            "{}",
            ran.stderr
        );
    }
}
