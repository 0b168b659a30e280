mod library {
    pub fn invoice(customer: &str) -> String {
        format!("invoice for {customer}")
    }
}

fn main() {
    let customer = "c-31";
    println!("{}", library::invoice(customer));
}
