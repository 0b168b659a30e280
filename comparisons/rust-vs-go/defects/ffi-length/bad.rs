use std::ffi::c_void;
use std::slice;

#[repr(C)]
struct Level {
    samples: usize,
    peak: i32,
}

/// What the sound library calls: where the samples are and how many bytes they take.
type Callback = extern "C" fn(data: *const c_void, size: usize) -> Level;

extern "C" fn on_samples(data: *const c_void, size: usize) -> Level {
    // SAFETY: the library's buffer is aligned and stays until we return.
    let samples = unsafe { slice::from_raw_parts(data.cast::<i32>(), size) };
    Level { samples: samples.len(), peak: samples.iter().copied().max().unwrap_or(0) }
}

/// Stands for the library, which records a ramp.
fn record(count: i32, callback: Callback) -> Level {
    let buffer: Vec<i32> = (1..=count).collect();
    callback(buffer.as_ptr().cast(), size_of_val(buffer.as_slice()))
}

fn run(count: &str) -> String {
    let Ok(count) = count.parse() else {
        return "not a number".to_owned();
    };
    let level = record(count, on_samples);
    format!("{} samples, peak {}", level.samples, level.peak)
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
