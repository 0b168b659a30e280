use std::mem::{align_of, offset_of, size_of};
use std::num::NonZeroU32;

#[repr(C)]
pub struct Packet {
    kind: u8,
    length: u32,
    next: Option<&'static Packet>,
}

const _: () = assert!(size_of::<Packet>() == 8 + size_of::<usize>());
const _: () = assert!(offset_of!(Packet, length) == 4);
const _: () = assert!(align_of::<Packet>() == size_of::<usize>());
const _: () = assert!(size_of::<Option<&Packet>>() == size_of::<usize>());
const _: () = assert!(size_of::<Option<NonZeroU32>>() == 4);

fn main() {
    let packet = Packet { kind: 1, length: 512, next: None };
    println!("{} {} {}", packet.kind, packet.length, packet.next.is_none());
}
