//! The turn of the loop: what is due is sent, what is overdue given up, and the runtime has the rest.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use super::Over;
use super::link::{Opened, Opener, Unopened};
use super::pacer::Pacer;
use super::traffic::Traffic;
use crate::engine::DriveError;
use crate::engine::clock::Clock;
use crate::engine::timeline::Timeline;
use crate::meter::Meter;
use crate::order::Order;
use crate::report::Slice;
use crate::tally::Tally;

/// What is left of a drive when its connections may be closed.
pub(super) struct Driven {
    pub(super) tally: Tally,
    pub(super) meter: Meter,
    pub(super) idle_missing: u32,
}

pub(super) async fn run(
    order: &Order,
    over: &Over,
    tell: &mut dyn FnMut(&Slice) -> bool,
) -> Result<Driven, DriveError> {
    let timer = |cause| DriveError::Machine { what: "the timer", cause };
    let mut pacer = Pacer::new().map_err(timer)?;
    let opener = Rc::new(Opener::new(order, over)?);
    is_spoken(order, &opener, &mut pacer).await?;
    let idle = idle(order, &opener, &mut pacer).await;
    let mut meter = Meter::new(order.server, &order.companions);
    let mut timeline = Timeline::new(order);
    let clock = Clock::start();
    let traffic = Traffic::new(order, over, opener, clock)?;
    loop {
        let now = clock.now();
        {
            let mut traffic = traffic.borrow_mut();
            timeline.keep(now, &mut meter, &mut traffic.tally, tell)?;
            traffic.issue(now);
            traffic.expire(now);
            if timeline.is_over(now, traffic.is_idle()) {
                break;
            }
            traffic.fill();
        }
        let until =
            traffic.borrow_mut().next().map_or(timeline.next(), |at| at.min(timeline.next()));
        let rest = until.saturating_sub(clock.now());
        if order.spin || rest.is_zero() {
            tokio::task::yield_now().await;
            continue;
        }
        pacer.set(rest).map_err(timer)?;
        poll_fn(|context| wake(context, &mut pacer, &traffic)).await.map_err(timer)?;
    }
    let idle_missing = order.connections.idle - idle.len() as u32;
    let tally = traffic.borrow_mut().close();
    Ok(Driven { tally, meter, idle_missing })
}

/// Whichever is first: the next instant, or something to be done.
fn wake(
    context: &mut Context<'_>,
    pacer: &mut Pacer,
    traffic: &RefCell<Traffic>,
) -> Poll<io::Result<()>> {
    if traffic.borrow_mut().has_called(context.waker()) {
        return Poll::Ready(Ok(()));
    }
    pacer.poll(context)
}

/// A server with another certificate or protocol would fail every request of the drive; that is told
/// before it begins. A server that is not there is a matter of the report.
async fn is_spoken(order: &Order, opener: &Opener, pacer: &mut Pacer) -> Result<(), DriveError> {
    match within(order.timeout, pacer, opener.open()).await {
        Some(Err(Unopened::Unspoken(reason))) => {
            let cause = io::Error::other(reason);
            Err(DriveError::Machine { what: "speaking to the server", cause })
        }
        Some(Ok(opened)) => {
            opened.task.abort();
            Ok(())
        }
        Some(Err(Unopened::Refused(_))) | None => Ok(()),
    }
}

/// Connections that carry no request, until one is not to be had.
async fn idle(order: &Order, opener: &Opener, pacer: &mut Pacer) -> Vec<Opened> {
    let mut idle = Vec::new();
    for _ in 0..order.connections.idle {
        match within(order.timeout, pacer, opener.open()).await {
            Some(Ok(opened)) => idle.push(opened),
            Some(Err(_)) | None => break,
        }
    }
    idle
}

/// What a future comes to, or `None` if it takes longer.
async fn within<T>(
    time: Duration,
    pacer: &mut Pacer,
    future: impl Future<Output = T>,
) -> Option<T> {
    pacer.set(time).ok()?;
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => pacer.poll(context).map(|_| None),
    })
    .await
}
