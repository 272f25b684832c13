use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::model::DirectUpload;
use crate::operation as op;
use crate::{Error, GenClient, Measured};

impl GenClient {
    /// Asks GEN where to send a file of up to 1 GB, the first of three steps. GEN: createDirectUpload. Then
    /// [`Upstream::store_file`](crate::Upstream::store_file), then [`Self::create_content_resource`] with the signed
    /// id. GEN takes metadata along without saying what it does with them. 422 `invalid_content_type`,
    /// `file_size_exceeded`, `direct_upload_failed`.
    pub async fn create_direct_upload(
        &self,
        name: &str,
        content_type: &str,
        measured: &Measured,
        metadata: Option<&Map<String, Value>>,
    ) -> Result<DirectUpload, Error> {
        let mut blob = json!({
            "filename": name, "content_type": content_type, "byte_size": measured.byte_size,
            "checksum": measured.checksum,
        });
        if let Some(metadata) = metadata {
            blob["metadata"] = json!(metadata);
        }
        self.one(Call::to(&op::CREATE_DIRECT_UPLOAD, &[]).body(json!({ "blob": blob }))).await
    }
}
