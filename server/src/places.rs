use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many places for each; who has taken all theirs gets no further one until one is given back.
#[derive(Debug)]
pub(crate) struct Places<K> {
    most: u32,
    taken: Mutex<HashMap<K, u32>>,
}

/// A place that is taken. Dropped, it is given back.
#[derive(Debug)]
pub(crate) struct Place<K: Eq + Hash> {
    of: Arc<Places<K>>,
    whose: K,
}

impl<K: Eq + Hash + Clone> Places<K> {
    pub(crate) fn new(most: u32) -> Arc<Self> {
        Arc::new(Self { most, taken: Mutex::default() })
    }

    pub(crate) fn take(self: &Arc<Self>, whose: K) -> Option<Place<K>> {
        let mut taken = self.taken();
        let held = taken.entry(whose.clone()).or_insert(0);
        if *held >= self.most {
            return None;
        }
        *held += 1;
        Some(Place { of: self.clone(), whose })
    }
}

impl<K> Places<K> {
    /// What is counted stays whole whatever panics.
    fn taken(&self) -> MutexGuard<'_, HashMap<K, u32>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash> Drop for Place<K> {
    fn drop(&mut self) {
        let mut taken = self.of.taken();
        // Whoever holds none is forgotten, so that nobody fills the memory by coming from everywhere.
        match taken.get_mut(&self.whose) {
            Some(held) if *held > 1 => *held -= 1,
            _ => drop(taken.remove(&self.whose)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_so_many_places_and_a_place_given_back_can_be_taken_again() {
        let places = Places::new(2);
        let (first, second) = (places.take("mara"), places.take("mara"));
        assert!(first.is_some() && second.is_some());
        assert!(places.take("mara").is_none());
        let other = places.take("ines");
        assert!(other.is_some(), "somebody else's places are their own");
        drop(first);
        assert!(places.take("mara").is_some(), "taken and given back at once");
        drop((second, other));
        assert!(places.taken().is_empty());
    }
}
