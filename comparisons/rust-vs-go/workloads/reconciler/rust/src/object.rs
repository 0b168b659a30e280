//! What the API server keeps. What was read of it is never changed.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub trait Object: DeserializeOwned + Send + Sync + 'static {
    /// Where all of its kind are.
    const PATH: &'static str;

    /// Its name among those of its kind.
    fn name(&self) -> &str;

    /// The app that it belongs to.
    fn app(&self) -> &str;

    /// That of the whole state, when it was last changed.
    fn version(&self) -> u64;
}

/// So many replicas of an image that are to be there.
#[derive(Clone, Deserialize, Serialize)]
pub struct App {
    pub name: String,
    pub version: u64,
    /// How often its spec was changed.
    pub generation: u64,
    pub spec: Spec,
    pub status: Status,
}

#[derive(Clone, Deserialize, Serialize)]
pub struct Spec {
    pub replicas: u32,
    pub image: String,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
pub struct Status {
    /// Of the spec that is carried out.
    pub generation: u64,
    pub replicas: u32,
}

impl Object for App {
    const PATH: &'static str = "/apps";

    fn name(&self) -> &str {
        &self.name
    }

    fn app(&self) -> &str {
        &self.name
    }

    fn version(&self) -> u64 {
        self.version
    }
}

/// One of an app's.
#[derive(Deserialize, Serialize)]
pub struct Replica {
    pub name: String,
    pub version: u64,
    pub app: String,
    pub image: String,
}

impl Object for Replica {
    const PATH: &'static str = "/replicas";

    fn name(&self) -> &str {
        &self.name
    }

    fn app(&self) -> &str {
        &self.app
    }

    fn version(&self) -> u64 {
        self.version
    }
}
