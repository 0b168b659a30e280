#![no_std]

use core::panic::PanicInfo;

#[panic_handler]
fn panic(_: &PanicInfo) -> ! {
    loop {}
}

#[unsafe(no_mangle)]
pub extern "C" fn checksum(byte: u8, so_far: u32) -> u32 {
    so_far.rotate_left(5) ^ u32::from(byte)
}
