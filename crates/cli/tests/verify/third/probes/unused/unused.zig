pub fn main() void {
    const answer = 42;
}
