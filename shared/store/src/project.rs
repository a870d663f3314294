//! Projects and their labels.

use crate::core::{
    item::{Entity, Stored},
    keys,
    scope::Scope,
    table::{Mode, Table, read_all},
    transaction::{Beside, Transaction},
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    id::{BoardId, LabelId, ProjectKey},
    resource::{Label, Project},
    text::{Color, Name, Summary},
    workspace::role::ProjectRole,
};
use serde::{Deserialize, Serialize};

/// A project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectRecord {
    /// Its key.
    pub key: ProjectKey,
    /// The name.
    pub name: Name,
    /// What it is about.
    pub description: Summary,
    /// The board that it opens with.
    pub board_id: Option<BoardId>,
    /// Whether a task closes automatically once all of its subtasks are done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub close_parent: bool,
    /// Whether timers run by what becomes of tasks.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub track_time: bool,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it was deleted: nobody sees it since then, and its key stays taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
}

impl Entity for ProjectRecord {
    const WHAT: &'static str = "project";
}

impl ProjectRecord {
    /// The project as someone with `role` in it sees it.
    pub fn resource(&self, version: u64, role: ProjectRole) -> Project {
        Project {
            key: self.key.clone(),
            name: self.name.clone(),
            description: self.description.clone(),
            role,
            board_id: self.board_id.clone(),
            close_parent: self.close_parent,
            track_time: self.track_time,
            version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// The last number that a project gave to a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Numbering {
    /// 0 before the first.
    pub last: u32,
}

impl Entity for Numbering {
    const WHAT: &'static str = "numbering";
}

/// A label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelRecord {
    /// The id.
    pub id: LabelId,
    /// The name.
    pub name: Name,
    /// The colour.
    pub color: Color,
}

impl Entity for LabelRecord {
    const WHAT: &'static str = "label";
}

/// That a label has a name, so that no other takes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelNameTaken {
    /// The label.
    pub label: LabelId,
}

impl Entity for LabelNameTaken {
    const WHAT: &'static str = "label's name";
}

impl LabelRecord {
    /// The label as clients see it.
    pub fn resource(&self, version: u64) -> Label {
        Label { id: self.id.clone(), name: self.name.clone(), color: self.color.clone(), version }
    }
}

impl<M: Mode> Table<M> {
    /// All projects of the workspace by their keys, without those that were deleted.
    ///
    /// # Errors
    /// As every read.
    pub async fn projects<S>(&self, scope: &Scope<S>) -> Result<Vec<Stored<ProjectRecord>>> {
        let mut projects: Vec<Stored<ProjectRecord>> = read_all(&self.all(&keys::projects(scope.workspace())).await?)?;
        projects.retain(|project| project.value.deleted_at.is_none());
        Ok(projects)
    }

    /// One project.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none, or it was deleted.
    pub async fn project<S>(&self, scope: &Scope<S>, project: &ProjectKey) -> Result<Stored<ProjectRecord>> {
        let found = self.get::<ProjectRecord>(&keys::project(scope.workspace(), project)).await?;
        found.filter(|project| project.value.deleted_at.is_none()).ok_or_else(|| Error::not_found("project"))
    }

    /// The labels of a project, by their ids.
    ///
    /// # Errors
    /// As every read.
    pub async fn labels<S>(&self, scope: &Scope<S>, project: &ProjectKey) -> Result<Vec<Stored<LabelRecord>>> {
        read_all(&self.all(&keys::labels(scope.workspace(), project)).await?)
    }

    /// One label.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn label<S>(
        &self,
        scope: &Scope<S>,
        project: &ProjectKey,
        label: &LabelId,
    ) -> Result<Stored<LabelRecord>> {
        self.get(&keys::label(scope.workspace(), project, label)).await?.ok_or_else(|| Error::not_found("label"))
    }

    /// Those of `labels` that the project has, in one round trip.
    ///
    /// # Errors
    /// As every read.
    pub async fn labels_among<S>(
        &self,
        scope: &Scope<S>,
        project: &ProjectKey,
        labels: &[LabelId],
    ) -> Result<Vec<Stored<LabelRecord>>> {
        if labels.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<_> = labels.iter().map(|label| keys::label(scope.workspace(), project, label)).collect();
        let found = self.batch(keys.clone()).await?;
        keys.iter().filter_map(|key| found.get(key).transpose()).collect()
    }

    /// The last number that the project gave.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the project does not exist.
    pub async fn numbering<S>(&self, scope: &Scope<S>, project: &ProjectKey) -> Result<Stored<Numbering>> {
        self.get(&keys::number(scope.workspace(), project)).await?.ok_or_else(|| Error::not_found("project"))
    }
}

impl Transaction {
    /// A new project, whose key nobody took in this workspace.
    pub fn open_project<S>(&mut self, scope: &Scope<S>, project: &ProjectRecord) {
        self.put_new(&keys::project(scope.workspace(), &project.key), project, Beside::default(), || Error::Conflict {
            detail: "Another project has this key, or had it before it was deleted; choose another one.".to_owned(),
            current: Some(Box::new(serde_json::json!({"field": "key"}))),
        });
        let key = keys::number(scope.workspace(), &project.key);
        self.put_new(&key, &Numbering { last: 0 }, Beside::default(), || Error::Raced);
    }

    /// A new label, whose name no other label of the project has in whatever case.
    pub fn add_label<S>(&mut self, scope: &Scope<S>, project: &ProjectKey, label: &LabelRecord) {
        self.put_new(&keys::label(scope.workspace(), project, &label.id), label, Beside::default(), || Error::Raced);
        self.take_label_name(scope, project, label);
    }

    /// New content for a label; its version after the write.
    pub fn update_label<S>(
        &mut self,
        scope: &Scope<S>,
        project: &ProjectKey,
        stored: &Stored<LabelRecord>,
        label: &LabelRecord,
    ) -> u64 {
        let former = keys::label_name(scope.workspace(), project, &stored.value.name);
        if former != keys::label_name(scope.workspace(), project, &label.name) {
            self.remove(&former);
            self.take_label_name(scope, project, label);
        }
        self.update(stored, label, None)
    }

    /// Removes a label, and frees its name.
    pub fn remove_label<S>(&mut self, scope: &Scope<S>, project: &ProjectKey, stored: &Stored<LabelRecord>) {
        self.delete(stored);
        self.remove(&keys::label_name(scope.workspace(), project, &stored.value.name));
    }

    fn take_label_name<S>(&mut self, scope: &Scope<S>, project: &ProjectKey, label: &LabelRecord) {
        let key = keys::label_name(scope.workspace(), project, &label.name);
        self.put_new(&key, &LabelNameTaken { label: label.id.clone() }, Beside::default(), || Error::Conflict {
            detail: "Another label of this project has this name already; choose another one.".to_owned(),
            current: Some(Box::new(serde_json::json!({"field": "name"}))),
        });
    }
}
