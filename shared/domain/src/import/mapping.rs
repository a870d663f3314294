//! The mapping of a table's columns to task fields.

use crate::id::FieldId;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{borrow::Cow, collections::BTreeMap};

/// What a column of a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A field of every task.
    Field(Field),
    /// A custom field.
    Own(FieldId),
    /// Nothing that is taken.
    Ignored,
}

macro_rules! fields {
    ($($(#[doc = $doc:literal])+ $name:ident $text:literal $($also:literal)*;)+) => {
        /// A field that a column of a table can hold.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Field {
            /// Every field.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word for it, as it is sent.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }

            /// The field that a column called `header` usually holds.
            pub fn usual(header: &str) -> Option<Self> {
                match plain(header).as_str() {
                    $($($also)|+ => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

fields! {
    /// What the file calls the task.
    Key "key" "key" "id" "taskid" "issuekey" "number" "nr";
    /// The title.
    Title "title" "title" "summary" "name" "task" "taskname" "subject" "cardname" "titel" "aufgabe";
    /// The description.
    Description "description" "description" "desc" "details" "notes" "body" "beschreibung" "carddescription";
    /// The name of the column.
    Column "column" "column" "status" "list" "state" "spalte" "listname" "section";
    /// The priority.
    Priority "priority" "priority" "prio" "prioritat" "priorität" "urgency";
    /// The assignees.
    Assignees "assignees" "assignees" "assignee" "assignedto" "owner" "members" "responsible" "zugewiesen";
    /// Who asked for it.
    Reporter "reporter" "reporter" "requester" "createdby" "author" "creator";
    /// The watchers.
    Watchers "watchers" "watchers" "followers" "beobachter";
    /// What its column stands for: to do, in progress or done.
    Category "status_category" "statuscategory";
    /// What people said about it.
    Comments "comments" "comments" "comment" "kommentare" "kommentar";
    /// The time that was worked on it, as Jira writes it: a note, a time, a name and seconds, with semicolons between them.
    WorkLog "work_log" "worklog";
    /// The labels.
    Labels "labels" "labels" "label" "tags" "tag" "categories" "schlagworte";
    /// The story points.
    StoryPoints "story_points" "storypoints" "points" "estimate" "storypointestimate" "punkte";
    /// The size in hours.
    EstimatedHours "estimated_hours" "estimatedhours" "hours" "stunden" "originalestimatehours";
    /// When work is to start.
    StartDate "start_date" "startdate" "start" "beginn" "startson";
    /// The due date.
    DueDate "due_date" "duedate" "due" "deadline" "faellig" "fällig" "fälligam" "dueon" "enddate";
    /// The name of the sprint.
    Sprint "sprint" "sprint" "iteration" "cycle";
    /// The task that it is a part of, as the file calls it.
    Parent "parent" "parent" "parentid" "parentkey" "parenttask" "partof";
    /// When it was created.
    CreatedAt "created_at" "created" "createdat" "createdon" "erstellt";
    /// When it was completed.
    ClosedAt "closed_at" "closed" "closedat" "completed" "completedat" "resolved" "done" "doneat" "finished";
}

impl Target {
    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Field(field) => Cow::Borrowed(field.as_str()),
            Self::Own(id) => Cow::Borrowed(id.as_str()),
            Self::Ignored => Cow::Borrowed("ignored"),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if text == "ignored" {
            return Some(Self::Ignored);
        }
        let field = Field::ALL.iter().find(|field| field.as_str() == text);
        field.map(|field| Self::Field(*field)).or_else(|| text.parse().ok().map(Self::Own))
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let names = || Field::ALL.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(", ");
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "takes ignored, the id of a field of the project's own, or one of {}",
                names()
            ))
        })
    }
}

impl JsonSchema for Target {
    fn schema_name() -> Cow<'static, str> {
        "ColumnTarget".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = Field::ALL.iter().map(|field| field.as_str()).collect();
        let pattern = format!("^({}|ignored|fld_[0-9A-Za-z]{{4,32}})$", names.join("|"));
        json_schema!({
            "type": "string",
            "pattern": pattern,
            "description": "What a column of a table holds: a field of every task, the id of a field of the project's own, or `ignored`.",
            "examples": ["title"],
        })
    }
}

/// What each column of a table holds, by its name in the header.
pub type Mapping = BTreeMap<String, Target>;

/// A column of a table, as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DetectedColumn {
    /// Its name in the header.
    pub name: String,
    /// What it is taken for.
    pub target: Target,
    /// What stands in it: the first three texts that differ.
    pub samples: Vec<String>,
}

/// Small letters and digits alone: names are the same however they are spaced and spelled.
pub fn plain(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mapping_target_round_trips_and_others_are_refused() {
        for field in Field::ALL {
            assert_eq!(Target::parse(field.as_str()), Some(Target::Field(*field)));
            assert_eq!(Field::usual(field.as_str()), Some(*field), "{}", field.as_str());
        }
        assert_eq!(Target::parse("ignored"), Some(Target::Ignored));
        assert!(matches!(Target::parse("fld_AAAA"), Some(Target::Own(_))));
        assert_eq!(Target::parse("Title"), None);
    }
}
