//! teams-create

use crate::parts::people::{expect_few, expect_members, with_lead};
use millrace_domain::{
    Error,
    id::{TeamId, UserId},
    resource::Team,
    text::{Name, Summary},
};
use millrace_endpoint::{Call, Created, Endpoint, Json, Nothing, Result, Route, Table, WorkspaceRole, Write};
use millrace_store::{
    Transaction,
    team::{MOST_TEAMS, TeamRecord},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// The team to create.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTeam {
    /// The team's name. Unique within the workspace, case-insensitive.
    pub name: Name,
    /// The purpose.
    #[serde(default)]
    pub description: Summary,
    /// The team lead, who becomes a member.
    #[serde(default)]
    pub lead: Option<UserId>,
    /// The members: at most 50 members of the workspace.
    #[serde(default)]
    pub members: Vec<UserId>,
}

/// Creates a team.
#[derive(Clone, JsonSchema)]
pub struct CreateTeam;

impl Endpoint for CreateTeam {
    const ROUTE: Route = Route::post("teams-create", "/api/teams").in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<NewTeam>;
    type Output = Created<Team>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, sent) = (call.table(), &call.body.0);
        let people = &with_lead(&sent.members, sent.lead.as_ref());
        let (scope, (teams, members)) = call
            .authorize(|scope| async move {
                expect_few(people)?;
                futures::try_join!(table.teams(&scope), table.members_among(&scope, people))
            })
            .await?;
        expect_members(&sent.members, sent.lead.as_ref(), &members, None)?;
        if teams.len() >= MOST_TEAMS {
            return Err(Error::conflict(format!("A workspace has at most {MOST_TEAMS} teams.")));
        }
        let team = TeamRecord {
            id: TeamId::random(),
            name: sent.name.clone(),
            description: sent.description.clone(),
            lead: sent.lead.clone(),
            members: people.clone(),
            created_at: call.now,
            updated_at: call.now,
        };
        team.check()?;
        let mut change = Transaction::by(&scope);
        change.found_team(&scope, &team);
        change.check_members(scope.person(), &members);
        call.commit(change, Created(team.resource(1))).await
    }
}
