//! `PATCH /api/workspaces/{workspace_id}`

use crate::Workspace;
use millrace_domain::{
    event::{Changes, EventData, payload::NoData},
    patch::{Change, Patch},
    text::{Name, Slug},
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, Result, Route, Table, Tagged, WorkspaceRole, Write, call::to_value,
};
use millrace_platform::path::WorkspacePath;
use millrace_store::{Transaction, workspace::WorkspaceRecord};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use std::borrow::Cow;

/// Changes a workspace's name, slug or logo. The old slug becomes free for others.
#[derive(Clone, JsonSchema)]
pub struct UpdateWorkspace;

/// The fields to change. Omitted fields stay unchanged.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceChange {
    /// The name.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub name: Change<Name>,
    /// The short name used in URLs. Unique across all workspaces.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub slug: Change<Slug>,
    /// The URL of its logo; null if it has none.
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub logo_url: Patch<LogoUrl>,
}

/// The URL of a picture that every visitor's browser loads. HTTPS only.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LogoUrl(String);

impl TryFrom<String> for LogoUrl {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let host = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&byte));
        match host {
            Some(host) if !host.is_empty() && !host.contains('@') && visible && text.len() <= 2_000 => Ok(Self(text)),
            _ => Err("is not an address that begins with https://"),
        }
    }
}

impl JsonSchema for LogoUrl {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "LogoUrl".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "uri", "pattern": "^https://", "maxLength": 2000})
    }
}

impl Endpoint for UpdateWorkspace {
    const ROUTE: Route =
        Route::patch("workspaces-update", "/api/workspaces/{workspace_id}").in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Write>,);
    type Path = WorkspacePath;
    type Query = Nothing;
    type Body = Json<WorkspaceChange>;
    type Output = Tagged<Workspace>;

    async fn handle(call: Call<Self>) -> Result<Tagged<Workspace>> {
        let table: &Table<Write> = call.table();
        let (scope, stored) = call.authorize(|scope| async move { table.workspace(&scope).await }).await?;
        let seen = |record: &WorkspaceRecord, version| Workspace::new(record, version, scope.role());
        call.expect_version(stored.version, || to_value(&seen(&stored.value, stored.version)))?;

        let Json(wanted) = call.body.clone();
        let mut record = stored.value.clone();
        wanted.name.apply(&mut record.name);
        wanted.slug.apply(&mut record.slug);
        match wanted.logo_url {
            Patch::Keep => {}
            Patch::Clear => record.logo_url = None,
            Patch::Set(LogoUrl(address)) => record.logo_url = Some(address),
        }
        if record == stored.value {
            return Ok(Tagged(seen(&record, stored.version)));
        }
        record.updated_at = call.now;
        let mut change = Transaction::by(&scope);
        if record.slug != stored.value.slug {
            WorkspaceRecord::check_slug(&record.slug, "slug")?;
            change.change_slug(&record.id, &stored.value.slug, &record.slug);
        }
        let version = change.update(&stored, &record, None);
        let changes = Changes::between(&seen(&stored.value, stored.version), &seen(&record, version))?;
        change.event(&call.event(&scope, EventData::WorkspaceUpdated(NoData)).changing(changes));
        call.commit(change, Tagged(seen(&record, version))).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_url_must_be_https_with_a_host() {
        let fits = |text: &str| LogoUrl::try_from(text.to_owned()).is_ok();
        assert!(fits("https://example.com") && fits("https://example.com/a/logo.svg?v=2"));
        for wrong in [
            "",
            "http://example.com/a",
            "https://",
            "https:///a",
            "javascript:alert(1)",
            "https://a b/",
            "https://x@y/",
            "https://a/\"onerror",
        ] {
            assert!(!fits(wrong), "{wrong}");
        }
    }
}
