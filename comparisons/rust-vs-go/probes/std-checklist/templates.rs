use minijinja::{Environment, context};

fn main() -> Result<(), minijinja::Error> {
    let mut templates = Environment::new();
    templates.add_template(
        "page.html",
        "<ul>{% for item in items %}<li>{{ item }}</li>{% endfor %}</ul>",
    )?;
    let page = templates.get_template("page.html")?;
    println!("{}", page.render(context!(items => ["tea", "<cups>"]))?);
    Ok(())
}
