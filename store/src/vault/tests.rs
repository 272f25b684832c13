use super::*;
use crate::testing::{Bench, RING, ring};
use gen_sim::DEMO_KEY;
use std::os::unix::fs::PermissionsExt;

fn vault() -> Vault {
    ring().into_vault().unwrap()
}

fn key() -> ApiKey {
    ApiKey::new(DEMO_KEY.into()).unwrap()
}

fn message<T>(result: Result<T>) -> String {
    match result {
        Err(Error::Vault(message)) => message,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was taken"),
    }
}

#[test]
fn k1_a_sealed_key_opens_for_its_row_and_owner_only() {
    let sealed = vault().seal_key(7, Some(3), &key()).unwrap();
    assert_eq!(vault().open_key(7, Some(3), &sealed).unwrap().expose(), DEMO_KEY);
    assert!(vault().open_key(8, Some(3), &sealed).is_err());
    assert!(vault().open_key(7, Some(4), &sealed).is_err());
    assert!(vault().open_key(7, None, &sealed).is_err());
}

#[test]
fn k1_the_blob_says_its_version_and_key_and_never_repeats_a_nonce() {
    let sealed = vault().seal_key(7, None, &key()).unwrap();
    assert_eq!(&sealed[..5], b"\x01\x03one");
    assert_eq!(sealed.len(), 5 + NONCE + DEMO_KEY.len() + 16);
    assert_ne!(sealed, vault().seal_key(7, None, &key()).unwrap());
}

#[test]
fn k1_any_flipped_or_missing_byte_is_an_error() {
    let vault = vault();
    let sealed = vault.seal_key(7, Some(3), &key()).unwrap();
    for at in 0..sealed.len() {
        let mut flipped = sealed.clone();
        flipped[at] ^= 0x10;
        assert!(vault.open_key(7, Some(3), &flipped).is_err(), "byte {at} flipped");
        assert!(vault.open_key(7, Some(3), &sealed[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn k2_the_first_key_of_the_ring_seals_and_every_key_opens() {
    let second = "two/HxAdHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";
    let old = vault().seal_key(7, None, &key()).unwrap();
    let both =
        MasterKeys::parse(&format!("# newest first\n{second}\n\n{RING}\n")).unwrap().into_vault().unwrap();
    assert_eq!(both.active_kid(), "two");
    assert_eq!(both.open_key(7, None, &old).unwrap().expose(), DEMO_KEY);
    assert!(vault().open_key(7, None, &both.seal_key(7, None, &key()).unwrap()).is_err());
}

#[test]
fn k2_a_broken_ring_is_refused_with_a_message_that_holds_no_key() {
    let secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlYw==";
    let cases = [
        (format!("one/{secret}"), "32 bytes"),
        (format!("{RING}\n{RING}"), "used twice"),
        ("one/not base64 but secret".to_owned(), "not base64"),
        (format!("one {secret}"), "id/base64"),
        (format!("o ne/{secret}"), "an id is"),
        ("# nothing\n".to_owned(), "no key"),
    ];
    for (text, why) in cases {
        let said = message(MasterKeys::parse(&text));
        assert!(said.contains(why), "{said}");
        assert!(!said.contains("secret") && !said.contains("c2Vj") && !said.contains("AAEC"), "{said}");
    }
}

#[test]
fn k2_a_file_that_others_can_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("master.keys");
    std::fs::write(&file, RING).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = message(MasterKeys::load(&file));
    assert!(said.contains("0644") && !said.contains("AAEC"), "{said}");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(MasterKeys::load(&file).unwrap().keys[0].kid, "one");
}

#[tokio::test]
async fn k3_a_new_ring_is_written_for_a_new_database_only() {
    let bench = Bench::alone().await;
    let file = bench.folder.path().join("master.keys");
    let before = files(&bench).await;
    let said = message(bench.reopen(MasterKeys::load_or_create(&file).unwrap()).await);
    assert!(said.contains("not the one"), "{said}");
    assert!(!file.exists());
    assert_eq!(files(&bench).await, before);

    let fresh = tempfile::tempdir().unwrap();
    let file = fresh.path().join("deep/master.keys");
    MasterKeys::load_or_create(&file).unwrap().into_vault().unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(MasterKeys::load(&file).unwrap().keys.len(), 1);
}

#[tokio::test]
async fn k3_a_ring_with_the_right_name_and_the_wrong_key_is_refused() {
    let bench = Bench::alone().await;
    let before = files(&bench).await;
    let other = MasterKeys::parse("one/HxAdHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=").unwrap();
    assert!(message(bench.reopen(other).await).contains("\"one\""));
    assert_eq!(files(&bench).await, before);
    assert!(bench.reopen(ring()).await.is_ok());
}

/// The database's bytes, and what lies beside it.
async fn files(bench: &Bench) -> (Vec<u8>, Vec<String>) {
    bench.store.close().await.unwrap();
    let mut names: Vec<String> = std::fs::read_dir(bench.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.retain(|name| !name.ends_with("-shm") && !name.ends_with("-wal"));
    names.sort();
    (std::fs::read(bench.database()).unwrap(), names)
}
