#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let trimmed = text.trim();
    assert_eq!(trimmed.trim(), trimmed);
});
