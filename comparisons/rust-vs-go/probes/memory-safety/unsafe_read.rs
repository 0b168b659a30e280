fn main() {
    let readings = [1u32, 2, 3];
    let past_the_end = readings.as_ptr().wrapping_add(readings.len());
    println!("{}", unsafe { *past_the_end });
}
