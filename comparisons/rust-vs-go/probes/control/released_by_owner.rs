use std::sync::atomic::{AtomicUsize, Ordering};

static HELD: AtomicUsize = AtomicUsize::new(0);

struct Lease(&'static str);

impl Lease {
    fn take(name: &'static str) -> Self {
        HELD.fetch_add(1, Ordering::SeqCst);
        Lease(name)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        HELD.fetch_sub(1, Ordering::SeqCst);
    }
}

fn settle(lease: Lease) {
    println!("settling under {}", lease.0);
}

fn main() {
    let lease = Lease::take("ledger");
    settle(lease);
    assert_eq!(HELD.load(Ordering::SeqCst), 0, "leases still held");
    println!("released");
}
