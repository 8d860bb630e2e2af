//! Devices that wait for their user (RFC 8628).

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use time::Duration;
use time::OffsetDateTime;

use crate::lab::authorization::Authorization;
use crate::lab::random;

/// How long a device may wait.
pub(super) const LIFETIME: Duration = Duration::minutes(10);
/// How long it must wait between two polls, at first.
pub(super) const INTERVAL: Duration = Duration::SECOND;
/// By how much that grows with each poll that comes too soon (RFC 8628 §3.5).
const SLOWER: Duration = Duration::seconds(5);
/// How many devices are remembered; the oldest goes first.
const LIMIT: usize = 1024;

/// The devices of one lab.
#[derive(Default)]
pub struct Devices(Mutex<VecDeque<Device>>);

struct Device {
    codes: Codes,
    client: &'static str,
    scopes: Vec<&'static str>,
    expires_at: OffsetDateTime,
    interval: Duration,
    polled_at: Option<OffsetDateTime>,
    decision: Option<Decision>,
}

/// What a device is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codes {
    /// What it polls with.
    pub device: String,
    /// What its user types.
    pub user: String,
}

/// What the user said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// With everything that the user may do.
    Approved(Authorization),
    Denied,
}

/// Why a poll gives no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotYet {
    Unknown,
    Pending,
    TooSoon,
    Denied,
    Expired,
}

impl Devices {
    /// A device of `client` that wants these scopes.
    pub fn open(
        &self,
        client: &'static str,
        scopes: Vec<&'static str>,
        now: OffsetDateTime,
    ) -> Codes {
        let user = random::name("").to_uppercase();
        let codes = Codes {
            device: random::name("device_"),
            user: format!("{}-{}", &user[..4], &user[4..8]),
        };
        let mut devices = self.devices();
        devices.truncate(LIMIT - 1);
        devices.push_front(Device {
            codes: codes.clone(),
            client,
            scopes,
            expires_at: now + LIFETIME,
            interval: INTERVAL,
            polled_at: None,
            decision: None,
        });
        codes
    }

    /// The user's word on the device with this code; `false` if there is none that waits for it.
    pub fn decide(&self, user_code: &str, decision: Decision, now: OffsetDateTime) -> bool {
        let mut devices = self.devices();
        let waiting = devices.iter_mut().find(|device| {
            device.codes.user.eq_ignore_ascii_case(user_code)
                && device.decision.is_none()
                && now < device.expires_at
        });
        match waiting {
            Some(device) => {
                device.decision = Some(decision);
                true
            }
            None => false,
        }
    }

    /// What `client`'s device was granted, once: with it the device is forgotten.
    ///
    /// # Errors
    /// While there is nothing, or if there will never be anything.
    pub fn poll(
        &self,
        device_code: &str,
        client: &str,
        now: OffsetDateTime,
    ) -> Result<Authorization, NotYet> {
        let mut devices = self.devices();
        let position = devices
            .iter()
            .position(|device| device.codes.device == device_code && device.client == client)
            .ok_or(NotYet::Unknown)?;
        let device = &mut devices[position];
        if now >= device.expires_at {
            return Err(NotYet::Expired);
        }
        let last = device.polled_at.replace(now);
        if last.is_some_and(|last| now - last < device.interval) {
            device.interval += SLOWER;
            return Err(NotYet::TooSoon);
        }
        match device.decision.clone() {
            None => Err(NotYet::Pending),
            Some(Decision::Denied) => Err(NotYet::Denied),
            Some(Decision::Approved(mut authorization)) => {
                let wanted = std::mem::take(&mut device.scopes);
                authorization.scopes.retain(|scope| wanted.contains(scope));
                devices.remove(position);
                Ok(authorization)
            }
        }
    }

    fn devices(&self) -> MutexGuard<'_, VecDeque<Device>> {
        // No invariant spans two statements, so a panic elsewhere leaves nothing half-done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::api_keys::READ;
    use crate::lab::users::Role;

    const START: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn after(seconds: i64) -> OffsetDateTime {
        START + Duration::seconds(seconds)
    }

    fn approval() -> Decision {
        Decision::Approved(Authorization::of("admin", Role::Admin))
    }

    #[test]
    fn a_device_polls_until_its_user_has_spoken() {
        let devices = Devices::default();
        let codes = devices.open("public", vec![READ], START);
        let poll = |seconds| devices.poll(&codes.device, "public", after(seconds));
        assert_eq!(poll(1), Err(NotYet::Pending));
        assert_eq!(poll(2), Err(NotYet::Pending));
        assert!(!devices.decide("XXXX-XXXX", approval(), after(2)));
        assert!(devices.decide(&codes.user.to_lowercase(), approval(), after(2)));
        assert!(!devices.decide(&codes.user, Decision::Denied, after(2)));
        let granted = poll(3).unwrap();
        assert_eq!((&*granted.subject, granted.role()), ("admin", Role::Viewer));
        assert_eq!(poll(4), Err(NotYet::Unknown));
    }

    #[test]
    fn who_polls_too_soon_must_wait_longer_from_then_on() {
        let devices = Devices::default();
        let codes = devices.open("public", vec![READ], START);
        for (seconds, expected) in [
            (0, NotYet::Pending),
            (0, NotYet::TooSoon),
            (5, NotYet::TooSoon),
            (16, NotYet::Pending),
            (600, NotYet::Expired),
        ] {
            let polled = devices.poll(&codes.device, "public", after(seconds));
            assert_eq!(polled, Err(expected), "after {seconds} s");
        }
        assert!(!devices.decide(&codes.user, approval(), after(600)));
    }

    #[test]
    fn a_user_may_say_no_and_another_client_learns_nothing() {
        let devices = Devices::default();
        let codes = devices.open("public", vec![READ], START);
        assert!(devices.decide(&codes.user, Decision::Denied, START));
        for (client, expected) in [("ci", NotYet::Unknown), ("public", NotYet::Denied)] {
            assert_eq!(devices.poll(&codes.device, client, START), Err(expected));
        }
    }
}
