//! Who runs where: the generator must not take from the program what it measures.

use rustix::thread::{CpuSet, sched_getaffinity};

/// Processors of a program that serves, and of what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Processors {
    /// The program's.
    pub(crate) server: Vec<usize>,
    /// The generator's and the companions'.
    pub(crate) generator: usize,
}

impl Processors {
    /// As the contract wishes, else the last of those allowed for the generator and
    /// the others for the program; where there is one only, both share it.
    pub(crate) fn choose(server: &[usize], generator: Option<usize>) -> Self {
        let allowed = allowed();
        let generator = generator.or(allowed.last().copied()).unwrap_or(0);
        let mut server = match server {
            [] => allowed.iter().copied().filter(|one| *one != generator).collect(),
            chosen => chosen.to_vec(),
        };
        if server.is_empty() {
            server.push(generator);
        }
        Self { server, generator }
    }
}

fn allowed() -> Vec<usize> {
    match sched_getaffinity(None) {
        Ok(set) => (0..CpuSet::MAX_CPU).filter(|one| set.is_set(*one)).collect(),
        Err(_) => vec![0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_never_shares_while_there_is_another_processor() {
        let chosen = Processors::choose(&[], None);
        let shared = chosen.server.contains(&chosen.generator);
        assert_eq!(shared, allowed().len() == 1);
        assert_eq!(Processors::choose(&[3], Some(1)), Processors { server: vec![3], generator: 1 });
    }
}
