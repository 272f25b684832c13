/// What encrypts stored GEN keys: a ring, the first of which is active.
pub struct MasterKeys {
    _private: (),
}
