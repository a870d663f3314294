//! `PATCH /api/users/me`

use crate::me::{Me, gone};
use futures::try_join;
use millrace_domain::{
    event::{Changes, EventData},
    patch::Change,
    text::Name,
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, Table, Write};
use millrace_sign_in::OwnWorkspace;
use millrace_store::{Transaction, account::Account, membership::Membership, workspace::Member};
use schemars::JsonSchema;
use serde::Deserialize;

/// Changes the caller's name in their account and in the workspace of their token.
#[derive(Clone, JsonSchema)]
pub struct PatchMe;

/// The fields to change. Omitted fields stay unchanged.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeChange {
    /// The name shown to others.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub name: Change<Name>,
}

impl Endpoint for PatchMe {
    const ROUTE: Route = Route::patch("users-patch-me", "/api/users/me").signed_in();
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<MeChange>;
    type Output = Json<Me>;

    async fn handle(call: Call<Self>) -> Result<Json<Me>> {
        let table: &Table<Write> = call.table();
        let claim = call.claim()?;
        let here = async {
            match &claim.workspace {
                Some(workspace) => table.membership(&claim.person, workspace).await,
                None => Ok(None),
            }
        };
        let (identity, here) = try_join!(table.identity(&claim.person), here)?;
        let stored = identity.account.ok_or_else(gone)?;
        let account = match &call.body.0.name {
            Change(Some(name)) => Account { name: name.clone(), ..stored.value.clone() },
            Change(None) => stored.value.clone(),
        };

        let mut change = Transaction::outside_workspaces();
        if account != stored.value {
            change.update(&stored, &account, None);
        }
        let renames = |here: &Membership| !call.body.0.name.is_keep() && here.member.value.name != account.name;
        if let Some(here) = here.filter(renames) {
            let former = &here.member.value;
            let member = Member { name: account.name.clone(), ..former.clone() };
            change.update(&here.member, &member, None);
            let workspace = &here.workspace.value.id;
            let event = member.event(workspace, call.now, EventData::UserUpdated(member.in_event()));
            change.event(&event.changing(Changes::of_field("name", &former.name, &member.name)?));
        }
        let commit = async { if change.is_empty() { Ok(()) } else { table.commit(change).await } };
        let ((), memberships) = try_join!(commit, table.memberships_in(&claim.person, &identity.joined))?;
        let own = OwnWorkspace::all(&memberships);
        Ok(Json(Me::new(&account, claim.workspace.as_ref(), own)))
    }
}
