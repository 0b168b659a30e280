//! Nothing but the launcher role: for tests, whose own binary is the test harness.

fn main() {
    launch::enter();
}
