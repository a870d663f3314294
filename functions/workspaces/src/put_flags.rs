//! `PUT /api/flags`

use crate::get_flags::WorkspaceFlags;
use millrace_domain::{
    event::{Changes, EventData, payload::NoData},
    workspace::flag::{self, Flags},
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, Result, Route, Table, Tagged, WorkspaceRole, Write, call::to_value,
};
use millrace_store::{Transaction, flag::FlagsRecord};
use schemars::JsonSchema;
use serde::Deserialize;

/// Replaces all feature flags of the workspace. A flag that is not sent becomes unset.
#[derive(Clone, JsonSchema)]
pub struct PutFlags;

/// The feature flags to set.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlagsReplacement {
    /// The value of each flag, by name; at most 100.
    pub flags: Flags,
}

impl Endpoint for PutFlags {
    const ROUTE: Route = Route::put("workspaces-put-flags", "/api/flags").in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<FlagsReplacement>;
    type Output = Tagged<WorkspaceFlags>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let table: &Table<Write> = call.table();
        let (scope, stored) = call.authorize(|scope| async move { table.flags(&scope).await }).await?;
        let before = WorkspaceFlags::of(stored.as_ref());
        call.expect_version(before.version, || to_value(&before))?;
        let flags = call.body.0.flags.clone();
        flag::check(&flags)?;
        if flags == before.flags {
            return Ok(Tagged(before));
        }
        let changes = Changes::of_field("flags", &before.flags, &flags)?;
        let event = call.event(&scope, EventData::WorkspaceUpdated(NoData)).changing(changes);
        let record = FlagsRecord { flags, updated_at: call.now };
        let mut change = Transaction::by(&scope);
        let version = change.put_flags(&scope, stored.as_ref(), &record);
        change.event(&event);
        call.commit(change, Tagged(WorkspaceFlags::new(&record, version))).await
    }
}
