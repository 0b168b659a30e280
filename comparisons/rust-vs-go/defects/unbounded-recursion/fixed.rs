use std::collections::HashMap;

type Needs<'a> = HashMap<&'a str, Vec<&'a str>>;

struct Cycle;

/// Reads "app:lib,log lib:log log:": what each package needs.
fn parse(text: &str) -> Needs<'_> {
    text.split_whitespace()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, list)| (name, list.split(',').filter(|need| !need.is_empty()).collect()))
        .collect()
}

/// How many packages are built one after another, at most. The path leads from
/// the first package to this one.
fn depth<'a>(needs: &Needs<'a>, path: &mut Vec<&'a str>, name: &'a str) -> Result<usize, Cycle> {
    if path.contains(&name) {
        return Err(Cycle);
    }
    path.push(name);
    let mut deepest = 0;
    for need in needs.get(name).into_iter().flatten() {
        deepest = deepest.max(depth(needs, path, need)?);
    }
    path.pop();
    Ok(deepest + 1)
}

fn run(packages: &str) -> String {
    match depth(&parse(packages), &mut Vec::new(), "app") {
        Ok(steps) => format!("{steps} steps"),
        Err(Cycle) => "a package needs itself".to_owned(),
    }
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
}
