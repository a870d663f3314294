//! The people a comment mentions, who must be able to see the project.

use millrace_domain::{
    Error, Result,
    comment::mention,
    id::{ProjectKey, UserId},
};
use millrace_store::{Scope, Stored, Table, table::Mode, workspace::Member};

/// The mentions of a body, if it can be parsed.
pub(crate) struct Mentioned(Result<Vec<UserId>>);

impl Mentioned {
    /// Parses the mentions of a body. Errors are reported only after authorisation.
    pub(crate) fn of(body: &str) -> Self {
        Self(mention::mentions(body, "body"))
    }

    /// Reads which of them are members of the workspace.
    pub(crate) async fn read<M: Mode, S>(&self, table: &Table<M>, scope: &Scope<S>) -> Result<Vec<Stored<Member>>> {
        table.members_among(scope, self.0.as_deref().unwrap_or_default()).await
    }

    /// The mentioned people, after checking that all of them see the project. People whom the comment mentioned before
    /// may stay even if they have left.
    pub(crate) fn check(
        self,
        project: &ProjectKey,
        members: &[Stored<Member>],
        before: &[UserId],
    ) -> Result<Vec<UserId>> {
        let people = self.0?;
        let sees = |person: &UserId| {
            let found = members.iter().find(|member| member.value.user == *person);
            before.contains(person) || found.is_some_and(|member| member.value.role_in(project).is_some())
        };
        match people.iter().find(|person| !sees(person)) {
            Some(person) => Err(Error::field("body", format!("mentions {person}, who does not see this project"))),
            None => Ok(people),
        }
    }
}
