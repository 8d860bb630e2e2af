//! `handshake`: connect, wait for the peer's first words, judge.

use std::io;
use std::net::IpAddr;
use std::path::Path;

use tokio::time::Instant;

use crate::cli::handshake::Handshake;
use crate::connect;
use crate::connect::Endpoint;
use crate::connect::Failure;
use crate::connect::HandshakeReport;
use crate::connect::Phase;
use crate::connect::endpoint::Location;
use crate::connect::report::PeerAddress;
use crate::connect::resolve;
use crate::evidence::Evidence;
use crate::exit_status::ExitStatus;
use crate::plan;
use crate::plan::HandshakePlan;
use crate::report::Reporter;
use crate::report::Stage;
use crate::session;
use crate::session::follow_up;
use crate::session::watched;
use crate::session::watched::Watched;
use crate::verdict::Expectation;
use crate::whole_file::WholeFile;

/// Runs the command.
pub(crate) fn run(arguments: &Handshake) -> ExitStatus {
    let reporter = session::reporter(&arguments.output, false);
    let (mut evidence, plan) = plan::handshake::plan(arguments, session::now());
    let watched = Watched {
        evidence: &mut evidence,
        expectation: &Expectation::default(),
        reporter: &reporter,
    };
    watched.block_on(async |evidence, reporter| {
        if let Some(plan) = &plan {
            session::begin(&plan.channel, reporter);
            let to = &evidence.connection.asked;
            let limit = to.time_to_connect(evidence.asked.max_time);
            let what = format!("a handshake with {}", to.target);
            reporter.waits_for(Stage::Connection, &what, Some(limit));
            shake(plan, evidence).await;
        }
        finish(plan.as_ref(), evidence, reporter)
    })
}

async fn shake(plan: &HandshakePlan, evidence: &mut Evidence) {
    let started = Instant::now();
    let handshake = shake_with(&plan.channel.endpoint, evidence).await;
    if plan.all_addresses {
        for other in others(&plan.channel.endpoint, &handshake).await {
            let other = shake_with(&other, evidence).await;
            evidence.connection_mut().other_addresses.push(other);
        }
    }
    evidence.connection_mut().handshake = Some(handshake);
    evidence.call.timings.total = started.elapsed();
    if plan.probes {
        follow_up::run(&plan.channel, evidence).await;
    }
}

/// One handshake, up to the peer's SETTINGS or its end.
async fn shake_with(endpoint: &Endpoint, evidence: &Evidence) -> HandshakeReport {
    let time = evidence
        .connection
        .asked
        .time_to_connect(evidence.asked.max_time);
    let deadline = Instant::now() + time;
    let (connection, mut report) = connect::connect(endpoint, deadline).await;
    if let Some(connection) = connection {
        let settled = connection.settle(deadline).await;
        if settled {
            connection.hear_out().await;
        }
        connection.update(&mut report);
        if !settled {
            report.failure = Some(Failure::Deadline {
                phase: Phase::Http2,
                after: time,
            });
        }
        connection.close().await;
    }
    report
}

/// An endpoint for each further address of the name.
async fn others(endpoint: &Endpoint, first: &HandshakeReport) -> Vec<Endpoint> {
    // Behind a proxy the name's addresses are the proxy's to choose.
    let (Location::Tcp { host, port, .. }, None) = (&endpoint.location, &endpoint.proxy) else {
        return Vec::new();
    };
    let addresses = resolve::resolve(endpoint).await.unwrap_or_default();
    addresses
        .into_iter()
        .filter(|address| first.address.as_ref() != Some(address))
        .filter_map(|address| match address {
            PeerAddress::Tcp(address) => Some(address.ip()),
            PeerAddress::Unix(_) => None,
        })
        .map(|address: IpAddr| Endpoint {
            location: Location::Tcp {
                host: host.clone(),
                port: *port,
                overrides: vec![address],
            },
            proxy: None,
            channel: endpoint.channel.clone(),
            authority: endpoint.authority.clone(),
            only_loopback: endpoint.only_loopback,
            keepalive: endpoint.keepalive,
        })
        .collect()
}

fn finish(plan: Option<&HandshakePlan>, evidence: &Evidence, reporter: &Reporter) -> ExitStatus {
    let status = watched::finish(evidence, &Expectation::default(), reporter);
    if let Some(path) = plan.and_then(|plan| plan.chain_pem.as_deref())
        && let Err(error) = write_chain(path, evidence)
    {
        reporter.fail(&format!(
            "the chain could not be written to {}: {error}",
            path.display()
        ));
        return ExitStatus::Output;
    }
    status
}

/// The chain as presented, as PEM.
fn write_chain(path: &Path, evidence: &Evidence) -> io::Result<()> {
    let tls = evidence
        .connection
        .handshake
        .as_ref()
        .and_then(|handshake| handshake.tls.as_ref())
        .filter(|tls| !tls.chain.is_empty())
        .ok_or_else(|| io::Error::other("the server presented none"))?;
    let certificates: Vec<pem::Pem> = tls
        .chain
        .iter()
        .map(|der| pem::Pem::new("CERTIFICATE", der.to_vec()))
        .collect();
    let text = pem::encode_many(&certificates);
    WholeFile::Shared.replace(path, text.as_bytes())
}
