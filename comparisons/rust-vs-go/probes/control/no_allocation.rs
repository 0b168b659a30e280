use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static GLOBAL: Counting = Counting;

fn sum(line: &str) -> u64 {
    line.split(',').filter_map(|n| n.parse::<u64>().ok()).sum()
}

fn main() {
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    let total: u64 = (0..100).map(|_| sum("4,8,15,16,23,42")).sum();
    let allocations = ALLOCATIONS.load(Ordering::Relaxed) - before;
    assert_eq!((total, allocations), (10_800, 0));
    println!("total {total} allocations {allocations}");
}
