//! Files and folders, and the three steps of a large upload.

use std::io::Write;

use gen_client::model::*;
use gen_client::{Error, Measure, ResourceSource};

use crate::agents::picture;
use crate::studio::{Studio, videos};

#[tokio::test(flavor = "multi_thread")]
async fn files_come_in_folders_are_renamed_and_go() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let outer = client.create_folder(&agent, "Brand", None).await.unwrap();
    let inner = client.create_folder(&agent, "Logos", Some(&outer)).await.unwrap();
    client.rename_folder(&agent, &inner, "Marks").await.unwrap();
    let source = ResourceSource::File(picture());
    let file = client.create_content_resource(&agent, &source, Some(&inner)).await.unwrap();
    assert_eq!(file.kind(), MediaKind::Image);
    client.rename_content_resource(&agent, &file.id, "mark.png").await.unwrap();
    let read = client.open_content_resource(&agent, &file.id).await.unwrap();
    assert_eq!((read.resource.file_name.as_deref(), read.generator), (Some("mark.png"), None));
    let inside =
        |folder: &gen_client::FolderId| LibraryQuery { folder: Some(folder.clone()), ..Default::default() };
    let listed = client.list_library(&agent, &inside(&outer)).await.unwrap();
    assert!(matches!(&listed[..], [LibraryItem::Folder(folder)] if folder.name == "Marks"), "{listed:?}");
    let listed = client.list_library(&agent, &inside(&inner)).await.unwrap();
    assert!(matches!(&listed[..], [LibraryItem::File(found)] if found.id == file.id), "{listed:?}");
    let only_folders = LibraryQuery { kinds: vec![LibraryKind::Folder], ..Default::default() };
    let listed = client.list_library(&agent, &only_folders).await.unwrap();
    assert!(!listed.is_empty() && listed.iter().all(|item| matches!(item, LibraryItem::Folder(_))));
    let search =
        LibraryQuery { search: Some("mark".into()), folder: Some(inner.clone()), ..Default::default() };
    assert_eq!(client.list_library(&agent, &search).await.unwrap().len(), 1);
    client.delete_content_resource(&agent, &file.id).await.unwrap();
    assert!(client.open_content_resource(&agent, &file.id).await.unwrap_err().is_not_found());
    client.delete_folder(&agent, &outer).await.unwrap();
    assert!(client.rename_folder(&agent, &inner, "Gone").await.is_err(), "its contents went along");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_goes_to_storage() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let mut file = tempfile::NamedTempFile::new().unwrap();
    for _ in 0..64 {
        file.write_all(&[7; 64 * 1024]).unwrap();
    }
    let stored = client.upload_file(&agent, file.path(), "hero.mp4", "video/mp4", None).await.unwrap();
    assert_eq!((stored.kind(), stored.file_name.as_deref()), (MediaKind::Video, Some("hero.mp4")));
    let media = studio.upstream.media(stored.url.as_deref().unwrap(), None).await.unwrap();
    assert_eq!(media.content_length, Some(4 * 1024 * 1024));
    let newest = client.list_content_resources(&agent, &videos()).await.unwrap();
    assert_eq!(newest[0].id, stored.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn storage_takes_only_what_was_announced() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let mut measure = Measure::default();
    measure.update(b"hello world");
    let measured = measure.finish();
    let upload = client.create_direct_upload("a.mp4", "video/mp4", &measured, None).await.unwrap();
    let send = async |bytes: &'static [u8]| {
        let stream = futures::stream::iter([Ok(bytes::Bytes::from_static(bytes))]);
        studio.upstream.store_file(&upload, 11, stream).await
    };
    assert!(send(b"hello wurld").await.is_err(), "another MD5");
    let unfinished = ResourceSource::SignedId(upload.signed_id.clone());
    let error = client.create_content_resource(&agent, &unfinished, None).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
    send(b"hello world").await.unwrap();
    client.create_content_resource(&agent, &unfinished, None).await.unwrap();
    let error = client.create_direct_upload("a.svg", "image/svg+xml", &measured, None).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
}
