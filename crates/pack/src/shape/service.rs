//! Services, in workload.toml and in evenhand.toml: what they answer, what
//! stands beside them, and how they are driven.

use std::collections::BTreeMap;

use model::service::{Arrival, StopSignal, Teller, Wire};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Command, Text};
use crate::quantity::Quantity;
use crate::schema::{DriveWord, Words};
use crate::spanned::Spanned;

/// How the programs serve.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceEntry {
    /// The variable that tells a program its port on 127.0.0.1; default PORT.
    pub(crate) port: Option<Text>,
    /// What is spoken; default http.
    #[schemars(with = "Option<Words<Wire>>")]
    pub(crate) wire: Option<Text>,
    /// A path that is answered with 200 (default /ready), connect, or started.
    pub(crate) ready: Option<Text>,
    /// How a program is asked to end; default term.
    #[schemars(with = "Option<Words<StopSignal>>")]
    pub(crate) stop: Option<Text>,
    /// What stands beside every side's program, not counted to it.
    #[serde(default)]
    pub(crate) companion: Vec<CompanionEntry>,
    /// What may be asked.
    #[serde(default)]
    pub(crate) request: Vec<RequestEntry>,
    /// What is asked of every side, in this order, before any number: the answers have to be the same.
    #[serde(default)]
    pub(crate) exchange: Vec<Spanned<ExchangeEntry>>,
}

/// Something that stands beside a program: a program of its own, or PostgreSQL.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompanionEntry {
    /// The variable that tells a side's program its address.
    pub(crate) variable: Text,
    /// A folder with a project of a known language.
    pub(crate) program: Option<Text>,
    /// Arguments of that program.
    #[serde(default)]
    pub(crate) args: Vec<Text>,
    /// A file with SQL that makes the tables of a database.
    pub(crate) postgresql: Option<Text>,
}

/// One kind of request.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestEntry {
    /// Names it within the service.
    pub(crate) id: Text,
    /// How often, against the weights of the others; default 1.
    pub(crate) weight: Option<Spanned<u32>>,
    /// Default GET; for resp the whole command.
    pub(crate) method: Option<Text>,
    /// With query; {n} is a number below `numbers`.
    pub(crate) path: Option<Text>,
    /// How many values {n} has; default 0: there is none.
    pub(crate) numbers: Option<Spanned<u32>>,
    /// Over those that every request has.
    #[serde(default)]
    pub(crate) headers: BTreeMap<Text, Text>,
    /// Default: none.
    pub(crate) body: Option<Text>,
    /// The status that is right; default: any from 200 to 299.
    pub(crate) status: Option<Spanned<u16>>,
    /// Whether the answer is always the same bytes, for each {n}; default false.
    pub(crate) stable: Option<Spanned<bool>>,
}

/// A request whose answers of all sides are compared.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExchangeEntry {
    /// Default GET; for resp the whole command.
    pub(crate) method: Option<Text>,
    /// With query.
    pub(crate) path: Option<Text>,
    /// Over those that every request has.
    #[serde(default)]
    pub(crate) headers: BTreeMap<Text, Text>,
    /// Default: none.
    pub(crate) body: Option<Text>,
    /// The status that is right; default: any from 200 to 299.
    pub(crate) status: Option<Spanned<u16>>,
}

/// A latency that a driver tells.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuantileEntry {
    /// Which metric it is.
    pub(crate) metric: Text,
    /// Where it stands in the driver's output.
    pub(crate) json: Text,
    /// Its unit: s, ms, us or ns.
    pub(crate) unit: Text,
}

/// What is the same in both spellings, or turned from hyphens to underscores.
trait Respelt {
    type To;
    fn respelt(self) -> Self::To;
}

impl<T> Respelt for Spanned<T> {
    type To = Self;
    fn respelt(self) -> Self {
        self
    }
}

impl<K, V> Respelt for BTreeMap<K, V> {
    type To = Self;
    fn respelt(self) -> Self {
        self
    }
}

impl<T: Respelt> Respelt for Option<T> {
    type To = Option<T::To>;
    fn respelt(self) -> Self::To {
        self.map(T::respelt)
    }
}

impl<T: Respelt> Respelt for Vec<T> {
    type To = Vec<T::To>;
    fn respelt(self) -> Self::To {
        self.into_iter().map(T::respelt).collect()
    }
}

impl Respelt for QuantileEntry {
    type To = Self;
    fn respelt(self) -> Self {
        self
    }
}

/// Keys of two words have an underscore in workload.toml and a hyphen in
/// evenhand.toml; meaning is given to the first form alone.
macro_rules! in_two_spellings {
    ($(
        $(#[$about:meta])*
        struct $name:ident {
            $( $(#[$note:meta])* pub(crate) $key:ident: $type:ty, )*
        }
    )*) => {
        mod underscored {
            use super::*;
            $(
                $(#[$about])*
                #[derive(Debug, Deserialize, JsonSchema)]
                #[serde(deny_unknown_fields)]
                pub(crate) struct $name { $( $(#[$note])* pub(crate) $key: $type, )* }
            )*
        }

        pub(super) mod hyphenated {
            use super::*;
            $(
                $(#[$about])*
                #[derive(Debug, Deserialize, JsonSchema)]
                #[serde(deny_unknown_fields, rename_all = "kebab-case")]
                pub(crate) struct $name { $( $(#[$note])* pub(crate) $key: $type, )* }

                impl Respelt for $name {
                    type To = super::underscored::$name;
                    fn respelt(self) -> Self::To {
                        super::underscored::$name { $( $key: self.$key.respelt(), )* }
                    }
                }
            )*

            /// Reads the form of evenhand.toml.
            pub(in crate::shape) fn drive<'de, D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Option<super::DriveEntry>, D::Error> {
                DriveEntry::deserialize(deserializer).map(|drive| Some(drive.respelt()))
            }
        }
    };
}

in_two_spellings! {
    /// How a program is driven in one case; each kind has its own keys.
    struct DriveEntry {
        /// What is done to it.
        #[schemars(with = "Words<DriveWord>")]
        pub(crate) kind: Text,
        /// Requests a second; for capacity where the search begins.
        pub(crate) rate: Option<Spanned<f64>>,
        /// When requests are meant to arrive; default poisson.
        #[schemars(with = "Option<Words<Arrival>>")]
        pub(crate) schedule: Option<Text>,
        /// Rates one after the other for step, from and to for ramp.
        pub(crate) stages: Option<Spanned<Vec<Spanned<f64>>>>,
        /// What comes on top of the rate, for burst.
        pub(crate) burst: Option<BurstEntry>,
        /// How long it is counted or held; default 2.
        pub(crate) seconds: Option<Spanned<f64>>,
        /// How long it is driven before; default 0.5.
        pub(crate) warm_up_seconds: Option<Spanned<f64>>,
        /// Connections, at most; default 64.
        pub(crate) connections: Option<Spanned<u32>>,
        /// Connections beside them that ask nothing; default 0.
        pub(crate) idle: Option<Spanned<u32>>,
        /// Clients beside them that never end their request; default 0.
        pub(crate) slow: Option<Spanned<u32>>,
        /// Whether each request has a connection of its own; default false.
        pub(crate) fresh_connections: Option<Spanned<bool>>,
        /// When a request is given up, from the intended instant; default 5.
        pub(crate) timeout_seconds: Option<Spanned<f64>>,
        /// Clients go away so long after sending; default: they wait.
        pub(crate) leave_after_seconds: Option<Spanned<f64>>,
        /// What is in time for goodput; default: whatever is no timeout.
        pub(crate) in_time_seconds: Option<Spanned<f64>>,
        /// How busy each program is kept, from 0 to 1: the rate is where it is; rate is where the
        /// search begins.
        pub(crate) utilisation: Option<Spanned<f64>>,
        /// Ids of requests; default: all.
        pub(crate) requests: Option<Spanned<Vec<Text>>>,
        /// The bound of capacity, such as p99<20ms.
        pub(crate) slo: Option<Text>,
        /// Whether each held connection has asked once before; default false.
        pub(crate) asked_once: Option<Spanned<bool>>,
        /// Clients that have sent half a request when the program is asked to end; default 0.
        pub(crate) stuck: Option<Spanned<u32>>,
        /// When a companion or command is given up; default 60.
        pub(crate) deadline_seconds: Option<Spanned<f64>>,
        /// How long the program is watched doing nothing before; default 0.
        pub(crate) idle_seconds: Option<Spanned<f64>>,
        /// What drives, with {port} for the program's port.
        pub(crate) command: Option<Command>,
        /// Where its JSON tells how many were answered.
        pub(crate) count: Option<Text>,
        /// Where it tells how many failed; default: nowhere.
        pub(crate) errors: Option<Text>,
        /// Latencies that it tells.
        pub(crate) quantiles: Option<Spanned<Vec<QuantileEntry>>>,
        /// A limit from outside: 0.5 is half of one processor.
        pub(crate) processors: Option<Spanned<Quantity>>,
        /// A limit from outside, such as "256 MiB".
        pub(crate) memory: Option<Spanned<Quantity>>,
        /// Variables of the program, of all sides alike.
        #[serde(default)]
        pub(crate) env: BTreeMap<Text, Text>,
        /// Numbers that are asked for, as their change from before the drive to after it.
        #[serde(default)]
        pub(crate) told: Vec<ToldEntry>,
    }

    /// Requests that come at one instant, again and again.
    struct BurstEntry {
        /// How many.
        pub(crate) size: Spanned<u32>,
        /// From one burst to the next.
        pub(crate) every_seconds: Spanned<f64>,
    }

    /// A number that is asked for over HTTP.
    struct ToldEntry {
        /// What it is called: own:NAME among the metrics.
        pub(crate) metric: Text,
        /// Who tells it; default server.
        #[schemars(with = "Option<Words<Teller>>")]
        pub(crate) by: Option<Text>,
        /// Where it is asked for.
        pub(crate) path: Text,
        /// Where it stands in the answer.
        pub(crate) json: Option<Text>,
        /// Or a regular expression whose first group is the number.
        pub(crate) pattern: Option<Text>,
        /// Whether it is divided by the requests sent; default false.
        pub(crate) per_request: Option<Spanned<bool>>,
    }
}

pub(crate) use underscored::{BurstEntry, DriveEntry, ToldEntry};
