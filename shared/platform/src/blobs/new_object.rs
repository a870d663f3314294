//! What S3 tells of new objects, and what they are.

use crate::queue;
use millrace_domain::id::{AttachmentId, TaskKey, UserId, WorkspaceId};
use millrace_endpoint::{
    blobs::BlobKey,
    queue::{Message, QueueName},
};
use serde::{Deserialize, Serialize};

/// What S3 tells of new objects, as far as it is needed:
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>. Its test of a new
/// subscription has no records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectsCreated {
    /// One an object.
    #[serde(rename = "Records", default)]
    pub records: Vec<ObjectCreated>,
}

impl Message for ObjectsCreated {
    const QUEUE: QueueName = queue::SCANS;
}

/// That there is a new object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectCreated {
    /// Where.
    pub s3: Place,
}

/// Where a new object is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The object.
    pub object: ObjectKey,
}

/// A new object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectKey {
    /// Its key.
    pub key: NewKey,
}

/// The key of a new object, encoded as forms encode it, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct NewKey {
    /// The key.
    pub encoded: String,
    /// What the object is; none for what is nothing of ours.
    pub object: Option<NewObject>,
}

impl From<NewKey> for String {
    fn from(key: NewKey) -> Self {
        key.encoded
    }
}

/// What a new object is, by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewObject {
    /// An attachment of a task.
    File {
        /// The workspace that it belongs to.
        workspace: WorkspaceId,
        /// The task.
        task: TaskKey,
        /// The id.
        attachment: AttachmentId,
    },
    /// A picture of a person.
    Portrait {
        /// The person.
        person: UserId,
        /// Where it is.
        key: BlobKey,
    },
}

impl From<String> for NewKey {
    fn from(encoded: String) -> Self {
        // The keys that are made here hold nothing that needs encoding but, for some senders, the slash.
        let object = told_by(&encoded.replace("%2F", "/"));
        Self { encoded, object }
    }
}

fn told_by(key: &str) -> Option<NewObject> {
    let parts: Vec<&str> = key.split('/').collect();
    match parts.as_slice() {
        ["files", workspace, task, attachment] => Some(NewObject::File {
            workspace: workspace.parse().ok()?,
            task: task.parse().ok()?,
            attachment: attachment.parse().ok()?,
        }),
        ["portraits", person, _] => {
            Some(NewObject::Portrait { person: person.parse().ok()?, key: BlobKey::new(key.to_owned()) })
        }
        _ => None,
    }
}

impl ObjectsCreated {
    /// The workspace that the object at `index` belongs to; none where it belongs to no workspace.
    pub fn workspace(&self, index: usize) -> Option<&WorkspaceId> {
        match self.records.get(index)?.s3.object.key.object.as_ref()? {
            NewObject::File { workspace, .. } => Some(workspace),
            NewObject::Portrait { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blobs::key;
    use millrace_store::Scope;

    struct Sample(WorkspaceId);
    impl millrace_store::scope::Provenance for Sample {
        fn workspace(&self) -> &WorkspaceId {
            &self.0
        }
    }

    fn created(key: &str) -> Option<NewObject> {
        NewKey::from(key.to_owned()).object
    }

    #[test]
    fn new_objects_are_recognised_by_their_key_prefix() {
        let scope = Scope::internal(&Sample("ws_AAAA".parse().expect("an id")));
        let (task, attachment) = ("WEB-1".parse().expect("a key"), "att_AAAA".parse().expect("an id"));
        let file_key = key::file(&scope, &task, &attachment);
        let file = NewObject::File { workspace: scope.workspace().clone(), task, attachment };
        assert_eq!(created(file_key.as_str()), Some(file.clone()));
        assert_eq!(created(&file_key.as_str().replace('/', "%2F")), Some(file));
        let person: UserId = "usr_AAAA".parse().expect("an id");
        let portrait = key::portrait(&person);
        assert_eq!(created(portrait.as_str()), Some(NewObject::Portrait { person, key: portrait }));
        for other in ["", "files", "files/ws_AAAA/WEB-1/x", "uploads/ws_AAAA/WEB-1/att_AAAA", "avatars/x.webp"] {
            assert_eq!(created(other), None, "{other}");
        }
    }

    #[test]
    fn a_subscription_test_event_has_no_records() {
        let test = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}"#;
        assert_eq!(serde_json::from_str::<ObjectsCreated>(test).expect("reads"), ObjectsCreated::default());
    }
}
