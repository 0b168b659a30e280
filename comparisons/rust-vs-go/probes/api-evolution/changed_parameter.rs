mod library {
    pub fn invoice(customer: &str) -> String {
        format!("invoice for {customer}")
    }
}

fn main() {
    let customer = 31u64;
    println!("{}", library::invoice(customer));
}
