fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn main() {
    let items: String =
        ["tea", "<cups>"].iter().map(|item| format!("<li>{}</li>", escape(item))).collect();
    println!("<ul>{items}</ul>");
}
