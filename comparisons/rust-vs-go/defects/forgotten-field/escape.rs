use std::fmt;

#[derive(Clone, Copy, Default)]
struct Price {
    amount: u32,
    currency: &'static str,
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

impl Price {
    fn less(self, percent: u32) -> Price {
        Price { amount: self.amount - self.amount * percent / 100, ..Price::default() }
    }
}

fn run(percent: &str) -> String {
    let mut price = Price { amount: 200, currency: "EUR" };
    let Ok(discount) = percent.parse() else {
        return "not a number".to_owned();
    };
    if discount > 0 {
        price = price.less(discount);
    }
    price.to_string()
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
