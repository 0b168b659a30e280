//! What `compare` shows, in every format.

mod compare_sample;

use compare_sample as sample;
use pulldown_cmark::{Event, Options, Parser};
use report::Style;

fn text(sample: &sample::Sample) -> String {
    sample.document().text(&Style::plain())
}

#[test]
fn text_of_every_kind_of_comparison() {
    let all = sample::all();
    let shown = all.iter().map(|(name, sample)| format!("---- {name}\n{}", text(sample)));
    insta::assert_snapshot!(shown.collect::<Vec<_>>().join("\n"));
}

#[test]
fn json_is_frozen() {
    insta::assert_snapshot!(sample::typical().document().json().unwrap());
}

#[test]
fn markdown_for_an_issue() {
    let shown = [sample::typical(), sample::other_answers(), sample::odd_words()];
    let shown: Vec<String> = shown.iter().map(|sample| sample.document().markdown()).collect();
    insta::assert_snapshot!(shown.join("\n----\n\n"));
}

#[test]
fn csv_for_a_spreadsheet() {
    let shown = [sample::typical(), sample::odd_words(), sample::other_answers()];
    let shown: Vec<String> =
        shown.iter().map(|sample| sample.document().csv().replace('\r', "")).collect();
    insta::assert_snapshot!(shown.join("----\n"));
}

/// The tags that make up a page's structure.
fn outline(html: &str) -> String {
    const SHOWN: [&str; 12] = [
        "h1", "h2", "h3", "main", "aside", "section", "details", "summary", "table", "pre",
        "footer", "figure",
    ];
    let mut lines = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap_or((tag, ""));
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        if SHOWN.contains(&name) {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            lines.push(format!("{tag} {text}").trim_end().to_owned());
        }
    }
    lines.join("\n")
}

#[test]
fn the_page_keeps_its_structure() {
    let shown = [sample::typical(), sample::other_answers()];
    let pages = shown.iter().map(|sample| outline(&sample.document().html().expect("a page")));
    insta::assert_snapshot!(pages.collect::<Vec<_>>().join("\n----\n"));
}

#[test]
fn a_page_is_one_file_without_network_and_without_script() {
    for (name, sample) in sample::all() {
        let page = sample.document().html().expect("a page");
        for outside in ["http://", "https://", "<script", "<link", "<img", "url(", "@import"] {
            assert!(!page.contains(outside), "{name}: {outside}");
        }
        assert_eq!(page.matches("</html>").count(), 1, "{name}");
    }
}

#[test]
fn words_of_tools_and_people_stay_words() {
    let document = sample::odd_words().document();
    let page = document.html().expect("a page");
    assert!(page.contains("&lt;/script&gt;&lt;b&gt;&amp;amp; | `x_y` *z*"));
    assert!(!page.contains("<b>&amp; |") && !page.contains("]]>\n") && !page.contains('\u{1b}'));
    for line in document.csv().lines().skip(1) {
        assert!(line.contains("\"'=cmd|' /C calc'!A0, \"\"rows\"\"\""), "{line}");
    }
    let text = document.text(&Style::plain());
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
}

/// Inline code and everything else that is no markup.
fn told(markdown: &str) -> String {
    let mut told = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) | Event::Code(text) => told.push_str(&text),
            Event::Html(html) | Event::InlineHtml(html) => {
                let known = ["<details>", "</details>", "<summary>", "</summary>", "<br>"];
                let begins = known.iter().any(|tag| html.trim_start().starts_with(tag));
                assert!(begins, "{html}");
            }
            _ => told.push(' '),
        }
    }
    told
}

#[test]
fn markdown_shows_odd_words_as_they_are() {
    let told = told(&sample::odd_words().document().markdown());
    assert!(told.contains("</script><b>&amp; | x_y *z* [31m \"quoted\""), "{told}");
}

#[test]
fn nothing_that_is_concealed_leaves_in_any_format() {
    for (name, sample) in sample::all() {
        let document = sample.document();
        let formats = [
            document.text(&Style::coloured()),
            document.json().expect("JSON"),
            document.markdown(),
            document.csv(),
            document.html().expect("a page"),
        ];
        for (format, text) in formats.iter().enumerate() {
            let leaked = sample::PRIVATE.iter().find(|word| text.contains(**word));
            assert_eq!(leaked, None, "{name}, format {format}");
        }
    }
}

#[test]
fn without_colour_there_is_no_escape_sequence() {
    for (name, sample) in sample::all() {
        let document = sample.document();
        assert!(!document.text(&Style::plain()).contains('\u{1b}'), "{name}");
        let coloured = document.text(&Style::coloured());
        assert!(coloured.contains("\u{1b}["), "{name}");
    }
}

#[test]
fn withheld_numbers_are_in_no_format() {
    for sample in [sample::other_answers(), sample::missing_sync()] {
        let document = sample.document();
        assert_eq!(document.csv().lines().count(), 1);
        for text in [document.text(&Style::plain()), document.markdown()] {
            assert!(text.contains("--anyway") && !text.contains("x of go ("), "{text}");
        }
    }
}

#[test]
fn every_ratio_names_both_sides() {
    for (name, sample) in sample::all() {
        for line in sample.document().text(&Style::plain()).lines() {
            if let Some((before, after)) = line.split_once("x of ") {
                let number = before.rsplit(' ').next().expect("a word");
                assert!(number.parse::<f64>().is_ok(), "{name}: {line}");
                assert!(before.trim_end_matches(number).trim_end().ends_with(['t', 'a']), "{line}");
                assert!(after.starts_with("go"), "{name}: {line}");
            }
        }
    }
}

#[test]
#[ignore = "writes pages to look at: EVENHAND_PAGES names the folder"]
fn pages_to_look_at() {
    let folder = std::path::PathBuf::from(std::env::var_os("EVENHAND_PAGES").expect("a folder"));
    for (name, sample) in sample::all() {
        let page = sample.document().html().expect("a page");
        std::fs::write(folder.join(format!("{name}.html")), page).expect("a file");
    }
}
