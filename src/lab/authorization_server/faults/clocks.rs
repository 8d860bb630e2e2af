//! Good answers of a server whose clock is wrong, or that shows none.

use http::header;
use time::Duration;

use super::Exchange;
use super::Fault;
use super::fault;
use super::script::Script;
use crate::lab::authorization_server::answer;

pub(super) const FAULTS: &[Fault] = &[
    fault("date-behind", "Date is an hour ago", |exchange| {
        dated(exchange, -Duration::HOUR)
    }),
    fault("date-ahead", "Date is in an hour", |exchange| {
        dated(exchange, Duration::HOUR)
    }),
    fault("date-missing", "there is no Date", |exchange| {
        let mut good = exchange.good();
        good.headers_mut().remove(header::DATE);
        good.into()
    }),
    fault("date-garbage", "Date is no date", |exchange| {
        let mut good = exchange.good();
        let garbage = header::HeaderValue::from_static("yesterday");
        good.headers_mut().insert(header::DATE, garbage);
        good.into()
    }),
];

fn dated(exchange: &Exchange, skew: Duration) -> Script {
    let mut good = exchange.good();
    answer::date(&mut good, exchange.world.clock.now() + skew);
    good.into()
}
