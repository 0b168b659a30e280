//! The guide's Markdown as HTML, with the sentences that are claims put into
//! their places.
//!
//! A pack is data: raw HTML in it is shown as text, images become their
//! alternative text, and links lead only to the web or into the page.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeStream, html};

/// A guide in HTML and its headings of the second level, as (id, text).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prose {
    pub(crate) html: String,
    pub(crate) headings: Vec<(String, String)>,
}

/// Renders the guide. `claim` gives the HTML that stands for `{{claim:ID}}`;
/// `None` leaves the mark as it is.
pub(crate) fn guide(markdown: &str, mut claim: impl FnMut(&str) -> Option<String>) -> Prose {
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let events: Vec<Event<'_>> = TextMergeStream::new(parser.filter_map(harmless)).collect();
    let mut placed = Vec::new();
    for event in events {
        match event {
            Event::Text(text) => place(&text, &mut claim, &mut placed),
            other => placed.push(other),
        }
    }
    let headings = name_headings(&mut placed);
    open_paragraphs(&mut placed);
    let mut out = String::new();
    html::push_html(&mut out, placed.into_iter());
    Prose { html: out, headings }
}

/// A sentence with its inline Markdown, without the paragraph around it.
pub(crate) fn sentence(markdown: &str) -> String {
    let inline = Parser::new(markdown).filter_map(harmless).filter(|event| {
        !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))
    });
    let mut out = String::new();
    html::push_html(&mut out, inline);
    out
}

fn harmless(event: Event<'_>) -> Option<Event<'_>> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let web = ["https://", "http://", "#"].iter().any(|start| dest_url.starts_with(start));
            let dest_url = if web { dest_url } else { CowStr::from("#") };
            Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        other => Some(other),
    }
}

fn place<'a>(
    text: &str,
    claim: &mut impl FnMut(&str) -> Option<String>,
    events: &mut Vec<Event<'a>>,
) {
    const OPEN: &str = "{{claim:";
    let mut rest = text;
    while let Some(at) = rest.find(OPEN) {
        let Some(length) = rest[at..].find("}}") else { break };
        let id = rest[at + OPEN.len()..at + length].trim();
        events.push(Event::Text(rest[..at].to_owned().into()));
        events.push(match claim(id) {
            Some(html) => Event::InlineHtml(html.into()),
            None => Event::Text(rest[at..at + length + 2].to_owned().into()),
        });
        rest = &rest[at + length + 2..];
    }
    events.push(Event::Text(rest.to_owned().into()));
}

/// Gives each heading an id made of its words.
fn name_headings(events: &mut [Event<'_>]) -> Vec<(String, String)> {
    let mut headings = Vec::new();
    for at in 0..events.len() {
        let words: String = events[at..]
            .iter()
            .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))))
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        let Event::Start(Tag::Heading { level, id, .. }) = &mut events[at] else { continue };
        let name = format!("guide-{}", slug(&words));
        *id = Some(name.clone().into());
        if *level == pulldown_cmark::HeadingLevel::H2 {
            headings.push((name, words));
        }
    }
    headings
}

fn slug(words: &str) -> String {
    let lower = words.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// A paragraph may not hold what unfolds under a claim, a division may.
fn open_paragraphs(events: &mut [Event<'_>]) {
    let mut start = None;
    let mut has_claim = false;
    for at in 0..events.len() {
        match &events[at] {
            Event::Start(Tag::Paragraph) => (start, has_claim) = (Some(at), false),
            Event::InlineHtml(_) => has_claim = true,
            Event::End(TagEnd::Paragraph) if has_claim => {
                if let Some(start) = start {
                    events[start] = Event::Html("<div class=\"p\">".into());
                    events[at] = Event::Html("</div>\n".into());
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(markdown: &str) -> String {
        guide(markdown, |id| (id == "a/b").then(|| "<details>B</details>".to_owned())).html
    }

    #[test]
    fn a_claim_stands_in_the_midst_of_a_paragraph() {
        assert_eq!(
            render("Before. {{claim:a/b}} After."),
            "<div class=\"p\">Before. <details>B</details> After.</div>\n"
        );
    }

    #[test]
    fn an_unknown_claim_stays_as_written() {
        assert_eq!(render("x {{claim:c/d}}"), "<p>x {{claim:c/d}}</p>\n");
    }

    #[test]
    fn raw_html_and_pictures_of_a_pack_are_only_text() {
        let html =
            render("<script>x</script>\n\na <b>b</b> ![c](https://x/y.png) [d](javascript:e)");
        assert!(
            !html.contains("<script") && !html.contains("<b>") && !html.contains("<img"),
            "{html}"
        );
        assert!(!html.contains("javascript") && html.contains("&lt;script"), "{html}");
    }

    #[test]
    fn headings_can_be_linked_to() {
        let prose = guide("## Choose *Rust* when\n\n### More", |_| None);
        assert_eq!(prose.headings, [("guide-choose-rust-when".into(), "Choose Rust when".into())]);
        assert!(prose.html.contains("<h2 id=\"guide-choose-rust-when\">"), "{}", prose.html);
    }
}
