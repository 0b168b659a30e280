use std::pin::pin;
use std::task::{Context, Poll, Waker};

async fn answer() -> u32 {
    42
}

fn main() {
    let mut context = Context::from_waker(Waker::noop());
    if let Poll::Ready(answer) = pin!(answer()).poll(&mut context) {
        println!("{answer}");
    }
}
