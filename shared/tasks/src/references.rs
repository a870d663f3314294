//! What a task refers to: people, labels, its parent, its sprint and its project's own fields, which have to be there.

use millrace_domain::{
    Error, FieldError, Result,
    id::{LabelId, ProjectKey, SprintId, TaskKey, UserId},
    task::{
        MOST_LISTED, TaskFields,
        custom::{self, FieldDefinition, merged},
    },
};
use millrace_store::{
    Scope, Stored, Table, Transaction, project::LabelRecord, sprint::SprintRecord, table::Mode, task::TaskRecord,
    workspace::Member,
};
use serde_json::{Map, Value};

/// What a request refers to, as it was sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sent<'sent> {
    /// The assignees.
    pub assignees: &'sent [UserId],
    /// The labels.
    pub labels: &'sent [LabelId],
    /// Who asked for it.
    pub reporter: Option<&'sent UserId>,
    /// The parent task.
    pub parent: Option<&'sent TaskKey>,
    /// The sprint it is planned for.
    pub sprint: Option<&'sent SprintId>,
    /// The values of the project's own fields; none where the request has nothing to do with them.
    pub custom: Option<&'sent Map<String, Value>>,
}

/// What a request refers to, as far as it is there.
#[derive(Default)]
pub struct References {
    members: Vec<Stored<Member>>,
    labels: Vec<Stored<LabelRecord>>,
    parent: Option<Stored<TaskRecord>>,
    sprint: Option<Stored<SprintRecord>>,
    /// The project's own fields; empty where the request has nothing to do with them.
    pub(crate) custom_fields: Vec<FieldDefinition>,
}

impl References {
    /// Reads what `sent` refers to, in one round trip.
    ///
    /// # Errors
    /// [`Error::Invalid`] for lists that are too long.
    pub async fn read<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        project: &ProjectKey,
        sent: Sent<'_>,
    ) -> Result<Self> {
        for (field, length) in [("assignees", sent.assignees.len()), ("labels", sent.labels.len())] {
            if length > MOST_LISTED {
                return Err(Error::field(field, format!("takes at most {MOST_LISTED}")));
            }
        }
        let mut people: Vec<UserId> = sent.assignees.iter().chain(sent.reporter).cloned().collect();
        // Which values name people is known only when the fields are; what looks like a person is read.
        let values = sent.custom.into_iter().flat_map(|values| values.values().filter_map(Value::as_str));
        people.extend(values.filter_map(|value| value.parse().ok()));
        let custom_fields = async {
            if sent.custom.is_some() { table.field_definitions(scope, project).await } else { Ok(Vec::new()) }
        };
        // A task of another project is not looked at: the caller's role there is not known.
        let parent: Vec<TaskKey> = sent.parent.into_iter().filter(|key| key.project() == project).cloned().collect();
        let sprint: Vec<SprintId> = sent.sprint.into_iter().filter(|id| id.project() == project).cloned().collect();
        let (members, labels, mut parents, mut sprints, custom_fields) = futures::try_join!(
            table.members_among(scope, &people),
            table.labels_among(scope, project, sent.labels),
            table.live_tasks(scope, &parent),
            table.sprints_among(scope, &sprint),
            custom_fields,
        )?;
        Ok(Self { members, labels, parent: parents.pop(), sprint: sprints.pop(), custom_fields })
    }

    /// Checks what `sent` refers to. What `before` referred to already may stay, though it is gone: people leave and
    /// labels are deleted without a write to every task that names them.
    pub(crate) fn check(&self, project: &ProjectKey, sent: Sent<'_>, before: Option<&TaskFields>) -> Result<()> {
        let mut errors = Vec::new();
        let mut wrong = |field: String, message: &str| errors.push(FieldError { field, message: message.to_owned() });
        let takes_part = |person: &UserId| {
            let found = self.members.iter().find(|member| member.value.user == *person);
            found.is_some_and(|member| member.value.role_in(project).is_some())
        };
        for (index, person) in sent.assignees.iter().enumerate() {
            if !before.is_some_and(|task| task.assignees.contains(person)) && !takes_part(person) {
                wrong(format!("assignees[{index}]"), "is nobody who takes part in this project");
            }
        }
        for (index, label) in sent.labels.iter().enumerate() {
            let there = self.labels.iter().any(|other| other.value.id == *label);
            if !there && !before.is_some_and(|task| task.labels.contains(label)) {
                wrong(format!("labels[{index}]"), "is not a label of this project");
            }
        }
        if let Some(reporter) = sent.reporter {
            let same = before.is_some_and(|task| task.reporter.as_ref() == Some(reporter));
            if !same && !takes_part(reporter) {
                wrong("reporter".to_owned(), "is nobody who takes part in this project");
            }
        }
        if let Some(parent) = sent.parent
            && before.is_none_or(|task| task.parent.as_ref() != Some(parent))
        {
            match &self.parent {
                None if parent.project() == project => wrong("parent".to_owned(), "is not a live task of this project"),
                None => wrong("parent".to_owned(), "is a task of another project"),
                Some(found) if found.value.fields.parent.is_some() => {
                    wrong("parent".to_owned(), "is a part of another task itself, and parts have no parts");
                }
                Some(_) => {}
            }
        }
        if let Some(sprint) = sent.sprint
            && before.is_none_or(|task| task.sprint_id.as_ref() != Some(sprint))
        {
            match &self.sprint {
                Some(found) if found.value.takes_tasks() => {}
                Some(_) => wrong("sprint_id".to_owned(), "is a sprint that is closed"),
                None if sprint.project() == project => wrong("sprint_id".to_owned(), "is not a sprint of this project"),
                None => wrong("sprint_id".to_owned(), "is a sprint of another project"),
            }
        }
        if let Some(values) = sent.custom {
            let former = before.map(|task| &task.custom);
            let after = former.map_or_else(|| merged(&Map::new(), values), |former| merged(former, values));
            errors.extend(custom::check(&self.custom_fields, former, &after, takes_part));
        }
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }

    /// Makes a write go through only if the sprint that the task comes into still takes tasks.
    pub(crate) fn check_sprint(&self, change: &mut Transaction) {
        if let Some(sprint) = &self.sprint {
            change.check_sprint(sprint);
        }
    }

    /// Makes a write go through only if the parent is still what was read: live, and no part of another task.
    pub(crate) fn check_parent(&self, change: &mut Transaction) {
        if let Some(parent) = &self.parent {
            change.check_version(&parent.key, parent.version, || Error::Raced);
        }
    }
}
