mod library {
    pub enum Payment {
        Card,
        Invoice,
        Voucher,
    }

    pub const ACCEPTED: [Payment; 3] = [Payment::Card, Payment::Invoice, Payment::Voucher];
}

use library::Payment;

fn days_to_pay(payment: &Payment) -> u32 {
    match payment {
        Payment::Card => 0,
        Payment::Invoice => 30,
    }
}

fn main() {
    for payment in &library::ACCEPTED {
        println!("{}", days_to_pay(payment));
    }
}
