mod library {
    pub struct Item {
        pub count: u32,
    }

    pub fn restock(item: &mut Item) {
        item.count += 10;
    }
}

use library::Item;

fn main() {
    let mut item = Item { count: 2 };
    item.count += 1;
    library::restock(item);
}
