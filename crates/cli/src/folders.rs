//! Where things are kept: the store in the platform's data folder, whatever can
//! be made again in its cache folder.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::failure::Failure;

/// The file's name in the store's folder.
const STORE: &str = "evenhand.sqlite";

/// Inputs, artefacts and build caches.
pub(crate) fn cache() -> Result<PathBuf, Failure> {
    Ok(base()?.cache_dir().join("evenhand"))
}

/// The store, in a folder named by the user or in the platform's.
pub(crate) fn store(named: Option<&Path>) -> Result<PathBuf, Failure> {
    match named {
        Some(folder) => Ok(folder.join(STORE)),
        None => Ok(base()?.data_dir().join("evenhand").join(STORE)),
    }
}

fn base() -> Result<impl BaseStrategy, Failure> {
    choose_base_strategy().map_err(|error| {
        Failure::usage(format!("cannot tell your home folder: {error}"))
            .hint("set HOME, or XDG_CACHE_HOME and XDG_DATA_HOME")
    })
}
