//! `POST /api/users/me/avatar`

use millrace_domain::{
    Error,
    file::{
        attachment::{LARGEST_PORTRAIT, UPLOAD_WITHIN, check_size},
        media::MediaType,
    },
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, Result, Route,
    blobs::{Blobs, UploadForm},
};
use millrace_platform::blobs::{Receive, key};
use schemars::JsonSchema;
use serde::Deserialize;

/// A picture to upload.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPortrait {
    /// The size in bytes: at most 5 MB (5242880).
    pub size: u64,
    /// The content type: PNG, JPEG, GIF or WebP.
    pub content_type: MediaType,
}

/// Returns a signed form for uploading the caller's picture directly to the bucket.
///
/// After the upload is processed, the centre of the picture appears as `avatar_url`: a path below the public URL that
/// stays the same until another picture is uploaded, and that is readable without a token by anyone who knows it.
#[derive(Clone, JsonSchema)]
pub struct SendAvatar;

impl Endpoint for SendAvatar {
    const ROUTE: Route = Route::post("users-avatar", "/api/users/me/avatar").signed_in();
    type Uses = (Blobs<Receive>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<NewPortrait>;
    type Output = Json<UploadForm>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (sent, blobs): (_, &Blobs<Receive>) = (&call.body.0, call.uses());
        check_size(sent.size, LARGEST_PORTRAIT)?;
        if !sent.content_type.has_thumbnail() {
            return Err(Error::field("content_type", "is none of image/png, image/jpeg, image/gif and image/webp"));
        }
        let key = key::portrait(call.person()?);
        let form = blobs.form(&key, &sent.content_type, sent.size, UPLOAD_WITHIN.unsigned_abs()).await?;
        Ok(Json(form))
    }
}
