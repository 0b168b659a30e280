//! What authors may write, and what is refused.

use model::{ClaimId, Metric, Version, WorkloadId};

#[test]
fn a_metric_has_one_name_in_toml_and_one_in_json() {
    assert_eq!(Metric::BuildClean.to_string(), "build-clean");
    assert_eq!(serde_json::to_string(&Metric::BuildClean).unwrap(), r#""build_clean""#);
    assert_eq!("build-clean".parse(), Ok(Metric::BuildClean));
    assert_eq!("build_clean".parse(), Ok(Metric::BuildClean));
}

#[test]
fn an_unknown_metric_names_those_that_are_known() {
    let error = "speed".parse::<Metric>().unwrap_err().to_string();
    assert!(error.starts_with("unknown metric `speed` (one of: cpu, wall, "), "{error}");
}

#[test]
fn ids_are_lower_case_words_joined_by_hyphens() {
    assert!("line-search".parse::<WorkloadId>().is_ok());
    for bad in ["", "Line", "line_search", "line-", "-line", "a/b", "a b", "é"] {
        assert!(bad.parse::<WorkloadId>().is_err(), "{bad}");
    }
    assert!("footprint/size".parse::<ClaimId>().is_ok());
    for bad in ["size", "footprint/", "/size", "a/b/c"] {
        assert!(bad.parse::<ClaimId>().is_err(), "{bad}");
    }
}

#[test]
fn versions_order_by_number_and_bear_release_candidates() {
    let version = |text: &str| text.parse::<Version>().unwrap();
    assert!(version("1.9") < version("1.26.8"));
    assert_eq!(version("1.27rc1"), version("1.27.0"));
    assert_eq!(version("1.95.0-nightly"), version("1.95"));
    assert!("go".parse::<Version>().is_err());
}
