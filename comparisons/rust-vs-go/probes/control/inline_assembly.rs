use std::arch::asm;

fn add(a: u64, b: u64) -> u64 {
    let mut sum = a;
    #[cfg(target_arch = "x86_64")]
    unsafe {
        asm!("add {0}, {1}", inout(reg) sum, in(reg) b)
    };
    #[cfg(target_arch = "aarch64")]
    unsafe {
        asm!("add {0}, {0}, {1}", inout(reg) sum, in(reg) b)
    };
    sum
}

fn main() {
    assert_eq!(add(40, 2), 42);
    println!("{}", add(40, 2));
}
