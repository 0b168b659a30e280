//! A Rust file as words, texts and marks: enough to see what code names,
//! without being misled by comments and string literals. Knows which parts are
//! tests. Leaves out everything a compiler would need beyond that: macros are
//! not expanded, types are not known.

use std::collections::BTreeMap;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An identifier, a keyword or a number.
    Word,
    /// The inside of a string literal.
    Text,
    /// One character of punctuation.
    Mark,
}

/// A piece of code.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) text: String,
    /// Counted from 1.
    pub(crate) line: usize,
    /// Inside an item under `#[cfg(test)]`.
    pub(crate) test: bool,
}

impl Token {
    pub(crate) fn is(&self, text: &str) -> bool {
        self.kind != Kind::Text && self.text == text
    }
}

/// A path such as `std::process::Command` as the code means it, imports
/// resolved; a macro's name ends in `!`, a glob in `*`.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
}

/// A file of Rust code.
#[derive(Debug)]
pub(crate) struct Source {
    /// Relative to the repository.
    pub(crate) path: String,
    /// How many lines it has.
    pub(crate) lines: usize,
    /// All tokens in order.
    pub(crate) tokens: Vec<Token>,
}

impl Source {
    pub(crate) fn new(path: impl Into<String>, text: &str) -> Self {
        let path = path.into();
        let mut tokens = Lexer::new(text).tokens();
        if path.contains("/tests/") || path.ends_with("/tests.rs") {
            tokens.iter_mut().for_each(|token| token.test = true);
        } else {
            mark_tests(&mut tokens);
        }
        Self { path, lines: text.lines().count(), tokens }
    }

    /// `file:line`.
    pub(crate) fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path)
    }

    /// Lines that belong to tests, and lines that do not.
    pub(crate) fn test_and_other_lines(&self) -> (usize, usize) {
        if self.tokens.iter().all(|token| token.test) && !self.tokens.is_empty() {
            return (self.lines, 0);
        }
        let mut tests = 0;
        let mut first = None;
        for (index, token) in self.tokens.iter().enumerate() {
            if token.test {
                first.get_or_insert(token.line);
                if self.tokens.get(index + 1).is_none_or(|next| !next.test) {
                    tests += token.line + 1 - first.take().unwrap_or(token.line);
                }
            }
        }
        (tests, self.lines.saturating_sub(tests))
    }

    /// Every path named outside tests, imports among them.
    pub(crate) fn names(&self) -> Vec<Named> {
        let mut names = Vec::new();
        let mut imports = BTreeMap::new();
        let mut rest = Vec::new();
        let mut index = 0;
        while index < self.tokens.len() {
            let token = &self.tokens[index];
            if token.is("use") && self.tokens.get(index + 1).is_some_and(|next| !next.is("<")) {
                let mut tree =
                    UseTree { tokens: &self.tokens, index: index + 1, found: Vec::new() };
                tree.branch(&[]);
                index = tree.index;
                if !token.test {
                    for (segments, alias, line) in tree.found {
                        imports.insert(alias, segments.clone());
                        names.push(Named { segments, line });
                    }
                }
            } else if token.kind == Kind::Word {
                let (segments, next) = self.path_at(index);
                if !token.test && !self.is_member(index) {
                    rest.push(Named { segments, line: token.line });
                }
                index = next;
            } else {
                index += 1;
            }
        }
        names.extend(rest.into_iter().map(|name| resolved(name, &imports)));
        names
    }

    /// Whether the word is a field or method, which no import stands behind.
    fn is_member(&self, index: usize) -> bool {
        index > 0 && self.tokens[index - 1].is(".")
    }

    fn path_at(&self, start: usize) -> (Vec<String>, usize) {
        let mut segments = vec![self.tokens[start].text.clone()];
        let mut index = start + 1;
        while self.is_at(index, "::") && self.tokens.get(index + 2).is_some_and(Token::is_word) {
            segments.push(self.tokens[index + 2].text.clone());
            index += 3;
        }
        if self.is_at(index, "!") && !self.is_at(index + 1, "=") {
            segments.last_mut().expect("a path has a segment").push('!');
        }
        (segments, index)
    }

    /// Whether these marks stand at `index`, one token each.
    fn is_at(&self, index: usize, marks: &str) -> bool {
        marks.chars().enumerate().all(|(offset, mark)| {
            self.tokens
                .get(index + offset)
                .is_some_and(|token| token.kind == Kind::Mark && token.text.starts_with(mark))
        })
    }
}

impl Token {
    fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }
}

fn resolved(name: Named, imports: &BTreeMap<String, Vec<String>>) -> Named {
    match imports.get(&name.segments[0]) {
        Some(full) => {
            let segments = full.iter().chain(&name.segments[1..]).cloned().collect();
            Named { segments, line: name.line }
        }
        None => name,
    }
}

/// Reads what follows `use`, up to the semicolon.
struct UseTree<'a> {
    tokens: &'a [Token],
    index: usize,
    /// Full path, the name it has in this file, line.
    found: Vec<(Vec<String>, String, usize)>,
}

impl UseTree<'_> {
    fn branch(&mut self, before: &[String]) {
        let mut path = before.to_vec();
        while let Some(token) = self.tokens.get(self.index).cloned() {
            if token.is(";") || token.is(",") || token.is("}") {
                break;
            }
            self.index += 1;
            if token.is("{") {
                while self.tokens.get(self.index).is_some_and(|t| !t.is("}") && !t.is(";")) {
                    self.branch(&path);
                    if self.tokens.get(self.index).is_some_and(|t| t.is(",")) {
                        self.index += 1;
                    }
                }
                self.index += 1;
                return;
            }
            if token.is("as") {
                let alias = self.tokens.get(self.index).map(|t| t.text.clone());
                self.index += 1;
                self.leaf(path, alias, token.line);
                return;
            }
            if (token.kind == Kind::Word && token.text != "self") || token.is("*") {
                path.push(token.text);
            }
        }
        let line = self.tokens.get(self.index.saturating_sub(1)).map_or(0, |token| token.line);
        self.leaf(path, None, line);
    }

    fn leaf(&mut self, path: Vec<String>, alias: Option<String>, line: usize) {
        if let Some(last) = path.last().cloned() {
            self.found.push((path, alias.unwrap_or(last), line));
        }
    }
}

/// Marks what stands under `#[cfg(test)]`, to the end of the item.
fn mark_tests(tokens: &mut [Token]) {
    let mut index = 0;
    while index + 1 < tokens.len() {
        let inner = tokens[index].is("#") && tokens[index + 1].is("!");
        let open = index + 1 + usize::from(inner);
        if !tokens[index].is("#") || !tokens.get(open).is_some_and(|token| token.is("[")) {
            index += 1;
            continue;
        }
        let close = closing(tokens, open);
        if !is_test_condition(&tokens[open..close]) {
            index = close;
            continue;
        }
        let end = if inner { tokens.len() } else { item_end(tokens, close + 1) };
        tokens[index..end].iter_mut().for_each(|token| token.test = true);
        index = end;
    }
}

fn is_test_condition(attribute: &[Token]) -> bool {
    let says = |word: &str| attribute.iter().any(|token| token.is(word));
    attribute.get(1).is_some_and(|token| token.is("cfg")) && says("test") && !says("not")
}

/// One past the item that starts at `index`, further attributes included.
fn item_end(tokens: &[Token], mut index: usize) -> usize {
    while index < tokens.len() {
        let token = &tokens[index];
        if token.is(";") {
            return index + 1;
        }
        if token.is("{") {
            return (closing(tokens, index) + 1).min(tokens.len());
        }
        index = if token.is("(") || token.is("[") { closing(tokens, index) } else { index } + 1;
    }
    tokens.len()
}

/// Where the bracket that opens at `open` closes; the end if it never does.
pub(crate) fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        if token.kind != Kind::Mark {
            continue;
        }
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                depth -= 1;
                if depth == 0 {
                    return index;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

struct Lexer {
    chars: Vec<char>,
    index: usize,
    line: usize,
}

impl Lexer {
    fn new(text: &str) -> Self {
        Self { chars: text.chars().collect(), index: 0, line: 1 }
    }

    fn tokens(mut self) -> Vec<Token> {
        let mut tokens = Vec::new();
        while let Some(next) = self.peek(0) {
            let line = self.line;
            let (kind, text) = match next {
                '/' if self.peek(1) == Some('/') => {
                    self.take_while(|c| c != '\n');
                    continue;
                }
                '/' if self.peek(1) == Some('*') => {
                    self.skip_block_comment();
                    continue;
                }
                '"' => (Kind::Text, self.string()),
                '\'' => {
                    self.skip_char_or_lifetime();
                    continue;
                }
                c if c.is_alphanumeric() || c == '_' => {
                    let word = self.take_while(|c| c.is_alphanumeric() || c == '_');
                    self.after_word(word)
                }
                c => {
                    self.bump();
                    if c.is_whitespace() {
                        continue;
                    }
                    (Kind::Mark, c.to_string())
                }
            };
            tokens.push(Token { kind, text, line, test: false });
        }
        tokens
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.index + ahead).copied()
    }

    fn bump(&mut self) -> Option<char> {
        let next = self.peek(0)?;
        self.index += 1;
        self.line += usize::from(next == '\n');
        Some(next)
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.bump();
        }
    }

    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while self.peek(0).is_some_and(&fits) {
            taken.extend(self.bump());
        }
        taken
    }

    /// A word, unless it was the prefix of a string or of a raw identifier.
    fn after_word(&mut self, word: String) -> (Kind, String) {
        let hashes = (0..).take_while(|&ahead| self.peek(ahead) == Some('#')).count();
        let quoted = self.peek(hashes) == Some('"');
        match word.as_str() {
            "r" | "br" | "cr" if quoted => (Kind::Text, self.raw_string(hashes)),
            "b" | "c" if quoted && hashes == 0 => (Kind::Text, self.string()),
            "r" if hashes == 1 => {
                self.bump();
                (Kind::Word, self.take_while(|c| c.is_alphanumeric() || c == '_'))
            }
            _ => (Kind::Word, word),
        }
    }

    fn string(&mut self) -> String {
        self.bump();
        let mut inside = String::new();
        while let Some(next) = self.bump() {
            match next {
                '"' => break,
                // An escape stands for no letter that a word is made of.
                '\\' => {
                    self.bump();
                    inside.push(' ');
                }
                other => inside.push(other),
            }
        }
        inside
    }

    fn raw_string(&mut self, hashes: usize) -> String {
        self.skip(hashes + 1);
        let mut inside = String::new();
        while let Some(next) = self.bump() {
            if next == '"' && (0..hashes).all(|ahead| self.peek(ahead) == Some('#')) {
                self.skip(hashes);
                break;
            }
            inside.push(next);
        }
        inside
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0_usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => {
                    depth += 1;
                    self.bump();
                }
                (Some('*'), Some('/')) => {
                    depth -= 1;
                    self.bump();
                }
                (None, _) => return,
                _ => {}
            }
            self.bump();
            if depth == 0 {
                return;
            }
        }
    }

    fn skip_char_or_lifetime(&mut self) {
        self.bump();
        if self.peek(0) == Some('\\') {
            self.bump();
            self.bump();
            self.take_while(|c| c != '\'');
            self.bump();
        } else if self.peek(1) == Some('\'') {
            self.bump();
            self.bump();
        } else {
            self.take_while(|c| c.is_alphanumeric() || c == '_');
        }
    }
}

#[test]
fn comments_and_literals_hide_nothing_and_show_nothing() {
    let text = r##"
        // std::process::Command
        /* outer /* inner */ std::fs */
        const A: &str = "say \"go\" // not a comment";
        const B: &str = r#"raw "quoted" text"#;
        const C: char = '"';
        const D: char = '\'';
        fn e<'a>(f: &'a str) -> &'a str { f }
    "##;
    let source = Source::new("crates/x/src/y.rs", text);
    let texts: Vec<&str> =
        source.tokens.iter().filter(|t| t.kind == Kind::Text).map(|t| t.text.as_str()).collect();
    assert_eq!(texts, ["say  go  // not a comment", "raw \"quoted\" text"]);
    assert!(source.names().iter().all(|name| !name.segments.contains(&"process".to_owned())));
    assert_eq!(source.tokens.iter().find(|t| t.is("e")).map(|t| t.line), Some(8));
}

#[test]
fn imports_are_followed_to_their_full_path() {
    let text = "use std::{io::{self, Write as _}, time::Instant as Clock};\n\
                fn f() { Clock::now(); io::stdout(); x.now(); println!(); }";
    let named: Vec<String> = Source::new("crates/x/src/y.rs", text)
        .names()
        .iter()
        .map(|name| name.segments.join("::"))
        .collect();
    for full in
        ["std::io", "std::io::Write", "std::time::Instant::now", "std::io::stdout", "println!"]
    {
        assert!(named.iter().any(|name| name == full), "{full} not in {named:?}");
    }
    assert!(!named.iter().any(|name| name == "now"), "a method is no path");
}

#[test]
fn tests_inside_a_file_are_counted_apart() {
    let text = "fn f() {}\n\n#[cfg(test)]\nmod tests {\n    fn g() {}\n}\nfn h() {}\n";
    let source = Source::new("crates/x/src/y.rs", text);
    assert_eq!(source.test_and_other_lines(), (4, 3));
    assert!(source.tokens.iter().find(|t| t.is("g")).is_some_and(|t| t.test));
    assert!(source.tokens.iter().find(|t| t.is("h")).is_some_and(|t| !t.test));
    assert_eq!(Source::new("crates/x/src/y/tests.rs", text).test_and_other_lines(), (7, 0));
}
