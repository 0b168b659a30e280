//! Where orders are kept.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::fault::Fault;
use crate::order::{Draft, Line, Order, Status};

/// Orders by id. They are never changed, only replaced.
#[derive(Default)]
pub struct Store {
    orders: RwLock<Orders>,
}

#[derive(Default)]
struct Orders {
    by_id: BTreeMap<u32, Arc<Order>>,
    next_id: u32,
}

impl Store {
    /// A store that has so many orders from the start, numbered from 0.
    pub fn seeded(orders: u32) -> Self {
        let store = Self::default();
        for n in 0..orders {
            store.create(seed(n));
        }
        store
    }

    pub fn create(&self, draft: Draft) -> Arc<Order> {
        let mut orders = self.write();
        let order = Arc::new(draft.into_order(orders.next_id));
        orders.next_id += 1;
        orders.by_id.insert(order.id, Arc::clone(&order));
        order
    }

    pub fn get(&self, id: u32) -> Result<Arc<Order>, Fault> {
        let order = self.read().by_id.get(&id).cloned();
        order.ok_or(Fault::NoSuchOrder(id))
    }

    pub fn update(&self, id: u32, draft: Draft) -> Result<Arc<Order>, Fault> {
        let order = Arc::new(draft.into_order(id));
        match self.write().by_id.get_mut(&id) {
            Some(kept) => {
                kept.clone_from(&order);
                Ok(order)
            }
            None => Err(Fault::NoSuchOrder(id)),
        }
    }

    pub fn delete(&self, id: u32) -> Result<(), Fault> {
        match self.write().by_id.remove(&id) {
            Some(_) => Ok(()),
            None => Err(Fault::NoSuchOrder(id)),
        }
    }

    /// At most `limit` orders in the order of their ids, those that follow `after`.
    pub fn list(&self, after: Option<u32>, limit: usize) -> Vec<Arc<Order>> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.read()
            .by_id
            .range((from, Bound::Unbounded))
            .take(limit)
            .map(|(_, order)| Arc::clone(order))
            .collect()
    }

    // Nothing can panic between two changes that belong together: a poisoned lock guards sound data.

    fn read(&self) -> RwLockReadGuard<'_, Orders> {
        self.orders.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Orders> {
        self.orders.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn seed(n: u32) -> Draft {
    Draft {
        customer: format!("customer-{}", n % 97),
        status: [Status::Open, Status::Paid, Status::Shipped][n as usize % 3],
        note: if n.is_multiple_of(4) {
            "leave it at the door".into()
        } else {
            String::new()
        },
        lines: (0..=n % 4)
            .map(|line| Line {
                sku: format!("sku-{}", (n * 7 + line) % 500),
                quantity: n % 9 + 1,
                price_cents: (n * 31 + line * 17) % 9999 + 1,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(store: &Store, after: Option<u32>, limit: usize) -> Vec<u32> {
        let orders = store.list(after, limit);
        orders.iter().map(|order| order.id).collect()
    }

    #[test]
    fn seeds_are_valid() {
        for n in 0..1000 {
            assert_eq!(seed(n).check(), Ok(()));
        }
    }

    #[test]
    fn a_list_goes_on_after_an_order_that_need_not_be_there() {
        let store = Store::seeded(6);
        store.delete(2).unwrap();
        assert_eq!(ids(&store, None, 2), [0, 1]);
        assert_eq!(ids(&store, Some(1), 2), [3, 4]);
        assert_eq!(ids(&store, Some(2), 9), [3, 4, 5]);
        assert!(ids(&store, Some(5), 9).is_empty());
    }

    #[test]
    fn an_id_is_never_given_twice() {
        let store = Store::seeded(1);
        let first = store.create(Draft::default()).id;
        store.delete(first).unwrap();
        assert_eq!(store.create(Draft::default()).id, first + 1);
    }

    #[test]
    fn what_is_not_there_can_neither_be_read_nor_changed() {
        let store = Store::default();
        assert_eq!(store.get(7), Err(Fault::NoSuchOrder(7)));
        assert_eq!(
            store.update(7, Draft::default()),
            Err(Fault::NoSuchOrder(7))
        );
        assert_eq!(store.delete(7), Err(Fault::NoSuchOrder(7)));
    }

    #[test]
    fn an_update_replaces_and_leaves_what_was_read_before() {
        let store = Store::seeded(1);
        let before = store.get(0).unwrap();
        store.update(0, Draft::default()).unwrap();
        assert_eq!(before.customer, "customer-0");
        assert_eq!(store.get(0).unwrap().customer, "");
    }
}
