//! Who acts where. A [`Scope`] is the key to a workspace's data.

use crate::core::{item::Stored, member::Member};
use millrace_domain::{
    Error, Result,
    event::Actor,
    id::{ProjectKey, SessionId, TaskKey, UserId, WorkspaceId},
    task::transfer::TaskKeys,
    workspace::role::{Need, ProjectRole, WorkspaceRole},
};
use std::sync::Arc;

/// What a verified token says. Making one is the business of whoever verified the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The person.
    pub person: UserId,
    /// In which workspace; none for someone who has not chosen one.
    pub workspace: Option<WorkspaceId>,
    /// By which sign-in.
    pub session: SessionId,
    /// What the token says that the person is in the workspace. The table has the last word.
    pub role: Option<WorkspaceRole>,
}

/// The caller's roles are being looked up. Reads are allowed, and their result is held back until the roles are known.
#[derive(Debug, Clone)]
pub struct Pending;

/// The caller's roles were looked up, and cover what the endpoint needs.
#[derive(Debug, Clone)]
pub struct Verified {
    member: Stored<Member>,
    project_role: Option<ProjectRole>,
}

/// Millrace itself acts on something that it wrote, sent or sealed before.
#[derive(Debug, Clone)]
pub struct Internal;

/// Who acts in which workspace and, where there is one, which project.
#[derive(Debug, Clone)]
pub struct Scope<S = Verified> {
    workspace: WorkspaceId,
    project: Option<ProjectKey>,
    person: Option<UserId>,
    moved: Option<Arc<TaskKeys>>,
    state: S,
}

impl<S> Scope<S> {
    /// The workspace that everything done with this scope stays in.
    pub fn workspace(&self) -> &WorkspaceId {
        &self.workspace
    }

    /// The same scope, knowing all keys of a task that was moved to another project.
    pub fn following(self, moved: TaskKeys) -> Self {
        Self { moved: Some(Arc::new(moved)), ..self }
    }

    /// The key under which the comments, the files and the time of `task` stand.
    pub fn home<'key>(&'key self, task: &'key TaskKey) -> &'key TaskKey {
        self.moved.as_ref().filter(|moved| moved.goes_by(task)).map_or(task, |moved| moved.home())
    }

    /// The key that `task` has now.
    pub fn current<'key>(&'key self, task: &'key TaskKey) -> &'key TaskKey {
        self.moved.as_ref().filter(|moved| moved.goes_by(task)).map_or(task, |moved| &moved.key)
    }

    /// All keys of `task`: the one that it has now, then those that it had before.
    pub fn keys_of(&self, task: &TaskKey) -> Vec<TaskKey> {
        let moved = self.moved.as_ref().filter(|moved| moved.goes_by(task));
        moved.map_or_else(|| vec![task.clone()], |moved| [std::slice::from_ref(&moved.key), &moved.former].concat())
    }
}

/// Where a workspace's id comes from that no caller named: a message that was delivered, a record of the stream.
///
/// A bare id is no provenance. The framework alone implements this, for what AWS hands to it; a test holds that.
pub trait Provenance {
    /// The workspace that it names.
    fn workspace(&self) -> &WorkspaceId;
}

impl Scope<Internal> {
    /// A scope for what follows from `provenance`.
    pub fn internal(provenance: &impl Provenance) -> Self {
        Self::stored(provenance.workspace().clone())
    }

    /// A scope for what follows from an item of `workspace` that was read from the table, or from a seal of our own.
    pub(crate) fn stored(workspace: WorkspaceId) -> Self {
        Self { workspace, project: None, person: None, moved: None, state: Internal }
    }

    /// A scope for what `person` asked for and is done later, in `project` where it is about one. Their roles are looked
    /// up anew: nothing is done with rights that they have lost.
    pub fn on_behalf_of(&self, person: &UserId, project: Option<&ProjectKey>) -> Scope<Pending> {
        Scope {
            workspace: self.workspace.clone(),
            project: project.cloned(),
            person: Some(person.clone()),
            moved: None,
            state: Pending,
        }
    }
}

impl Scope<Pending> {
    /// A scope for reads whose results wait until the caller's roles are known.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for a token without a workspace.
    pub fn pending(claim: &Claim, project: Option<ProjectKey>) -> Result<Self> {
        let workspace = claim.workspace.clone().ok_or_else(no_workspace)?;
        Ok(Self { workspace, project, person: Some(claim.person.clone()), moved: None, state: Pending })
    }
}

impl Scope<Pending> {
    /// The project that the call is about.
    pub(crate) fn project(&self) -> Option<&ProjectKey> {
        self.project.as_ref()
    }

    /// Who is to be verified.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for nobody.
    pub(crate) fn claimed(&self) -> Result<&UserId> {
        self.person.as_ref().ok_or_else(no_workspace)
    }

    /// Whether these are the keys that the scope knows of its task.
    pub(crate) fn knows(&self, keys: &TaskKeys) -> bool {
        self.moved.as_deref() == Some(keys)
    }

    /// The same scope, once the roles of whom it is for were read and cover what is needed.
    pub(crate) fn verified(self, member: Stored<Member>, project_role: Option<ProjectRole>) -> Scope<Verified> {
        let Self { workspace, project, person, moved, .. } = self;
        Scope { workspace, project, person, moved, state: Verified { member, project_role } }
    }
}

impl Scope<Verified> {
    /// The caller's membership, as it was read.
    pub fn member(&self) -> &Stored<Member> {
        &self.state.member
    }

    /// The caller.
    pub fn person(&self) -> &UserId {
        &self.state.member.value.user
    }

    /// What the caller is in the workspace.
    pub fn role(&self) -> WorkspaceRole {
        self.state.member.value.role
    }

    /// What the caller is in the project; viewer where the call is not about one project.
    pub fn project_role(&self) -> ProjectRole {
        self.state.project_role.unwrap_or(ProjectRole::Viewer)
    }

    /// What the caller is in any `project`; none where it is not to be seen.
    pub fn role_in(&self, project: &ProjectKey) -> Option<ProjectRole> {
        self.member().value.role_in(project)
    }

    /// The caller in `project`, for a call that acts in several: their role there has to cover `needed`.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the project is not to be seen, [`Error::Forbidden`] for too little a role.
    pub fn within(&self, project: &ProjectKey, needed: ProjectRole) -> Result<Self> {
        let role = self.role_in(project).ok_or_else(|| Error::not_found("project"))?;
        if !role.covers(needed) {
            return Err(Error::Forbidden(format!("This needs the role {}.", Need::Project(needed))));
        }
        let state = Verified { project_role: Some(role), ..self.state.clone() };
        Ok(Self { project: Some(project.clone()), state, ..self.clone() })
    }

    /// Refuses whoever is less than an admin of the workspace, but for what is their `own`.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for them.
    pub fn expect_admin_unless(&self, own: bool) -> Result<()> {
        if own || self.role() >= WorkspaceRole::Admin {
            return Ok(());
        }
        Err(Error::Forbidden("This needs the role workspace admin.".to_owned()))
    }

    /// The caller, as events name them.
    pub fn actor(&self) -> Actor {
        let member = &self.state.member.value;
        Actor::user(member.user.clone(), member.name.to_string())
    }
}

fn no_workspace() -> Error {
    Error::Forbidden("Choose a workspace first.".to_owned())
}
