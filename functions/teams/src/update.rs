//! teams-update

use crate::parts::people::{expect_few, expect_members, with_lead};
use millrace_domain::{
    id::UserId,
    patch::{Change, Patch},
    resource::Team,
    task::each_once,
    text::{Name, Summary},
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, Result, Route, Table, Tagged, WorkspaceRole, Write, call::to_value,
};
use millrace_platform::path::TeamPath;
use millrace_store::Transaction;
use schemars::JsonSchema;
use serde::Deserialize;

/// The fields to change. Omitted fields stay unchanged; null clears a field.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamChange {
    /// The team's name. Unique within the workspace, case-insensitive.
    #[serde(default)]
    pub name: Change<Name>,
    /// The purpose.
    #[serde(default)]
    pub description: Patch<Summary>,
    /// The team lead, who becomes a member.
    #[serde(default)]
    pub lead: Patch<UserId>,
    /// The members: at most 50 members of the workspace.
    #[serde(default)]
    pub members: Change<Vec<UserId>>,
}

/// Changes a team. If the new members do not include the lead, the team has no lead.
#[derive(Clone, JsonSchema)]
pub struct UpdateTeam;

impl Endpoint for UpdateTeam {
    const ROUTE: Route = Route::patch("teams-update", "/api/teams/{team_id}").in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Write>,);
    type Path = TeamPath;
    type Query = Nothing;
    type Body = Json<TeamChange>;
    type Output = Tagged<Team>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, id, sent) = (call.table(), &call.path.team_id, &call.body.0);
        let lead = match &sent.lead {
            Patch::Set(lead) => Some(lead),
            Patch::Keep | Patch::Clear => None,
        };
        let named = sent.members.0.as_deref().unwrap_or_default();
        let people = &with_lead(named, lead);
        let (scope, (team, members)) = call
            .authorize(|scope| async move {
                expect_few(people)?;
                futures::try_join!(table.team(&scope, id), table.members_among(&scope, people))
            })
            .await?;
        call.expect_version(team.version, || to_value(&team.value.resource(team.version)))?;
        expect_members(named, lead, &members, Some(&team.value))?;
        let mut changed = team.value.clone();
        sent.name.clone().apply(&mut changed.name);
        match sent.description.clone() {
            Patch::Keep => {}
            Patch::Clear => changed.description = Summary::default(),
            Patch::Set(description) => changed.description = description,
        }
        Change(sent.members.0.clone().map(each_once)).apply(&mut changed.members);
        sent.lead.clone().apply(&mut changed.lead);
        match lead {
            Some(lead) => changed.members = with_lead(&changed.members, Some(lead)),
            None => changed.lead = changed.lead.take().filter(|lead| changed.members.contains(lead)),
        }
        changed.check()?;
        if changed == team.value {
            return Ok(Tagged(changed.resource(team.version)));
        }
        changed.updated_at = call.now;
        let mut change = Transaction::by(&scope);
        let version = change.update_team(&scope, &team, &changed);
        change.check_members(scope.person(), &members);
        call.commit(change, Tagged(changed.resource(version))).await
    }
}
