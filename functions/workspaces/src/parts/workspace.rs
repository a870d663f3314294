use jiff::Timestamp;
use millrace_domain::{
    event::Compared,
    id::WorkspaceId,
    resource::Versioned,
    text::{Name, Slug},
    workspace::role::WorkspaceRole,
};
use millrace_store::workspace::WorkspaceRecord;
use schemars::JsonSchema;
use serde::Serialize;

/// A workspace: one organisation, isolated from all others.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Workspace {
    /// The id.
    pub id: WorkspaceId,
    /// The short name used in URLs.
    pub slug: Slug,
    /// The name.
    pub name: Name,
    /// The URL of its logo; null if it has none.
    pub logo_url: Option<String>,
    /// The caller's role in it.
    pub role: WorkspaceRole,
    /// Incremented by each write.
    pub version: u64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Compared for Workspace {}

impl Versioned for Workspace {
    fn version(&self) -> u64 {
        self.version
    }
}

impl Workspace {
    /// The workspace as seen by someone with `role` in it.
    pub(crate) fn new(record: &WorkspaceRecord, version: u64, role: WorkspaceRole) -> Self {
        Self {
            id: record.id.clone(),
            slug: record.slug.clone(),
            name: record.name.clone(),
            logo_url: record.logo_url.clone(),
            role,
            version,
            created_at: record.created_at,
            updated_at: record.updated_at,
        }
    }
}
