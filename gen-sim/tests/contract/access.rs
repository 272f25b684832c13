//! Organizations and keys.

use gen_client::Error;
use gen_client::model::*;

use crate::agents::picture;
use crate::studio::Studio;

#[tokio::test(flavor = "multi_thread")]
async fn organizations_come_change_and_go() {
    let studio = Studio::open().await;
    let client = &studio.client;
    let plain = client.create_organization("Kiln", None).await.unwrap();
    let pictured = client.create_organization("Glaze", Some(&picture())).await.unwrap();
    assert_eq!(client.open_organization(&plain).await.unwrap().user_role.as_deref(), Some("owner"));
    client.update_organization(&plain, Some("Kiln and Co"), None).await.unwrap();
    client.update_organization(&pictured, Some("Glazes"), Some(&picture())).await.unwrap();
    client.update_organization(&pictured, None, Some(&picture())).await.unwrap();
    assert_eq!(client.open_organization(&plain).await.unwrap().name, "Kiln and Co");
    assert_eq!(client.open_organization(&pictured).await.unwrap().name, "Glazes");
    for organization in [plain, pictured] {
        client.delete_organization(&organization).await.unwrap();
        assert!(client.open_organization(&organization).await.unwrap_err().is_not_found());
    }
    let error = client.create_organization(" ", None).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_made_renamed_and_revoked() {
    let studio = Studio::open().await;
    let client = &studio.client;
    let made = client.create_api_key("intent-1", Some(3600)).await.unwrap();
    assert!(made.summary.expires_at.is_some());
    assert!(!format!("{made:?}").contains(made.key.expose()));
    let other = studio.as_user(made.key.expose());
    other.me().await.unwrap();
    let renamed = client.rename_api_key(&made.summary.id, "n8n").await.unwrap();
    assert_eq!((renamed.name.as_deref(), &renamed.status), (Some("n8n"), &ApiKeyStatus::Active));
    client.revoke_api_key(&made.summary.id).await.unwrap();
    let listed = client.list_api_keys().await.unwrap();
    let revoked = listed.iter().find(|key| key.id == made.summary.id).unwrap();
    assert_eq!(revoked.status, ApiKeyStatus::Revoked);
    assert!(other.me().await.unwrap_err().refuses_key());
    assert!(client.revoke_api_key(&"987654321".parse().unwrap()).await.unwrap_err().is_not_found());
    let forever = client.create_api_key("forever", None).await.unwrap();
    assert_eq!(forever.summary.expires_at, None);
    client.revoke_all_api_keys().await.unwrap();
    assert!(studio.as_user(forever.key.expose()).me().await.unwrap_err().refuses_key());
}
