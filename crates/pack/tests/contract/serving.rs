//! Contracts of programs that serve: what they become, and what is said of
//! those that are wrong.

use insta::assert_snapshot;
use model::contract::Pick;
use model::service::{Arrival, CompanionKind, DriveKind, Ready, StopSignal, Teller, Wire};
use model::{Activity, Metric, Scale};
use pack::contract::contract_hash;

use crate::draft::{Draft, SERVING, SMALL, draft, side};

fn serving(find: &str, with: &str) -> Draft {
    draft(SERVING).replace(find, with)
}

#[test]
fn a_service_with_its_companions_and_requests() {
    let draft = draft(SERVING);
    let contract = draft.contract();
    let service = contract.service.expect("the programs serve");
    assert_eq!((service.wire, service.stop), (Wire::Http, StopSignal::Int));
    assert_eq!(
        (service.port.as_str(), &service.ready),
        ("AGENT_PORT", &Ready::Path("/health".into()))
    );
    let CompanionKind::Program { language, folder, args } = &service.companions[0].kind else {
        panic!("the first companion is a program")
    };
    assert_eq!((language.as_str(), folder), ("go", &draft.real("store")));
    assert_eq!(args, &["--quiet"]);
    let schema = draft.real("schema.sql");
    assert_eq!(service.companions[1].kind, CompanionKind::Postgresql { schema });
    let (get, post) = (&service.requests["get"], &service.requests["post"]);
    assert_eq!((get.weight, get.numbers, get.stable, get.status), (8, 1000, true, None));
    assert_eq!((post.weight, post.numbers, post.stable, post.status), (1, 0, false, Some(201)));
    assert_eq!((get.method.as_str(), post.method.as_str()), ("GET", "POST"));
    assert_eq!((service.exchanges.len(), service.exchanges[0].status), (2, Some(400)));
}

#[test]
fn drives_with_what_is_left_out() {
    let contract = draft(SERVING).contract();
    let drive = |at: usize| contract.cases[at].drive.as_ref().expect("the case is driven");
    let DriveKind::Load(steady) = &drive(0).kind else { panic!("it is load") };
    assert_eq!((steady.rate, steady.schedule, steady.connections), (2000.0, Arrival::Poisson, 32));
    assert_eq!((drive(0).processors, drive(0).memory), (Some(0.5), Some(256 << 20)));
    let told = &drive(0).told;
    assert_eq!((told[0].by, told[0].per_request), (Teller::Companion, true));
    assert_eq!((told[1].by, told[1].per_request), (Teller::Server, false));
    let DriveKind::Load(burst) = &drive(1).kind else { panic!("it is load") };
    assert_eq!((burst.burst, burst.fresh_connections), (Some((100, 0.5)), true));
    assert_eq!((burst.seconds, burst.warm_up_seconds, burst.timeout_seconds), (2.0, 0.5, 5.0));
    let DriveKind::Load(waves) = &drive(2).kind else { panic!("it is load") };
    assert_eq!((waves.rate, waves.stages.as_slice()), (500.0, &[500.0, 4000.0, 500.0][..]));
    let DriveKind::Capacity { quantile, bound_seconds, load } = &drive(4).kind else {
        panic!("it is a search")
    };
    assert_eq!((*quantile, *bound_seconds, load.rate), (0.999, 0.02, 1000.0));
    let DriveKind::External { quantiles, .. } = &drive(9).kind else { panic!("it is external") };
    assert_eq!(quantiles[0], (Metric::ResponseP99, Pick::Json("latencies.p99".into()), 1e-3));
}

#[test]
fn sides_and_processors_of_a_service() {
    let contract = draft(SERVING).contract();
    assert_eq!(side(&contract, "go").env["GOGC"], "100");
    let running = &contract.running;
    assert_eq!(
        (running.server_processors.as_slice(), running.generator_processor),
        (&[0][..], Some(1))
    );
}

#[test]
fn each_driven_case_is_told_by_itself() {
    let contract = draft(SERVING).contract();
    let wasted = contract.own.iter().find(|own| own.name.as_str() == "wasted");
    let wasted = wasted.expect("a drive is told it");
    assert_eq!(
        (wasted.scale, &wasted.pick),
        (Scale::Difference, &Pick::Json("runs[0].completed".into()))
    );
    let of = |metric: Metric| {
        let cells = contract.cells().into_iter().filter(move |cell| cell.metric == metric);
        cells.map(|cell| (cell.series.activity, cell.series.case)).collect::<Vec<_>>()
    };
    let case = |name: &str| Some(name.parse().expect("a name"));
    assert_eq!(of(Metric::Own(wasted.name)), [(Activity::Serve, case("steady"))]);
    assert_eq!(of(Metric::StartUp), [(Activity::Run, case("version"))]);
    assert_eq!(of(Metric::CpuPerRequest).len(), 6);
    let guarded: Vec<_> = contract.guards.iter().map(|guard| guard.case.clone()).collect();
    assert_eq!(guarded, [case("steady"), case("held"), case("ending"), case("elsewhere")]);
}

#[test]
fn what_the_drives_give_is_measured_if_nothing_is_named() {
    let text = SMALL.to_owned()
        + "[service]\n[[service.request]]\nid = \"a\"\npath = \"/\"\n[[case]]\nname = \"a\"\n\
           [case.drive]\nkind = \"stop\"\nrate = 10\n";
    let contract = draft(&text).contract();
    let metrics: Vec<&str> = contract.measures.iter().map(|it| it.metric.name()).collect();
    assert_eq!(metrics, ["lost-requests", "stop-time", "size", "dependencies"]);
    assert!(contract.measures[0].primary);
}

#[test]
fn what_a_service_is_asked_has_a_say_in_the_digest() {
    let hash = |draft: Draft| contract_hash(&draft.contract()).expect("all is there");
    let before = hash(draft(SERVING));
    for (find, with) in [
        ("weight = 8", "weight = 9"),
        ("status = 400", "status = 401"),
        ("rate = 2000", "rate = 2001"),
        ("slo = \"p99.9<20ms\"", "slo = \"p99<20ms\""),
        ("stuck = 2", "stuck = 3"),
        ("GOGC = \"100\"", "GOGC = \"200\""),
        ("processors = \"500m\"", "processors = \"250m\""),
        ("server-processors = [0]", "server-processors = [0, 2]"),
        ("idle-seconds = 2", "idle-seconds = 3"),
        ("unit = \"ms\"", "unit = \"us\""),
        ("asked-once = true", "asked-once = false"),
    ] {
        assert_ne!(hash(serving(find, with)), before, "{find}");
    }
    let changed = draft(SERVING);
    changed.put("store/main.go", "package main\n");
    assert_ne!(hash(changed), before);
    assert_eq!(hash(serving("at-most = 0.8", "at-most = 0.9")), before);
}

#[test]
fn keys_have_hyphens() {
    assert_snapshot!(serving("warm-up-seconds", "warm_up_seconds").faults());
    let other = serving("kind = \"cold-start\"", "kind = \"cold-start\"\nwarm-up-seconds = 1");
    assert_snapshot!(other.faults());
}

#[test]
fn a_service_that_nobody_drives_and_a_drive_without_a_service() {
    assert_snapshot!(draft(SMALL).append("[service]\n").faults());
    let drive = "[[case]]\nname = \"a\"\n[case.drive]\nkind = \"load\"\nrate = 10\n";
    assert_snapshot!(draft(SMALL).append(drive).faults());
}

#[test]
fn driven_cases_beside_others() {
    assert_snapshot!(serving("use = \"start-up\"", "use = \"measured\"").faults());
    let fed =
        serving("name = \"cold\"", "name = \"cold\"\nstdin = \"big.json\"\nuse = \"compared\"");
    assert_snapshot!(fed.faults());
}

#[test]
fn companions_that_are_not_there() {
    let spoilt = serving("program = \"store\"", "program = \"shop\"")
        .replace("\"schema.sql\"", "\"schema\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn variables_that_the_service_sets() {
    let spoilt = serving("GOGC = \"100\"", "AGENT_PORT = \"1\"")
        .replace("[running]", "[running]\nenv = { STORE = \"2\" }");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn metrics_that_no_drive_gives() {
    let spoilt = serving("name = \"goodput\"", "name = \"cpu\"")
        .replace("name = \"capacity\"\nfloor = 100", "name = \"interference\"")
        .replace("kind = \"stop\"\nrate = 200\nstuck = 2", "kind = \"cold-start\"")
        .replace("unit = \"requests\"", "pattern = 'w (.)'");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn guards_on_what_is_the_more_the_better_or_on_no_case() {
    let more = "[[guard]]\nname = \"most\"\nmetric = \"capacity\"\nside = \"rust\"\nagainst = \"go\"\nat-most = 1\n";
    let spoilt =
        serving("case = \"steady\"\n", "").replace("case = \"held\"", "case = \"driven-1\"");
    assert_snapshot!(spoilt.append(more).faults());
}

#[test]
fn processors_shared_with_the_generator() {
    assert_snapshot!(serving("processors = [0]", "processors = [0, 1, 0]").faults());
}
