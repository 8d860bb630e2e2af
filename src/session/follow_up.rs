//! Gets the further facts that a verdict needs, bounded, and puts them into the evidence.

use crate::clock;
use crate::connect::Endpoint;
use crate::connect::channel_credentials::ChannelCredentials;
use crate::connect::follow_up::answer_to_plaintext;
use crate::connect::follow_up::answers_tls_hello;
use crate::connect::follow_up::unverified;
use crate::evidence::Evidence;
use crate::plan::channel::ChannelPlan;
use crate::plan::trust::system_roots;
use crate::verdict;
use crate::verdict::FollowUp;
use crate::x509::judge;

/// Gets what the verdict needs.
pub(crate) async fn run(channel: &ChannelPlan, evidence: &mut Evidence) {
    for follow_up in verdict::follow_ups(evidence) {
        match follow_up {
            FollowUp::TlsHello => {
                evidence.connection_mut().follow_ups.answers_tls =
                    Some(tls_hello(channel, evidence).await);
            }
            FollowUp::PlaintextHello => {
                let answer = answer_to_plaintext(&channel.endpoint).await;
                evidence.connection_mut().follow_ups.plaintext_answer = Some(answer);
            }
            FollowUp::SystemRoots => {
                evidence.connection_mut().follow_ups.system_roots_accept =
                    system_accepts(channel, evidence);
            }
        }
    }
}

async fn tls_hello(channel: &ChannelPlan, evidence: &Evidence) -> bool {
    let Ok(name) = rustls::pki_types::ServerName::try_from(evidence.connection.asked.host.clone())
    else {
        return false;
    };
    let unverified = unverified(name, clock::unix_time(evidence.clock));
    let endpoint = Endpoint {
        location: channel.endpoint.location.clone(),
        proxy: channel.endpoint.proxy.clone(),
        channel: ChannelCredentials::Tls(unverified.clone()),
        authority: channel.endpoint.authority.clone(),
        only_loopback: channel.endpoint.only_loopback,
        keepalive: None,
    };
    answers_tls_hello(&endpoint, unverified).await
}

/// Whether the system's roots accept what the `--cacert` file does not.
fn system_accepts(channel: &ChannelPlan, evidence: &Evidence) -> Option<bool> {
    let tls = evidence.connection.handshake.as_ref()?.tls.as_ref()?;
    let name = channel.endpoint.channel.server_name();
    let judged = judge(&tls.chain, &system_roots(), evidence.clock, Some(name), &[]);
    Some(judged.path.is_ok())
}
