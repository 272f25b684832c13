//! Keeps the results of slow steps under the hash of what went into them, so that a warm build is quick.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::Result;

/// A folder of results, each in a folder of its own.
pub struct Cache {
    dir: PathBuf,
    used: RefCell<BTreeSet<String>>,
}

impl Cache {
    /// Opens the cache in `dir`, which is made when it is missing.
    pub fn open(dir: PathBuf) -> Result<Self> {
        fs::create_dir_all(&dir)?;
        Ok(Self { dir, used: RefCell::default() })
    }

    /// The folder with what `make` wrote for these inputs, now or in an earlier build.
    pub fn folder(
        &self,
        step: &str,
        inputs: &[&[u8]],
        make: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<PathBuf> {
        let name = format!("{step}-{}", short_hash(inputs));
        let folder = self.dir.join(&name);
        self.used.borrow_mut().insert(name.clone());
        if !folder.exists() {
            // A step that is interrupted must not look finished, so the folder gets its name last.
            let unfinished = self.dir.join(format!("{name}.unfinished"));
            if unfinished.exists() {
                fs::remove_dir_all(&unfinished)?;
            }
            fs::create_dir_all(&unfinished)?;
            make(&unfinished)?;
            fs::rename(&unfinished, &folder)?;
        }
        Ok(folder)
    }

    /// Deletes the results that this build did not ask for; without it every edit would leave megabytes behind.
    pub fn forget_unused(self) -> Result<()> {
        let used = self.used.into_inner();
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            if !used.contains(entry.file_name().to_string_lossy().as_ref()) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }
}

/// Sixteen hex digits that stand for these bytes, in names of files too.
pub fn short_hash(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        // The length keeps ("ab", "c") apart from ("a", "bc").
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_runs_once_for_the_same_inputs_and_again_for_others() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::open(dir.path().join("cache")).unwrap();
        let runs = RefCell::new(0);
        let make = |out: &Path| {
            *runs.borrow_mut() += 1;
            Ok(fs::write(out.join("result"), "done")?)
        };
        let first = cache.folder("step", &[b"a"], make).unwrap();
        assert_eq!(cache.folder("step", &[b"a"], make).unwrap(), first);
        assert_eq!(*runs.borrow(), 1);
        assert_ne!(cache.folder("step", &[b"b"], make).unwrap(), first);
        assert_eq!(*runs.borrow(), 2);
    }

    #[test]
    fn a_failed_step_leaves_nothing_that_looks_finished() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::open(dir.path().join("cache")).unwrap();
        assert!(cache.folder("step", &[b"a"], |_| Err("broken".into())).is_err());
        let again = cache.folder("step", &[b"a"], |out| Ok(fs::write(out.join("result"), "done")?)).unwrap();
        assert!(again.join("result").exists());
    }

    #[test]
    fn results_that_nobody_asked_for_are_deleted() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::open(dir.path().join("cache")).unwrap();
        let old = cache.folder("step", &[b"old"], |_| Ok(())).unwrap();
        let cache = Cache::open(dir.path().join("cache")).unwrap();
        let new = cache.folder("step", &[b"new"], |_| Ok(())).unwrap();
        cache.forget_unused().unwrap();
        assert!(new.exists() && !old.exists());
    }

    #[test]
    fn the_hash_sees_where_one_part_ends() {
        assert_ne!(short_hash(&[b"ab", b"c"]), short_hash(&[b"a", b"bc"]));
    }
}
