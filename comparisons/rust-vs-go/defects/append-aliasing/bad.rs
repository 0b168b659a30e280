struct Node {
    index: Vec<String>,
}

impl Node {
    fn child(&self, i: u32) -> Node {
        let mut index = self.index;
        index.push(i.to_string());
        Node { index }
    }
}

/// Answers with the paths of as many children as asked for: "1.3.2 4".
fn run(input: &str) -> String {
    let (path, count) = input.split_once(' ').unwrap_or((input, ""));
    let Ok(count) = count.parse() else {
        return "not a count".to_owned();
    };
    let parent = Node { index: path.split('.').map(str::to_owned).collect() };
    let children: Vec<Node> = (0..count).map(|i| parent.child(i)).collect();
    let paths: Vec<String> = children.iter().map(|child| child.index.join(".")).collect();
    paths.join(" ")
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
