//! Services, their drives, variants and cells between them.

use insta::assert_snapshot;

use crate::draft::{Draft, draft};
use crate::{COUNT, HELLO, SPEED};

const SHOP: &str = "workloads/shop/workload.toml";

fn shop(find: &str, with: &str) -> Draft {
    draft().replace(SHOP, find, with)
}

/// Another case with such a drive.
fn driven(metrics: &str, drive: &str) -> Draft {
    let case = format!("\n[[case]]\nid = \"more\"\nmetrics = [{metrics}]\n[case.drive]\n{drive}\n");
    draft().append(SHOP, &case)
}

#[test]
fn words_of_a_service_that_are_none() {
    let spoilt = shop("port = \"SHOP_PORT\"", "port = \"A=B\"")
        .replace(SHOP, "ready = \"/health?deep=1\"", "ready = \"soon\"")
        .replace(SHOP, "stop = \"int\"", "stop = \"kill\"");
    assert_snapshot!(spoilt.faults());
    assert_snapshot!(shop("wire = \"http\"", "wire = \"htpp\"").faults());
}

#[test]
fn keys_of_a_service_that_are_none() {
    assert_snapshot!(shop("weight = 8", "wieght = 8").faults());
    assert_snapshot!(shop("idle_seconds = 2", "idle-seconds = 2").faults());
    assert_snapshot!(shop("status = 201", "status = \"201\"").faults());
}

#[test]
fn a_path_that_is_ready_over_another_protocol() {
    let spoilt = driven("\"first-answer\"", "kind = \"cold-start\"").replace(
        SHOP,
        "wire = \"http\"",
        "wire = \"other\"",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn companions_that_are_not_there_or_twice() {
    let spoilt = shop("program = \"store\"", "program = \"stroe\"")
        .replace(SHOP, "postgresql = \"schema.sql\"", "postgresql = \"../schema.sql\"")
        .replace(SHOP, "\"DATABASE_URL\"", "\"STORE\"");
    assert_snapshot!(spoilt.faults());
    let spoilt = shop("args = [\"--quiet\"]\n", "postgresql = \"schema.sql\"\n")
        .replace(
            SHOP,
            "postgresql = \"schema.sql\"\n\n[[service.request]]",
            "args = [\"-v\"]\n\n[[service.request]]",
        )
        .replace(SHOP, "variable = \"DATABASE_URL\"", "variable = \"SHOP_PORT\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_companion_of_no_language_or_of_a_file_without_ending() {
    let spoilt = draft().without("workloads/shop/store/project.txt").replace(
        SHOP,
        "\"schema.sql\"\n",
        "\"schema\"\nargs = [\"-v\"]\n",
    );
    spoilt.write("workloads/shop/schema", "select 1;\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn requests_that_cannot_be_sent() {
    let spoilt = shop("weight = 8", "weight = 0")
        .replace(SHOP, "\"/items/{n}?full=1\"", "\"items/{n}\"")
        .replace(SHOP, "method = \"POST\"\npath = \"/items\"", "method = \"post\"\npath = \"/a b\"")
        .replace(
            SHOP,
            "accept = \"application/json\"",
            "\"Content-Length\" = \"3\", \"a b\" = \"é\"",
        )
        .replace(SHOP, "status = 201", "status = 101")
        .replace(SHOP, "path = \"/items/7\"", "method = \"GET\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn requests_declared_twice_or_under_no_name() {
    assert_snapshot!(shop("id = \"post\"", "id = \"get\"").faults());
    let spoilt = shop("id = \"post\"", "id = \"Post it\"");
    assert_snapshot!(spoilt.replace(SHOP, "[\"get\", \"post\"]", "[\"get\"]").faults());
}

#[test]
fn numbers_that_stand_for_nothing() {
    let spoilt = shop("numbers = 1000\n", "").replace(SHOP, "item {n}", "item").replace(
        SHOP,
        "\"/items/7\"",
        "\"/items/{n}\"",
    );
    assert_snapshot!(spoilt.faults());
    assert_snapshot!(shop("numbers = 1000", "numbers = 1_000_000").faults());
}

#[test]
fn bodies_that_are_not_what_they_say() {
    assert_snapshot!(shop("'{\"name\":\"item {n}\"}'", "'{\"name\": {n}, }'").faults());
    let long = format!("'\"{}{{n}}\"'", "x".repeat(1 << 20));
    let faults = shop("'{\"name\":\"item {n}\"}'", &long).faults();
    assert!(faults.contains("the body is too long"), "{}", &faults[..200]);
}

#[test]
fn headers_that_stand_there_twice() {
    let twice = "accept = \"a\", Accept = \"b\"";
    assert_snapshot!(shop("accept = \"application/json\"", twice).faults());
}

#[test]
fn commands_with_the_keys_of_http() {
    let spoilt = shop("wire = \"http\"\nready = \"/health?deep=1\"", "wire = \"resp\"").replace(
        SHOP,
        "path = \"/items/{n}?full=1\"",
        "method = \"GET  key:{n}\"",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_program_that_listens_on_nothing_and_is_asked() {
    let spoilt = shop("ready = \"/health?deep=1\"", "ready = \"started\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_service_that_nobody_drives_and_a_drive_without_a_service() {
    let spoilt = draft()
        .append(COUNT, "[case.drive]\nkind = \"load\"\nrate = 100\n")
        .append(HELLO, "\n[service]\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_service_without_requests() {
    let service = "\n[service]\n\n[[case]]\nid = \"asked\"\nmetrics = [\"capacity\"]\n[case.drive]\n\
                   kind = \"capacity\"\nrate = 10\nslo = \"p99<1ms\"\n\n[[case]]\nid = \"held\"\n\
                   [case.drive]\nkind = \"hold\"\nconnections = 0\nasked_once = true\n";
    assert_snapshot!(draft().append(HELLO, service).faults());
}

#[test]
fn a_kind_of_drive_that_nobody_knows() {
    assert_snapshot!(driven("", "kind = \"laod\"\nrate = 10").faults());
}

#[test]
fn keys_of_another_kind_of_drive() {
    assert_snapshot!(
        driven("", "kind = \"load\"\nrate = 10\nslo = \"p99<1ms\"\nstuck = 2").faults()
    );
    assert_snapshot!(driven("", "kind = \"cold-start\"\nrate = 10").faults());
    assert_snapshot!(driven("", "kind = \"hold\"\nconnections = 10\nwarm_up_seconds = 1").faults());
}

#[test]
fn drives_that_lack_what_they_need() {
    for drive in ["load", "capacity", "hold", "external"] {
        let name = format!("a_drive_of_kind_{drive}_that_lacks_what_it_needs");
        assert_snapshot!(name, driven("", &format!("kind = \"{drive}\"")).faults());
    }
    let step = driven("", "kind = \"load\"\nrate = 10\nschedule = \"step\"");
    assert_snapshot!("a_step_without_stages", step.faults());
    let burst = driven("", "kind = \"load\"\nrate = 10\nschedule = \"burst\"");
    assert_snapshot!("a_burst_without_a_size", burst.faults());
}

#[test]
fn rates_and_stages_that_cannot_be() {
    assert_snapshot!(driven("", "kind = \"load\"\nrate = 0").faults());
    assert_snapshot!(driven("", "kind = \"load\"\nschedule = \"step\"\nstages = [100]").faults());
    let ramp = "kind = \"load\"\nschedule = \"ramp\"\nstages = [-1, nan, 3]";
    assert_snapshot!(driven("", ramp).faults());
    let burst =
        "kind = \"load\"\nrate = 1\nstages = [1, 2]\nburst = { size = 0, every_seconds = 0 }";
    assert_snapshot!(driven("", burst).faults());
    let search = "kind = \"capacity\"\nslo = \"p99 20ms\"\nschedule = \"ramp\"\nstages = [1, 2]";
    assert_snapshot!(driven("", search).faults());
}

#[test]
fn times_and_connections_that_cannot_be() {
    let spoilt = driven(
        "",
        "kind = \"load\"\nrate = 10\nseconds = 0\nwarm_up_seconds = -1\ntimeout_seconds = 1\n\
         leave_after_seconds = 2\nin_time_seconds = inf\nconnections = 0\nrequests = []",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_utilisation_that_cannot_be() {
    for (drive, wrong) in [
        ("kind = \"load\"\nrate = 10\nutilisation = 0.95", "processors that are 0.95 busy"),
        ("kind = \"load\"\nrate = 10\nutilisation = 0", "processors that are 0 busy"),
        (
            "kind = \"load\"\nschedule = \"step\"\nstages = [1, 2]\nutilisation = 0.5",
            "the rate is chosen side by side",
        ),
        (
            "kind = \"capacity\"\nrate = 10\nslo = \"p99<20ms\"\nutilisation = 0.5",
            "utilisation means nothing in a drive of kind capacity",
        ),
    ] {
        let faults = driven("", drive).faults();
        assert!(faults.contains(wrong), "{drive}\n{faults}");
    }
}

#[test]
fn requests_of_a_drive_that_are_none() {
    assert_snapshot!(
        driven("", "kind = \"load\"\nrate = 10\nrequests = [\"gte\", \"get\", \"get\"]").faults()
    );
}

#[test]
fn limits_and_variables_that_cannot_be() {
    let spoilt = driven(
        "",
        "kind = \"load\"\nrate = 10\nprocessors = 0\nmemory = 256\n\
         env = { SHOP_PORT = \"1\", STORE = \"2\", \"\" = \"3\" }",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_companion_that_should_drive_or_tell_and_is_no_program() {
    let first = "[[service.companion]]\nvariable = \"STORE\"\nprogram = \"store\"\nargs = [\"--quiet\"]\n\n";
    assert_snapshot!(shop(first, "").faults());
}

#[test]
fn drivers_that_are_not_told_where_or_tell_nothing() {
    let spoilt = shop("\"127.0.0.1:{port}\"", "\"127.0.0.1\"")
        .replace(SHOP, "\"summary.requests\"", "\"summary[x]\"")
        .replace(SHOP, "metric = \"response-p99\", json", "metric = \"goodput\", json")
        .replace(SHOP, "unit = \"ms\"", "unit = \"min\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn numbers_told_under_no_name_or_nowhere() {
    let spoilt = driven(
        "",
        "kind = \"load\"\nrate = 10\ntold = [\n\
         { metric = \"cpu\", path = \"/stats\", json = \"a\" },\n\
         { metric = \"A b\", path = \"stats\", json = \"a\" },\n\
         { metric = \"c\", path = \"/stats\" },\n\
         { metric = \"c\", path = \"/stats\", json = \"a\", pattern = 'b (.)' },\n\
         { metric = \"d\", by = \"client\", path = \"/stats\", pattern = 'b' },\n]",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn metrics_that_a_drive_does_not_give() {
    let spoilt = driven(
        "\"cpu\", \"capacity\", \"own:wasted\", \"interference\"",
        "kind = \"load\"\nrate = 10",
    );
    assert_snapshot!(spoilt.faults());
    let runs = draft().replace(
        COUNT,
        "\"cpu\", \"wall\", \"memory\"",
        "\"cpu\", \"response-p99\", \"own:rows\", \"memory\"",
    );
    assert_snapshot!(runs.faults());
}

#[test]
fn a_driven_case_that_is_fed_something() {
    let spoilt = draft()
        .append(COUNT, "[service]\n[[service.request]]\nid = \"a\"\npath = \"/\"\n")
        .replace(COUNT, "stdin = \"poem\"\n", "stdin = \"poem\"\n[case.drive]\nkind = \"cold-start\"\n[case.alike]\npattern = '(a)'\nfactor = 2\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn variants_that_are_no_variants() {
    let spoilt = shop("id = \"ash-small\"\nside = \"ash\"", "id = \"small\"\nside = \"ash\"")
        .replace(
            SHOP,
            "id = \"oak-small\"\nside = \"oak\"\nargs = [\"--small\"]",
            "id = \"oak-small\"\nside = \"oka\"",
        )
        .replace(SHOP, "SHOP_POOL = \"2\"", "STORE = \"2\"");
    assert_snapshot!(spoilt.faults());
    let spoilt = shop("id = \"oak-small\"", "id = \"oak\"")
        .append(HELLO, "\n[[variant]]\nid = \"ash-slow\"\nside = \"ash\"\nargs = [\"-s\"]\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn cells_between_what_is_not_there() {
    let between = |with: &str| draft().replace(SPEED, "between = [\"ash-small\", \"oak\"]", with);
    assert_snapshot!(between("between = [\"ash-smal\", \"elm\"]").faults());
    assert_snapshot!(between("between = [\"ash\"]").faults());
    assert_snapshot!(between("between = [\"ash-small\", \"ash-small\"]").faults());
}

#[test]
fn variants_in_a_cell_without_a_drive() {
    let more = "metrics = [\"size\"]\nexpected_seconds = 3\n\n[[program]]";
    let spoilt = shop("expected_seconds = 3\n\n[[program]]", more)
        .append(SHOP, "\n[[case]]\nid = \"run\"\nmetrics = [\"cpu\"]\n")
        .replace(
            SPEED,
            "case = \"steady\", metric = \"response-p99\", between = [\"ash-small\", \"oak\"] }",
            "case = \"run\", metric = \"cpu\", between = [\"ash-small\", \"oak\"] },\n  \
             { workload = \"shop\", metric = \"size\", between = [\"oak-small\", \"ash\"] }",
        );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_fourth_metric_of_one_drive() {
    let spoilt = shop("\"own:wasted\"]", "\"own:wasted\", \"goodput\"]");
    assert_snapshot!(spoilt.faults());
}
