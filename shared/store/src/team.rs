//! Teams: groups of people across projects.

use crate::{
    core::{
        item::{Entity, Stored},
        keys,
        scope::Scope,
        table::{Mode, Table, read_all},
        transaction::{Beside, Transaction},
    },
    workspace::Member,
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    id::{TeamId, UserId},
    resource::Team,
    text::{Name, Summary},
};
use serde::{Deserialize, Serialize};

/// The most people in one team: each that is added is a condition of the write.
pub const MOST_PEOPLE: usize = 50;
/// The most teams of one workspace: who leaves it leaves all of theirs in one write.
pub const MOST_TEAMS: usize = 50;

/// A team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamRecord {
    /// The id.
    pub id: TeamId,
    /// The name.
    pub name: Name,
    /// The purpose.
    pub description: Summary,
    /// Who leads it, one of its members; none where nobody does.
    pub lead: Option<UserId>,
    /// The members.
    pub members: Vec<UserId>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Entity for TeamRecord {
    const WHAT: &'static str = "team";
}

/// That a team has a name, so that no other takes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamNameTaken {
    /// The team.
    pub team: TeamId,
}

impl Entity for TeamNameTaken {
    const WHAT: &'static str = "team's name";
}

impl TeamRecord {
    /// The team as clients see it.
    pub fn resource(&self, version: u64) -> Team {
        Team {
            id: self.id.clone(),
            name: self.name.clone(),
            description: self.description.clone(),
            lead: self.lead.clone(),
            members: self.members.clone(),
            version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }

    /// Takes a person in, at `now`.
    pub fn take_in(&mut self, person: &UserId, now: Timestamp) {
        self.members.push(person.clone());
        self.updated_at = now;
    }

    /// Lets a person go, at `now`; whoever led the team does so no more.
    pub fn let_go(&mut self, person: &UserId, now: Timestamp) {
        self.members.retain(|member| member != person);
        self.lead = self.lead.take().filter(|lead| lead != person);
        self.updated_at = now;
    }

    /// Checks what no single field can tell.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field.
    pub fn check(&self) -> Result<()> {
        if self.members.len() > MOST_PEOPLE {
            return Err(Error::field("members", format!("takes at most {MOST_PEOPLE} people")));
        }
        match &self.lead {
            Some(lead) if !self.members.contains(lead) => Err(Error::field("lead", "is nobody of this team")),
            _ => Ok(()),
        }
    }
}

impl<M: Mode> Table<M> {
    /// All teams of the workspace, by their ids.
    ///
    /// # Errors
    /// As every read.
    pub async fn teams<S>(&self, scope: &Scope<S>) -> Result<Vec<Stored<TeamRecord>>> {
        read_all(&self.all(&keys::teams(scope.workspace())).await?)
    }

    /// One team.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn team<S>(&self, scope: &Scope<S>, team: &TeamId) -> Result<Stored<TeamRecord>> {
        self.get(&keys::team(scope.workspace(), team)).await?.ok_or_else(|| Error::not_found("team"))
    }
}

impl Transaction {
    /// A new team, whose name no other team of the workspace has in whatever case.
    pub fn found_team<S>(&mut self, scope: &Scope<S>, team: &TeamRecord) {
        self.put_new(&keys::team(scope.workspace(), &team.id), team, Beside::default(), || Error::Raced);
        self.take_team_name(scope, team);
    }

    /// New content for a team; its version after the write.
    pub fn update_team<S>(&mut self, scope: &Scope<S>, stored: &Stored<TeamRecord>, team: &TeamRecord) -> u64 {
        let former = keys::team_name(scope.workspace(), &stored.value.name);
        if former != keys::team_name(scope.workspace(), &team.name) {
            self.remove(&former);
            self.take_team_name(scope, team);
        }
        self.update(stored, team, None)
    }

    /// Removes a team, and frees its name.
    pub fn disband_team<S>(&mut self, scope: &Scope<S>, stored: &Stored<TeamRecord>) {
        self.delete(stored);
        self.remove(&keys::team_name(scope.workspace(), &stored.value.name));
    }

    /// Lets whoever leaves the workspace go from all of its teams.
    pub fn leave_teams(&mut self, teams: &[Stored<TeamRecord>], person: &UserId, now: Timestamp) {
        for team in teams.iter().filter(|team| team.value.members.contains(person)) {
            let mut without = team.value.clone();
            without.let_go(person, now);
            self.update(team, &without, None);
        }
    }

    /// Goes through only if the people are still members of the workspace. The caller is one: every write checks that.
    pub fn check_members(&mut self, caller: &UserId, members: &[Stored<Member>]) {
        for member in members.iter().filter(|member| member.value.user != *caller) {
            self.check_exists(&member.key, || Error::Raced);
        }
    }

    fn take_team_name<S>(&mut self, scope: &Scope<S>, team: &TeamRecord) {
        let key = keys::team_name(scope.workspace(), &team.name);
        self.put_new(&key, &TeamNameTaken { team: team.id.clone() }, Beside::default(), || Error::Conflict {
            detail: "Another team has this name already; choose another one.".to_owned(),
            current: Some(Box::new(serde_json::json!({"field": "name"}))),
        });
    }
}
