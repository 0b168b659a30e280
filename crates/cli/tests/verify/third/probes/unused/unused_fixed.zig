pub fn main() void {
    const answer = 42;
    _ = answer;
}
