use std::fmt::Display;

enum Shape {
    Circle { radius: f64 },
    Rectangle { width: f64, height: f64 },
}

trait Area {
    fn area(&self) -> f64;

    fn is_large(&self) -> bool {
        self.area() > 10.0
    }
}

impl Area for Shape {
    fn area(&self) -> f64 {
        match self {
            Shape::Circle { radius } => 3.0 * radius * radius,
            Shape::Rectangle { width, height } => width * height,
        }
    }
}

fn largest<T: Area>(items: &[T]) -> Option<&T> {
    items.iter().max_by(|a, b| a.area().total_cmp(&b.area()))
}

fn or_else<'a>(label: &'a str, default: &'a str) -> &'a str {
    if label.is_empty() { default } else { label }
}

fn labelled(label: &str, value: impl Display) -> String {
    format!("{} {value}", or_else(label, "shape"))
}

fn main() {
    let shapes = [Shape::Circle { radius: 1.0 }, Shape::Rectangle { width: 4.0, height: 5.0 }];
    if let Some(shape) = largest(&shapes)
        && shape.is_large()
    {
        println!("{}", labelled("largest", shape.area()));
    }
}
