use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// One lock per name, for as long as somebody holds or awaits it, with something that each who had it leaves to
/// the next.
#[derive(Default)]
pub(crate) struct Locks<T = ()>(Mutex<HashMap<String, Weak<tokio::sync::Mutex<T>>>>);

impl<T: Default> Locks<T> {
    /// The lock of this name; everybody who asks for it meanwhile gets the same one.
    pub(crate) fn of(&self, name: &str) -> Arc<tokio::sync::Mutex<T>> {
        let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lock) = locks.get(name).and_then(Weak::upgrade) {
            return lock;
        }
        locks.retain(|_, lock| lock.strong_count() > 0);
        let lock: Arc<tokio::sync::Mutex<T>> = Arc::default();
        locks.insert(name.to_owned(), Arc::downgrade(&lock));
        lock
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_is_the_same_lock_while_it_is_held_and_forgotten_after() {
        let locks = Locks::<()>::default();
        let first = locks.of("core/5");
        let held = first.try_lock().unwrap();
        assert!(locks.of("core/5").try_lock().is_err());
        assert!(locks.of("core/6").try_lock().is_ok());
        drop(held);
        drop(first);
        assert!(locks.of("core/7").try_lock().is_ok());
        assert_eq!(locks.0.lock().unwrap().len(), 1);
    }
}
