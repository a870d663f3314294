//! `GET /api/notifications/unsubscribe/{token}`

use crate::unsubscribe::UnsubscribePath;
use millrace_endpoint::{Call, Endpoint, Nothing, Read, Result, Route, Table, answer::Redirect};
use schemars::JsonSchema;

/// Redirects the `List-Unsubscribe` URL of a mail to a page that asks for confirmation. Mail clients without RFC 8058
/// open it, and so do link scanners.
#[derive(Clone, JsonSchema)]
pub struct UnsubscribePage;

impl Endpoint for UnsubscribePage {
    const ROUTE: Route =
        Route::get("notifications-unsubscribe-page", "/api/notifications/unsubscribe/{token}").public();
    type Uses = (Table<Read>,);
    type Path = UnsubscribePath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Redirect;

    async fn handle(call: Call<Self>) -> Result<Redirect> {
        let token = &call.path.token;
        call.table().open_unsubscription(token)?;
        Ok(Redirect { url: format!("/unsubscribe/{token}"), told: call.origin.accept.contains("application/json") })
    }
}
