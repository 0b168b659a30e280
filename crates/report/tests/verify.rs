//! What `verify` shows, in every format, of a judgement with every verdict and
//! every finding.

#[expect(dead_code, reason = "each file of tests uses a part of it")]
mod sample;

use pulldown_cmark::{Event, Tag};
use report::Style;
use report::verify::{RunView, VerifyDocument, VerifyInput};
use unicode_width::UnicodeWidthStr;

fn plain(document: &VerifyDocument) -> String {
    document.text(&Style::plain(), Some("evenhand/rust-vs-go.html"))
}

/// Every format of the document.
fn formats(document: &VerifyDocument) -> [(&'static str, String); 5] {
    [
        ("text", plain(document)),
        ("markdown", document.markdown()),
        ("json", document.json().expect("JSON")),
        ("html", document.html().expect("a page")),
        ("edition", document.edition()),
    ]
}

/// The tags that make up the page's structure, with what names them.
fn outline(html: &str) -> String {
    const SHOWN: [&str; 14] = [
        "h1", "h2", "h3", "nav", "main", "aside", "article", "section", "details", "summary",
        "table", "footer", "svg", "button",
    ];
    let mut lines = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap_or((tag, ""));
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        if !SHOWN.contains(&name) || tag.contains("overflow=") {
            continue;
        }
        let attribute = |name: &str| {
            let value = tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?;
            Some(format!(" {name}={value}"))
        };
        let attributes: String =
            ["id", "class", "aria-label"].into_iter().filter_map(attribute).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.push(format!("{name}{attributes} {text}").trim_end().to_owned());
    }
    lines.join("\n")
}

#[test]
fn text_for_a_terminal() {
    insta::assert_snapshot!(plain(&sample::document()));
}

#[test]
fn text_of_few_claims_spells_out_the_evidence() {
    insta::assert_snapshot!(plain(&sample::only(&[
        "speed/close-to-the-machine",
        "learning/rust-higher",
        "tail/collector-pauses",
    ])));
}

#[test]
fn text_of_a_list_shows_sentences_without_verdicts() {
    insta::assert_snapshot!(sample::list().text(&Style::plain(), None));
}

#[test]
fn markdown_for_a_pull_request() {
    insta::assert_snapshot!(sample::document().markdown());
}

#[test]
fn json_is_frozen() {
    insta::assert_snapshot!(sample::document().json().unwrap());
}

#[test]
fn json_of_a_list_keeps_the_shape() {
    let json: serde_json::Value = serde_json::from_str(&sample::list().json().unwrap()).unwrap();
    let claims = json["claims"].as_array().unwrap();
    assert_eq!(claims.len(), 17);
    assert!(claims.iter().all(|claim| claim["verdict"].is_null()));
    assert!(claims.iter().all(|claim| claim["evidence"].as_array().unwrap().is_empty()));
    assert!(json["environment"].is_null() && json["run"].is_null());
}

#[test]
fn json_keys_come_in_the_order_that_was_promised() {
    let json = sample::document().json().unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let keys = |value: &serde_json::Value| {
        value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ")
    };
    assert!(keys(&json).starts_with("schema pack environment coverage self_check claims"));
    assert_eq!(keys(&json["coverage"]), "claims contested run documented judgement not_run");
    assert!(keys(&json["self_check"][0]).starts_with("workload metric ratio low high side"));
    let claim = &json["claims"][2];
    assert!(
        keys(claim)
            .starts_with("id ref dimension standing kind verdict reason experiments evidence")
    );
    assert!(keys(&claim["evidence"][0]).starts_with(
        "experiment metric unit profile tier numerator denominator scale ratio difference low high \
         level pairs margin floor favours values"
    ));
    assert_eq!(keys(&claim["evidence"][0]["values"]), "rust go");
}

#[test]
fn the_page_keeps_its_structure() {
    insta::assert_snapshot!(outline(&sample::document().html().unwrap()));
}

#[test]
fn every_sentence_is_on_the_page_once_with_a_link_to_it() {
    let document = sample::document();
    let html = document.html().unwrap();
    for claim in &document.claims {
        let place = format!(" id=\"{}\">", claim.id);
        assert_eq!(html.matches(&place).count(), 1, "{}", claim.id);
        assert!(html.contains(&format!("href=\"#{}\"", claim.id)), "{}", claim.id);
    }
}

#[test]
fn the_page_needs_no_network() {
    for document in [sample::document(), sample::list()] {
        let html = document.html().unwrap();
        for (at, _) in html.match_indices("http") {
            let before = &html[..at];
            let cited = before.ends_with("<a href=\"") || before.ends_with("<meta ");
            assert!(cited, "{}", &html[at.saturating_sub(60)..at + 40]);
        }
        for fetch in ["src=", "url(", "@import", "<link", "<img", "<iframe", "fetch("] {
            assert!(!html.contains(fetch), "{fetch}");
        }
    }
}

#[test]
fn no_format_tells_who_or_where() {
    for (format, text) in formats(&sample::document()) {
        for private in ["tower7", "/home/", "ada/pack"] {
            assert!(!text.contains(private), "{format} holds {private}");
        }
        let text = text.replace('\\', "");
        assert!(text.contains("build failed: ~/pack/hello on this machine"), "{format}");
    }
}

/// Puts words of the machine into every text that a tool or the system may
/// have had a hand in.
fn gossip(judgement: &mut judge::Judgement) {
    let told = |what: &str| format!("{what} in /home/ada/pack, said tower7");
    judgement.remarks.push(told("a remark"));
    for claim in &mut judgement.claims {
        claim.reason = told("a reason");
        claim.conditions.push(told("a condition"));
        for row in &mut claim.evidence {
            row.warnings.push(told("a warning"));
            if let judge::Finding::NotRun { why } = &mut row.finding {
                *why = told("a fault");
            }
        }
        for attempt in &mut claim.attempts {
            attempt.seen = told("output of a tool");
        }
    }
}

#[test]
fn no_format_repeats_what_tools_tell_of_the_machine() {
    let (comparison, mut judgement, mut facts) =
        (sample::comparison(), sample::judgement(), sample::facts());
    gossip(&mut judgement);
    facts.run.environment.toolchains.insert(
        sample::side("go"),
        model::Toolchain {
            language: "Go".to_owned(),
            state: model::ToolchainState::Missing { reason: "not in /home/ada/bin".to_owned() },
        },
    );
    let conceal = sample::conceal();
    let of = |judgement: &judge::Judgement| {
        VerifyDocument::new(&VerifyInput {
            texts: &report::defect::DefectTexts::new(),
            comparison: &comparison,
            judgement,
            run: Some(RunView {
                facts: &facts,
                repeat: "evenhand verify --pack /home/ada/pack",
                pack: Some("/home/ada/pack"),
            }),
            version: "0.1.0",
            conceal: &conceal,
        })
    };
    let whole = of(&judgement);
    let few = ["errors/go-explicit", "watch/races", "speed/close-to-the-machine"];
    judgement.claims.retain(|claim| few.contains(&claim.id.as_str()));
    for (format, text) in formats(&whole).into_iter().chain(formats(&of(&judgement))) {
        for private in sample::PRIVATE {
            assert!(!text.contains(private), "{format} holds {private}");
        }
        assert!(text.contains("~/pack") || text.contains("\\~/pack"), "{format}");
    }
}

#[test]
fn the_guide_as_an_edition() {
    insta::assert_snapshot!(sample::document().edition());
}

#[test]
fn an_edition_of_nothing_run_says_so() {
    let edition = sample::list().edition();
    assert!(edition.contains("*Nothing has been run yet.*"), "{edition}");
    assert!(edition.contains("## Choose Rust when"), "{edition}");
}

#[test]
fn an_edition_is_sane_commonmark() {
    let document = sample::document();
    let edition = document.edition();
    let (mut headings, mut links, mut anchors) = (0, Vec::new(), Vec::new());
    for event in pulldown_cmark::Parser::new(&edition) {
        match event {
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Start(Tag::Link { dest_url, .. }) => {
                links.extend(dest_url.strip_prefix('#').map(str::to_owned));
            }
            Event::InlineHtml(html) if html.starts_with("<a id=") => {
                anchors.extend(html.split('"').nth(1).map(str::to_owned));
            }
            Event::InlineHtml(html) => {
                assert!(["<sup>", "</sup>", "</a>"].contains(&html.as_ref()), "{html}");
            }
            Event::Html(html) => panic!("raw HTML: {html}"),
            Event::Start(Tag::CodeBlock(_)) => panic!("a block of code"),
            _ => {}
        }
    }
    assert!(headings > 5, "{headings} headings");
    assert_eq!(anchors.len(), document.claims.len());
    assert!(links.len() >= anchors.len() && links.iter().all(|link| anchors.contains(link)));
}

#[test]
fn many_claims_stay_short_on_a_terminal() {
    let (comparison, mut judgement, facts) =
        (sample::comparison(), sample::judgement(), sample::facts());
    for claim in &mut judgement.claims {
        claim.verdict = Some(model::Verdict::Depends);
        claim.reason = "as said in one of many, and otherwise not ".repeat(12);
    }
    let document = VerifyDocument::new(&VerifyInput {
        texts: &report::defect::DefectTexts::new(),
        comparison: &comparison,
        judgement: &judgement,
        run: Some(RunView { facts: &facts, repeat: sample::REPEAT, pack: None }),
        version: "0.1.0",
        conceal: &[],
    });
    let lines = plain(&document).lines().count();
    assert!(lines <= 17 * 3 + 12, "{lines} lines");
}

#[test]
fn many_attempts_are_no_wall() {
    let (comparison, mut judgement, facts) =
        (sample::comparison(), sample::judgement(), sample::facts());
    let claim = judgement.claims.iter_mut().find(|claim| claim.id.as_str() == "errors/go-explicit");
    let claim = claim.unwrap();
    let row = claim.attempts[0].clone();
    claim.attempts.extend((0..36).map(|_| row.clone()));
    judgement.claims.retain(|claim| claim.id.as_str() == "errors/go-explicit");
    let document = VerifyDocument::new(&VerifyInput {
        texts: &report::defect::DefectTexts::new(),
        comparison: &comparison,
        judgement: &judgement,
        run: Some(RunView { facts: &facts, repeat: sample::REPEAT, pack: None }),
        version: "0.1.0",
        conceal: &[],
    });
    assert!(plain(&document).lines().count() < 40, "{}", plain(&document));
    assert!(document.markdown().len() < 3000, "{}", document.markdown());
    let html = document.html().unwrap();
    let (seen, folded) = html.split_once("39 more as expected</summary>").unwrap();
    assert!(
        seen.contains("<li class=\"not-as-said\">") && !seen.contains("<li class=\"as-said\">")
    );
    assert!(folded.matches("<li class=\"as-said\">").count() >= 39);
}

#[test]
fn a_sentence_copied_as_markdown_tells_what_was_tried() {
    let html = sample::only(&["errors/go-explicit"]).html().unwrap();
    let copied = html.split("data-markdown=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(copied.contains("◐ **depends**: 6 of 7 checks as expected"), "{copied}");
    assert!(
        copied.contains("an error that nobody looks at: 1 not as expected, 3 checks as expected")
    );
    assert!(copied.contains("Repeat: `evenhand verify errors/go-explicit`"), "{copied}");
}

#[test]
fn verdicts_can_be_hidden_on_a_screen_and_are_printed() {
    let html = sample::document().html().unwrap();
    assert!(html.contains("<input type=\"checkbox\" id=\"hide-verdicts\">"));
    let rule = html.find("#hide-verdicts:checked").unwrap();
    let media = html[..rule].rfind("@media").unwrap();
    assert!(html[media..].starts_with("@media screen"), "{}", &html[media..rule]);
}

#[test]
fn the_guide_reads_as_an_article_with_every_chip_hidden() {
    let html = sample::document().html().unwrap();
    let article = html.split("<article>").nth(1).unwrap().split("</article>").next().unwrap();
    let mut shown = String::new();
    let mut rest = article;
    while let Some((before, after)) = rest.split_once(" <span class=\"chip") {
        shown.push_str(before);
        rest = after.split_once("</details>").unwrap().1;
    }
    shown.push_str(rest);
    assert!(shown.contains("beside it.</span> <details"), "{shown}");
    assert!(shown.contains("open source.</span> If that is all"), "{shown}");
}

#[test]
fn sentences_that_fell_are_named_above_the_article() {
    let html = sample::document().html().unwrap();
    let aside = html.split("<aside").nth(1).unwrap().split("</aside>").next().unwrap();
    for id in ["footprint/cold-start", "build/rust-checks-fast", "watch/generics"] {
        assert!(aside.contains(&format!("href=\"#{id}\"")), "{aside}");
    }
    assert_eq!(aside.matches("href=").count(), 3);
    assert!(html.find("<aside") < html.find("<article"));
}

#[test]
fn a_run_that_refuted_nothing_says_so() {
    let html = sample::only(&["footprint/small-runtime", "footprint/no-collector"]).html().unwrap();
    assert!(html.contains("Every sentence that was put to the test here stands."));
    let html = sample::only(&["speed/json", "footprint/small-runtime"]).html().unwrap();
    assert!(html.contains("No sentence was refuted here"));
}

#[test]
fn no_total_score_rank_or_share_is_shown() {
    for (format, text) in formats(&sample::document()) {
        let lower = text.to_lowercase();
        for total in ["score", "winner", "rank", "% of claims", "% of the claims"] {
            assert!(!lower.contains(total), "{format} holds {total}");
        }
    }
}

#[test]
fn colour_adds_escape_sequences_and_nothing_else() {
    let document = sample::document();
    let coloured = document.text(&Style::coloured(), Some("evenhand/rust-vs-go.html"));
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    stripped.push_str(rest);
    let trimmed = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    assert!(coloured.contains('\u{1b}'));
    assert_eq!(trimmed(&stripped), trimmed(&plain(&document)));
}

#[test]
fn the_sample_fits_eighty_columns() {
    for line in plain(&sample::document()).lines() {
        assert!(line.width() <= 80, "{line}");
    }
}

#[test]
fn what_a_change_does_stands_beside_what_the_side_does() {
    let document = sample::squared();
    let markdown = document.markdown();
    for line in [
        "|  | as it is | bounded | bounded of as it is |",
        "| go | 14 /s | 731 /s | 52.2x (49.6 to 55.3) |",
        "| rust | 14.2 /s | 738 /s | 52.0x (49.4 to 55.1) |",
        "| go of rust | 0.99x (0.94 to 1.05) | 0.99x (0.93 to 1.04) |  |",
    ] {
        assert!(markdown.contains(line), "{line}\n{markdown}");
    }
    let page = document.html().unwrap();
    assert_eq!(page.matches("class=\"square\"").count(), 1);
    assert!(page.contains("<td>52.2x (49.6 to 55.3)</td>"));
}

#[test]
fn programs_of_a_case_stand_beside_each_other_once() {
    let page = sample::document().html().unwrap();
    assert_eq!(page.matches("All programs beside each other").count(), 1);
    assert!(page.contains("<td>1.26 GiB</td>") && page.contains("CPU time a request over memory"));
    // A dot a program, in both plots.
    assert_eq!(page.matches("<circle class=\"first\"").count(), 2);
    assert_eq!(page.matches("<circle class=\"second\"").count(), 6);
}
