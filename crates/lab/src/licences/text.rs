//! Licences told apart by sentences that each of them has and the others do
//! not. Texts of several licences in one file are all found.
//!
//! The sentences are those of the SPDX License List (spdx.org/licenses),
//! compared word by word, without case, line breaks and punctuation.

/// What tells a licence.
struct Fingerprint {
    licence: &'static str,
    has: &'static [&'static str],
    lacks: &'static [&'static str],
}

const fn fingerprint(licence: &'static str, has: &'static [&'static str]) -> Fingerprint {
    Fingerprint { licence, has, lacks: &[] }
}

const MIT_GRANT: &str = "to any person obtaining a copy of this software and associated \
     documentation files the software to deal in the software without restriction";
const BSD_GRANT: &str = "redistribution and use in source and binary forms with or without \
     modification are permitted provided that the following conditions are met";
const BSD_NAME: &str = "endorse or promote products derived from this software without";
/// A fourth clause, in whatever words.
const BSD_ADVERTISING: &str = "following acknowledg";
const ANY_PURPOSE: &str = "distribute this software for any purpose with or without fee is hereby \
     granted";
const ISC_NOTICE: &str = "provided that the above copyright notice and this permission notice \
     appear in all copies";
const NOT_EVIL: &str = "shall be used for good not evil";

const FINGERPRINTS: &[Fingerprint] = &[
    Fingerprint {
        licence: "MIT",
        has: &[
            MIT_GRANT,
            "subject to the following conditions the above copyright notice and this permission \
             notice",
        ],
        lacks: &[NOT_EVIL],
    },
    fingerprint("JSON", &[MIT_GRANT, NOT_EVIL]),
    fingerprint(
        "MIT-0",
        &[MIT_GRANT, "to whom the software is furnished to do so the software is provided as is"],
    ),
    Fingerprint { licence: "BSD-2-Clause", has: &[BSD_GRANT], lacks: &[BSD_NAME, BSD_ADVERTISING] },
    Fingerprint { licence: "BSD-3-Clause", has: &[BSD_GRANT, BSD_NAME], lacks: &[BSD_ADVERTISING] },
    fingerprint("Apache-2.0", &["apache license version 2 0"]),
    fingerprint("ISC", &[ANY_PURPOSE, ISC_NOTICE]),
    Fingerprint { licence: "0BSD", has: &[ANY_PURPOSE], lacks: &[ISC_NOTICE] },
    fingerprint("MPL-2.0", &["mozilla public license version 2 0"]),
    fingerprint(
        "Unlicense",
        &["this is free and unencumbered software released into the public domain"],
    ),
    fingerprint(
        "Zlib",
        &[
            "this software is provided as is without any express or implied warranty",
            "altered source versions must be plainly marked as such",
        ],
    ),
    fingerprint("CC0-1.0", &["cc0 1 0 universal"]),
    // So that they are named. Other licences mention them, but not by the day.
    fingerprint("GPL-2.0-only", &["gnu general public license version 2 june 1991"]),
    fingerprint("GPL-3.0-only", &["gnu general public license version 3 29 june 2007"]),
    fingerprint("LGPL-2.1-only", &["gnu lesser general public license version 2 1 february 1999"]),
    fingerprint("LGPL-3.0-only", &["gnu lesser general public license version 3 29 june 2007"]),
    fingerprint("AGPL-3.0-only", &["gnu affero general public license version 3 19 november 2007"]),
];

/// Every licence that the text is known by; none: an unknown one.
pub(super) fn licences_in(text: &str) -> Vec<&'static str> {
    let words = words(text);
    let says = |sentence: &&str| words.contains(sentence);
    FINGERPRINTS
        .iter()
        .filter(|print| print.has.iter().all(says) && !print.lacks.iter().any(says))
        .map(|print| print.licence)
        .collect()
}

/// Letters and digits in lower case, with one space wherever something else stood.
fn words(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
