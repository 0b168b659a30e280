//! Nothing but the generator's role: for tests, whose own binary is the test harness.

fn main() {
    load::enter();
}
