//! Orders as clients write them, and as they are once they were found valid.

use serde::{Deserialize, Serialize};

use crate::fault::Fault;

const MAX_CUSTOMER_LEN: usize = 64;
const MAX_NOTE_LEN: usize = 200;
const MAX_LINES: usize = 20;
const MAX_SKU_LEN: usize = 32;
const MAX_QUANTITY: u32 = 1000;
const MAX_PRICE: u32 = 10_000_000;

/// What a client says of an order. What is missing is empty, and found so by `check`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub customer: String,
    pub status: Status,
    pub note: String,
    pub lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    #[default]
    Open,
    Paid,
    Shipped,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Line {
    pub sku: String,
    pub quantity: u32,
    pub price_cents: u32,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Order {
    pub id: u32,
    pub customer: String,
    pub status: Status,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub lines: Vec<Line>,
    pub total_cents: u64,
}

impl Draft {
    /// The first rule that is not met, from top to bottom.
    pub fn check(&self) -> Result<(), Fault> {
        check(
            is_len(&self.customer, MAX_CUSTOMER_LEN),
            "customer",
            "must have 1 to 64 bytes",
        )?;
        check(
            self.note.len() <= MAX_NOTE_LEN,
            "note",
            "must not have more than 200 bytes",
        )?;
        check(
            (1..=MAX_LINES).contains(&self.lines.len()),
            "lines",
            "must be 1 to 20",
        )?;
        self.lines.iter().try_for_each(Line::check)
    }

    pub fn into_order(self, id: u32) -> Order {
        let total_cents = self.lines.iter().map(Line::cents).sum();
        Order {
            id,
            customer: self.customer,
            status: self.status,
            note: self.note,
            lines: self.lines,
            total_cents,
        }
    }
}

impl Line {
    fn check(&self) -> Result<(), Fault> {
        check(
            is_len(&self.sku, MAX_SKU_LEN),
            "sku",
            "must have 1 to 32 bytes",
        )?;
        check(
            (1..=MAX_QUANTITY).contains(&self.quantity),
            "quantity",
            "must be 1 to 1000",
        )?;
        check(
            self.price_cents <= MAX_PRICE,
            "price_cents",
            "must not be more than 10000000",
        )
    }

    fn cents(&self) -> u64 {
        u64::from(self.quantity) * u64::from(self.price_cents)
    }
}

fn is_len(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len())
}

fn check(is_met: bool, field: &'static str, rule: &'static str) -> Result<(), Fault> {
    if is_met {
        Ok(())
    } else {
        Err(Fault::Invalid { field, rule })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            customer: "anna".into(),
            lines: vec![
                Line {
                    sku: "a".into(),
                    quantity: 1000,
                    price_cents: 10_000_000,
                },
                Line {
                    sku: "b".into(),
                    quantity: 3,
                    price_cents: 7,
                },
            ],
            ..Draft::default()
        }
    }

    #[test]
    fn a_total_is_larger_than_its_factors() {
        let draft = draft();
        draft.check().unwrap();
        assert_eq!(draft.into_order(1).total_cents, 10_000_000_021);
    }

    #[test]
    fn the_first_rule_that_is_not_met_is_told() {
        type Spoil = fn(&mut Draft);
        let cases: [(Spoil, &str); 9] = [
            (|d| d.customer.clear(), "customer: must have 1 to 64 bytes"),
            (
                |d| d.customer = "é".repeat(33),
                "customer: must have 1 to 64 bytes",
            ),
            (
                |d| d.note = "x".repeat(201),
                "note: must not have more than 200 bytes",
            ),
            (|d| d.lines.clear(), "lines: must be 1 to 20"),
            (
                |d| d.lines.resize_with(21, Line::default),
                "lines: must be 1 to 20",
            ),
            (|d| d.lines[1].sku.clear(), "sku: must have 1 to 32 bytes"),
            (|d| d.lines[1].quantity = 0, "quantity: must be 1 to 1000"),
            (
                |d| d.lines[0].quantity = 1001,
                "quantity: must be 1 to 1000",
            ),
            (
                |d| d.lines[0].price_cents += 1,
                "price_cents: must not be more than 10000000",
            ),
        ];
        for (spoil, expected) in cases {
            let mut draft = draft();
            spoil(&mut draft);
            assert_eq!(draft.check().unwrap_err().to_string(), expected);
        }
    }
}
