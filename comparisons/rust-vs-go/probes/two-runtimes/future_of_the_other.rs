macro_rules! runtime {
    ($name:ident) => {
        mod $name {
            use std::cell::RefCell;
            use std::pin::{Pin, pin};
            use std::task::{Context, Poll, Waker};

            thread_local!(static TIMERS: RefCell<Option<Vec<Waker>>> = const { RefCell::new(None) });

            pub struct Sleep(pub u32);

            impl Future for Sleep {
                type Output = ();

                fn poll(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<()> {
                    TIMERS.with_borrow_mut(|timers| match timers {
                        None => panic!("no {} runtime on this thread", stringify!($name)),
                        Some(_) if self.0 == 0 => Poll::Ready(()),
                        Some(waiting) => {
                            self.0 -= 1;
                            waiting.push(context.waker().clone());
                            Poll::Pending
                        }
                    })
                }
            }

            pub fn block_on<T>(future: impl Future<Output = T>) -> T {
                TIMERS.set(Some(Vec::new()));
                let mut future = pin!(future);
                let mut context = Context::from_waker(Waker::noop());
                loop {
                    if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                        TIMERS.take();
                        return value;
                    }
                    let due = TIMERS.with_borrow_mut(|timers| timers.replace(Vec::new()));
                    due.into_iter().flatten().for_each(Waker::wake);
                }
            }
        }
    };
}

runtime!(oak);
runtime!(elm);

fn main() {
    oak::block_on(oak::Sleep(2));
    elm::block_on(elm::Sleep(2));
    elm::block_on(oak::Sleep(2));
    println!("both slept");
}
