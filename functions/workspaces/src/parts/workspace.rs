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

/// A workspace: one organisation, strictly apart from all others.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// Its short name in addresses.
    pub slug: Slug,
    /// What it is called.
    pub name: Name,
    /// Where its logo is; null for none.
    pub logo_url: Option<String>,
    /// What the caller is in it.
    pub role: WorkspaceRole,
    /// Grows by one with each write.
    pub version: u64,
    /// When it was made.
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
    /// The workspace as someone with `role` in it sees it.
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
