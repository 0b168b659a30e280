//! Lines, expressions and texts. Whole programs are looked at by the command
//! line's tests.

use super::*;

const GRANT: &str = "Permission is hereby granted, free of charge, to any person obtaining a copy\n\
     of this software and associated documentation files (the \"Software\"), to deal\n\
     in the Software without restriction, including without limitation the rights\n\
     to use, copy, modify, merge, publish, distribute, sublicense, and/or sell\n\
     copies of the Software, and to permit persons to whom the Software is\n\
     furnished to do so";
const BSD: &str = "Redistribution and use in source and binary forms, with or without\n\
     modification, are permitted provided that the following conditions are met:\n";
const ISC: &str = "Permission to use, copy, modify, and/or distribute this software for any\n\
     purpose with or without fee is hereby granted";

fn accepted(words: &[&str]) -> Vec<Licensee> {
    words.iter().map(|word| Licensee::parse(word).unwrap()).collect()
}

#[track_caller]
fn is(text: &str, expected: &[&str]) {
    assert_eq!(text::licences_in(text), expected, "{text}");
}

#[test]
fn a_line_is_a_package_and_what_was_told_of_it() {
    let line = |text| package(text).unwrap();
    let both = |package: &str, told: &str| (package.to_owned(), told.to_owned());
    assert_eq!(line("memchr v2.7.4\tUnlicense OR MIT"), both("memchr v2.7.4", "Unlicense OR MIT"));
    assert_eq!(
        line("serde_derive v1.0.1 (proc-macro)\tMIT/Apache-2.0\r"),
        both("serde_derive v1.0.1 (proc-macro)", "MIT/Apache-2.0")
    );
    assert_eq!(
        line("golang.org/x/sync v0.24.0  /a/b c"),
        both("golang.org/x/sync v0.24.0", "/a/b c")
    );
    assert_eq!(line("ring v0.17.0\t"), both("ring v0.17.0", ""));
    assert_eq!((package(""), package("  \t ")), (None, None));
}

#[test]
fn an_expression_is_met_by_accepted_licences_alone() {
    let list = accepted(&["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]);
    for met in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0-only OR MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR ISC",
        "MIT OR Apache-2.0 OR LGPL-2.1-or-later",
    ] {
        assert_eq!(evaluated(met, &list), Ok(()), "{met}");
    }
    for unmet in [
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "GPL-2.0+/LGPL-2.1",
        "Apache-2.0 WITH Classpath-exception-2.0",
        "(MIT AND ISC) OR GPL-2.0-or-later",
    ] {
        let why = LicenceProblem::NotAccepted(unmet.to_owned());
        assert_eq!(evaluated(unmet, &list), Err(why), "{unmet}");
    }
}

#[test]
fn what_is_no_expression_is_not_accepted_by_chance() {
    let list = accepted(&["MIT"]);
    assert_eq!(evaluated("", &list), Err(LicenceProblem::NoLicence));
    for word in ["non-standard", "MIT OR", "MIT, ISC", "(MIT"] {
        let why = LicenceProblem::Unknown(word.to_owned());
        assert_eq!(evaluated(word, &list), Err(why), "{word}");
    }
}

#[test]
fn texts_that_share_most_of_their_words_are_told_apart() {
    let notice = "The above copyright notice and this permission notice shall be included";
    let mit = format!("{GRANT}, subject to the following conditions:\n\n{notice}");
    is(&mit, &["MIT"]);
    is(&mit.replace('\n', "\r\n * "), &["MIT"]);
    is(&format!("{mit}\nThe Software shall be used for Good, not Evil."), &["JSON"]);
    is(&format!("{GRANT}.\n\nTHE SOFTWARE IS PROVIDED \"AS IS\""), &["MIT-0"]);
    is(&mit.replace("of this software and", "of the Unicode data files and"), &[]);
    let name = "may be used to endorse or promote products derived from\nthis software without";
    is(BSD, &["BSD-2-Clause"]);
    is(&format!("{BSD}{name}"), &["BSD-3-Clause"]);
    is(&format!("{BSD}must display the following acknowledgement: {name}"), &[]);
    is(
        &format!(
            "{ISC}, provided that the above\ncopyright notice and this permission notice appear \
             in all copies."
        ),
        &["ISC"],
    );
    is(&format!("{ISC}.\n\nTHE SOFTWARE IS"), &["0BSD"]);
}

#[test]
fn texts_with_a_title_are_told_by_it_and_not_by_mention() {
    is("   Apache License\n  Version 2.0, January 2004", &["Apache-2.0"]);
    is("Licensed under the Apache License, Version 2.0 (the \"License\")", &["Apache-2.0"]);
    is("GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007", &["GPL-3.0-only"]);
    let secondary = "\"Secondary License\" means the GNU General Public License, Version 2.0";
    is(&format!("Mozilla Public License Version 2.0\n{secondary}"), &["MPL-2.0"]);
    is("This is free and unencumbered software released into the public domain.", &["Unlicense"]);
    is(
        "This software is provided 'as-is', without any express or implied warranty. 2. Altered \
         source versions must be plainly marked as such",
        &["Zlib"],
    );
    is("All rights reserved.", &[]);
}

#[test]
fn every_licence_of_a_folder_counts() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let told = || in_folder(&folder.path().to_string_lossy(), &["go".to_owned()]);
    write("main.go", BSD);
    write("license.go", BSD);
    fs::create_dir(folder.path().join("licenses")).unwrap();
    assert_eq!(told(), Err(LicenceProblem::NoText));
    write("LICENSE", &format!("{BSD}\nApache License Version 2.0"));
    assert_eq!(told().as_deref(), Ok("Apache-2.0 AND BSD-2-Clause"));
    write("Copying.md", "GNU Affero General Public License, Version 3, 19 November 2007");
    assert_eq!(told().as_deref(), Ok("AGPL-3.0-only AND Apache-2.0 AND BSD-2-Clause"));
    write("LICENSE-ICONS", "Ask us.");
    assert_eq!(told(), Err(LicenceProblem::UnknownText("LICENSE-ICONS".to_owned())));
    assert_eq!(in_folder("", &[]), Err(LicenceProblem::NoText));
}
