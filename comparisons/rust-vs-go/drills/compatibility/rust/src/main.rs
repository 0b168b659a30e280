struct Part(&'static str);

impl Drop for Part {
    fn drop(&mut self) {
        print!("{} ", self.0);
    }
}

fn main() {
    let gen = (Part("first"), Part("second"));
    {
        let _takes = move || {
            let _first = &gen.0;
        };
    }
    println!("end");
}
