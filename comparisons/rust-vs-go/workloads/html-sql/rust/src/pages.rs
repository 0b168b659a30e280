//! How pages look.

use std::sync::LazyLock;

use axum::response::Html;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, Error, Value, context};
use serde::Serialize;

use crate::store::{Article, Comment, Fortune};

static TEMPLATES: LazyLock<Environment> = LazyLock::new(|| {
    let mut templates = Environment::new();
    let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build();
    templates.set_syntax(syntax.expect("nothing but the newline differs"));
    for (name, source) in [
        ("layout.html", include_str!("../templates/layout.html")),
        ("fortunes.html", include_str!("../templates/fortunes.html")),
        ("article.html", include_str!("../templates/article.html")),
        ("fault.html", include_str!("../templates/fault.html")),
    ] {
        templates
            .add_template(name, source)
            .expect("templates are tested");
    }
    templates
});

/// An article, with its text as paragraphs.
#[derive(Serialize)]
struct Shown<'a> {
    id: i32,
    author: &'a str,
    published: &'a str,
    paragraphs: Vec<&'a str>,
}

pub type Page = Result<Html<String>, Error>;

pub fn fortunes(fortunes: &[Fortune]) -> Page {
    render(
        "fortunes.html",
        context! { title => "Fortunes", fortunes => Serde(fortunes) },
    )
}

pub fn article(article: &Article, comments: &[Comment]) -> Page {
    let shown = Shown {
        id: article.id,
        author: &article.author,
        published: &article.published,
        paragraphs: article.body.split('\n').collect(),
    };
    render(
        "article.html",
        context! {
            title => article.title.as_str(),
            article => Serde(shown),
            comments => Serde(comments),
        },
    )
}

pub fn fault(title: &str, message: &str) -> Page {
    render("fault.html", context! { title, message })
}

fn render(template: &str, context: Value) -> Page {
    TEMPLATES.get_template(template)?.render(context).map(Html)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
        let (_, rest) = page.split_once(from).unwrap();
        rest.split_once(to).unwrap().0
    }

    #[test]
    fn what_people_wrote_is_escaped() {
        let message = "<b>a & b<b>".to_owned();
        let Html(page) = fortunes(&[Fortune { id: 7, message }]).unwrap();
        let expected = "<tr><td>7</td><td>&lt;b&gt;a &amp; b&lt;b&gt;</td></tr>";
        assert_eq!(between(&page, "</th></tr>\n", "\n</table>"), expected);
    }

    #[test]
    fn an_article_has_paragraphs_and_comments() {
        let text = |text: &str| text.to_owned();
        let body = text("one\ntwo");
        let (title, author, published) = (text("Title"), text("Ada"), text("2020-01-02"));
        let shown = Article {
            id: 3,
            title,
            author,
            published,
            body,
        };
        let Html(page) = article(&shown, &[]).unwrap();
        let expected =
            "<h1>Title</h1>\n<p class=\"byline\">Ada, 2020-01-02</p>\n<p>one</p>\n<p>two</p>";
        assert_eq!(
            between(&page, "<article id=\"article-3\">\n", "\n</article>"),
            expected
        );
        assert!(
            page.contains("</article>\n<p>No comments.</p>\n<form"),
            "{page}"
        );

        let comment = |body| Comment {
            author: text("Bo"),
            body: text(body),
        };
        let Html(page) = article(&shown, &[comment("x"), comment("y")]).unwrap();
        let expected = "<li><b>Bo</b> x</li>\n<li><b>Bo</b> y</li>";
        assert_eq!(
            between(&page, "<h2>Comments (2)</h2>\n<ol>\n", "\n</ol>"),
            expected
        );
        assert!(page.ends_with("</html>\n"), "{page}");
    }

    #[test]
    fn a_fault_says_what_is_the_matter() {
        let Html(page) = fault("Sorry", "No.").unwrap();
        assert!(
            page.contains("</nav>\n<h1>Sorry</h1>\n<p>No.</p>\n</body>"),
            "{page}"
        );
    }
}
