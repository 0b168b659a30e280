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
    // SAFETY: the library's buffer is that long and stays until we return.
    let bytes = unsafe { slice::from_raw_parts(data.cast::<u8>(), size) };
    let samples = bytes.chunks_exact(4).map(|b| i32::from_ne_bytes([b[0], b[1], b[2], b[3]]));
    Level { samples: samples.len(), peak: samples.max().unwrap_or(0) }
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
