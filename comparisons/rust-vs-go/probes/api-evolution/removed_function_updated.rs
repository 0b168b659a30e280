mod library {
    pub fn render_html(text: &str) -> String {
        format!("<p>{text}</p>")
    }
}

fn main() {
    println!("{}", library::render_html("hello"));
}
