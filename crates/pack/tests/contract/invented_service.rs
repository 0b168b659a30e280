//! Contracts nobody wrote, of programs that serve.

use std::collections::BTreeMap;
use std::path::Path;

use model::contract::{Case, CaseUse, Pick};
use model::service::{
    Arrival, Asked, Companion, CompanionKind, Drive, DriveKind, Load, Ready, Service, StopSignal,
    Teller, Told, Wire,
};
use model::{Contract, Metric};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::invented::{above_zero, running, text};

const IDS: [&str; 3] = ["get", "put", "list-all"];

fn asked(wire: Wire, with_number: bool) -> BoxedStrategy<Asked> {
    let number = if with_number { "{n}" } else { "" };
    let plain = text().prop_map(|text| text.replace("{n}", ""));
    let numbers = if with_number { 1..10_000u32 } else { 0..1 };
    if wire == Wire::Resp {
        let words = vec("[a-zA-Z0-9:*$]{1,6}", 1..4);
        let asked = move |(words, numbers): (Vec<String>, u32)| Asked {
            weight: 1,
            method: format!("{}{number}", words.join(" ")),
            path: String::new(),
            headers: Vec::new(),
            body: String::new(),
            numbers,
            status: None,
            stable: false,
        };
        return (words, numbers).prop_map(asked).boxed();
    }
    let method = select(vec!["GET", "POST", "X-Y"]);
    let headers = btree_map(select(vec!["accept", "x-a"]), "[ -~]{0,8}", 0..3);
    let status = option::of(200..600u16);
    (method, "/[a-z?=&%-]{0,8}", headers, plain, numbers, status)
        .prop_map(move |(method, path, headers, body, numbers, status)| Asked {
            weight: 1,
            method: method.to_owned(),
            path: format!("{path}{number}"),
            headers: headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            body,
            numbers,
            status,
            stable: false,
        })
        .boxed()
}

fn companions(home: &Path) -> impl Strategy<Value = Vec<Companion>> + use<> {
    let (store, schema) = (home.join("store"), home.join("schema.sql"));
    (vec(text(), 0..3), 0..3usize).prop_map(move |(args, count)| {
        let program = CompanionKind::Program {
            language: "go".parse().expect("a name"),
            folder: store.clone(),
            args,
        };
        let database = CompanionKind::Postgresql { schema: schema.clone() };
        let kinds = [("STORE", program), ("DATABASE_URL", database)];
        let companion =
            |(variable, kind): (&str, _)| Companion { variable: variable.to_owned(), kind };
        kinds.map(companion).into_iter().take(count).collect()
    })
}

fn service(home: &Path) -> impl Strategy<Value = Service> + use<> {
    let companions = companions(home);
    let wire = select(vec![Wire::Http, Wire::Resp]);
    (wire, companions, any::<bool>(), select(StopSignal::ALL)).prop_flat_map(
        |(wire, companions, connect, stop)| {
            let request = (any::<bool>(), 1..99u32, any::<bool>()).prop_flat_map(
                move |(with_number, weight, stable)| {
                    let asked = asked(wire, with_number);
                    asked.prop_map(move |asked| Asked { weight, stable, ..asked })
                },
            );
            let requests = btree_map(select(IDS.to_vec()), request, 1..4);
            let exchanges = vec(asked(wire, false), 0..3);
            (requests, exchanges, "/[a-z]{0,5}").prop_map(move |(requests, exchanges, path)| {
                let ready =
                    if connect || wire == Wire::Resp { Ready::Connect } else { Ready::Path(path) };
                let requests = requests.into_iter().map(|(id, asked)| (id.to_owned(), asked));
                Service {
                    port: "AGENT_PORT".to_owned(),
                    wire,
                    ready,
                    stop,
                    companions: companions.clone(),
                    requests: requests.collect(),
                    exchanges,
                }
            })
        },
    )
}

fn load(ids: Vec<String>, steady: bool) -> impl Strategy<Value = Load> {
    let last = if steady { 2 } else { Arrival::ALL.len() };
    let mut schedules = vec![Arrival::Poisson, Arrival::Constant];
    schedules.extend([Arrival::Ramp, Arrival::Step, Arrival::Burst]);
    schedules.truncate(last);
    let counts = (1..9999u32, 0..99u32, 0..99u32, any::<bool>());
    let times = (above_zero(), 0.0..9.0f64, 1.0..9.0f64);
    let shares = (option::of(0.001..1.0f64), option::of(0.001..1.0f64));
    let rates = (vec(above_zero(), 2..5), (1..99u32, above_zero()));
    let requests = subsequence(ids.clone(), 0..=ids.len());
    (select(schedules), rates, counts, times, shares, requests).prop_map(
        |(schedule, (mut rates, burst), counts, times, (leave, in_time), requests)| {
            let rate = rates[0];
            match schedule {
                Arrival::Ramp => rates.truncate(2),
                Arrival::Step => {}
                Arrival::Poisson | Arrival::Constant | Arrival::Burst => rates.clear(),
            }
            let (connections, idle, slow, fresh_connections) = counts;
            let (seconds, warm_up_seconds, timeout_seconds) = times;
            Load {
                requests,
                schedule,
                rate,
                stages: rates,
                burst: (schedule == Arrival::Burst).then_some(burst),
                seconds,
                warm_up_seconds,
                connections,
                idle,
                slow,
                fresh_connections,
                timeout_seconds,
                leave_after_seconds: leave,
                in_time_seconds: in_time,
                utilisation: None,
            }
        },
    )
}

fn kind(service: &Service) -> impl Strategy<Value = DriveKind> + use<> {
    let ids: Vec<String> = service.requests.keys().cloned().collect();
    let first = service.companions.first().map(|companion| &companion.kind);
    let companion = matches!(first, Some(CompanionKind::Program { .. }));
    let external = (vec("[a-z-]{1,6}", 0..3), above_zero(), select(vec![1.0, 1e-3, 1e-6, 1e-9]));
    let external = external.prop_map(|(mut command, deadline_seconds, factor)| {
        command.extend(["driver".to_owned(), ":{port}".to_owned()]);
        command.rotate_right(2);
        DriveKind::External {
            command,
            count: Pick::Json("a[0].b".to_owned()),
            errors: (factor < 1.0).then(|| Pick::Json("errors".to_owned())),
            quantiles: vec![(Metric::ResponseP999, Pick::Json("p".to_owned()), factor)],
            deadline_seconds,
        }
    });
    let driven = (above_zero(), 0.0..9.0f64)
        .prop_map(|(deadline_seconds, idle_seconds)| DriveKind::Companion {
            deadline_seconds,
            idle_seconds,
        })
        .prop_filter("the first companion is a program", move |_| companion);
    let driven = if companion { driven.boxed() } else { Just(DriveKind::ColdStart).boxed() };
    prop_oneof![
        load(ids.clone(), false).prop_map(DriveKind::Load),
        (load(ids.clone(), true), 0.01..0.9f64).prop_map(|(load, share)| {
            DriveKind::Load(Load { utilisation: Some(share), ..load })
        }),
        (load(ids.clone(), true), 0.01..0.99999f64, above_zero()).prop_map(
            |(load, quantile, bound_seconds)| DriveKind::Capacity { load, quantile, bound_seconds }
        ),
        (1..9999u32, any::<bool>(), above_zero()).prop_map(|(connections, asked_once, seconds)| {
            DriveKind::Hold { connections, asked_once, seconds }
        }),
        Just(DriveKind::ColdStart),
        (load(ids, false), 0..9u32).prop_map(|(load, stuck)| DriveKind::Stop { load, stuck }),
        driven,
        external,
    ]
}

fn drive(service: &Service) -> impl Strategy<Value = Drive> + use<> {
    let askable = service.wire == Wire::Http;
    let limits = (option::of(above_zero()), option::of(1..1u64 << 40));
    let env = btree_map("[B-Z]{1,3}", text(), 0..3);
    let told = (any::<bool>(), any::<bool>(), 0..3usize);
    (kind(service), limits, env, told).prop_map(
        move |(kind, (processors, memory), env, (per_request, json, count))| {
            let pick = match json {
                true => Pick::Json("a.b[2]".to_owned()),
                false => Pick::Pattern("n=(\\d+)".to_owned()),
            };
            let told = |name: &str| Told {
                metric: Metric::Own(name.parse().expect("a name")),
                by: Teller::Server,
                path: "/stats?a=1".to_owned(),
                pick: pick.clone(),
                per_request,
            };
            let told = ["one", "two"].into_iter().take(if askable { count } else { 0 }).map(told);
            Drive { kind, processors, memory, env, told: told.collect() }
        },
    )
}

/// Such a contract, with sides and folder of another one.
pub(crate) fn contract(original: Contract) -> impl Strategy<Value = Contract> {
    let home = original.folder.clone();
    let service = service(&home);
    let env = btree_map("[B-Z]{1,3}", text(), 0..3);
    let processors = (vec(0..4usize, 0..1), option::of(4..8usize));
    (service, env, processors, running(home)).prop_flat_map(
        move |(service, env, (server_processors, generator_processor), running)| {
            let original = original.clone();
            let drives = vec((drive(&service), vec(text(), 0..3)), 1..4);
            drives.prop_map(move |drives| {
                let mut contract = original.clone();
                contract.service = Some(service.clone());
                contract.sides[0].env = env.clone();
                let case = |(at, (drive, args))| Case {
                    id: format!("case-{at}").parse().expect("a name"),
                    args,
                    stdin: None,
                    exit: None,
                    used: CaseUse::Measured,
                    drive: Some(drive),
                };
                contract.cases = drives.into_iter().enumerate().map(case).collect();
                contract.running = running.clone();
                contract.running.env = BTreeMap::new();
                contract.running.server_processors.clone_from(&server_processors);
                contract.running.generator_processor = generator_processor;
                contract.measures =
                    pack::contract::default_measures(&contract.sides, &contract.cases);
                contract.own = Vec::new();
                contract.guards = Vec::new();
                contract
            })
        },
    )
}
