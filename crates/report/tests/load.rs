//! What `load` shows, in every format.

mod load_sample;

use load_sample as sample;
use proptest::prelude::*;
use report::Style;
use unicode_width::UnicodeWidthStr;

#[test]
fn text_of_every_kind_of_drive() {
    let shown = sample::all()
        .into_iter()
        .map(|(name, sample)| format!("---- {name}\n{}", sample.document().text(&Style::plain())));
    insta::assert_snapshot!(shown.collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_drive_fits_one_screen() {
    for (name, sample) in sample::all() {
        let text = sample.document().text(&Style::plain());
        let most = if name == "failing" { 33 } else { 24 };
        assert!(text.lines().count() <= most, "{name}: {}\n{text}", text.lines().count());
    }
}

#[test]
fn figures_that_cannot_be_believed_say_so_first() {
    let text = sample::invalid().document().text(&Style::plain());
    assert!(text.lines().nth(1).is_some_and(|line| line.starts_with("INVALID")), "{text}");
    let refused = sample::refused().document().text(&Style::plain());
    assert!(refused.contains("nothing measured: 20,003 of 20,003 requests: the server did not"));
    assert!(!refused.contains("p99"), "no quantiles of nothing: {refused}");
}

#[test]
fn json_is_frozen() {
    let mut document: serde_json::Value =
        serde_json::from_str(&sample::stalling().document().json().unwrap()).unwrap();
    for histogram in ["response_histogram", "service_histogram"] {
        let text = document[histogram].as_str().unwrap();
        assert!(text.starts_with("HISTF") && text.len() > 100, "{text}");
        document[histogram] = "HISTF…".into();
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&document).unwrap());
}

#[test]
fn markdown_for_an_issue() {
    let shown = [sample::stalling(), sample::capacity(), sample::odd_words()];
    let shown: Vec<String> = shown.iter().map(|sample| sample.document().markdown()).collect();
    insta::assert_snapshot!(shown.join("\n----\n\n"));
}

/// The tags that make up a page's structure.
fn outline(html: &str) -> String {
    const SHOWN: [&str; 10] =
        ["h1", "h2", "main", "aside", "section", "details", "table", "pre", "figure", "footer"];
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
    let shown = [sample::stalling(), sample::capacity(), sample::refused()];
    let pages = shown.iter().map(|sample| outline(&sample.document().html().expect("a page")));
    insta::assert_snapshot!(pages.collect::<Vec<_>>().join("\n----\n"));
}

#[test]
fn a_page_is_one_file_without_network_and_without_script() {
    for (name, sample) in sample::all() {
        let page = sample.document().html().expect("a page");
        for outside in ["https://", "<script", "<link", "<img", "url(", "@import", "src=", "href="]
        {
            assert!(!page.contains(outside), "{name}: {outside}");
        }
        assert_eq!(page.matches("</html>").count(), 1, "{name}");
    }
}

#[test]
fn words_of_servers_stay_words() {
    let document = sample::odd_words().document();
    let page = document.html().expect("a page");
    assert!(page.contains("&lt;/script&gt;&lt;b&gt;&amp;amp;") && !page.contains("<b>&amp;"));
    let text = document.text(&Style::plain());
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
}

#[test]
fn nothing_that_is_concealed_leaves_in_any_format() {
    for (name, sample) in sample::all() {
        let document = sample.document();
        let formats = [
            document.text(&Style::coloured()),
            document.json().expect("JSON"),
            document.markdown(),
            document.html().expect("a page"),
        ];
        for private in sample::PRIVATE {
            assert!(formats.iter().all(|text| !text.contains(private)), "{name}: {private}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn no_line_is_wider_than_eighty_columns(
        which in 0..9_usize,
        url in "http://[a-z語]{1,120}/[a-z/ ]{0,90}",
        why in proptest::collection::vec("[ a-z語\u{1b}]{0,200}", 0..4),
        numbers in proptest::collection::vec(0.0..1e9_f64, 6),
        counts in proptest::collection::vec(any::<u64>(), 4),
    ) {
        let (_, mut sample) = sample::all().swap_remove(which);
        sample.url = url;
        let report = &mut sample.report;
        report.valid = why.is_empty();
        report.invalid_because = why;
        report.asked_rate = numbers[0];
        report.achieved_rate = numbers[1];
        report.response.p99_ms = numbers[2] / 100.0;
        report.lag.max_ms = numbers[3] / 1000.0;
        report.goodput = numbers[4];
        report.little.under_way = numbers[5];
        report.counts.right = counts[0];
        report.counts.waited_for_socket = counts[1];
        report.errors.timeout = counts[2] >> 8;
        report.counts.censored = counts[3];
        let text = sample.document().text(&Style::plain());
        for line in text.lines() {
            prop_assert!(line.width() <= 80, "{line}");
        }
    }
}
