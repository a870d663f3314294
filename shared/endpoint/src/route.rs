//! The declaration of an HTTP route.

use millrace_domain::workspace::role::{Need, ProjectRole, WorkspaceRole};

/// An HTTP method that endpoints use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "RFC 9110 says what each is")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// The method's name as it is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// A route, and what its function needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The function's name, which is also the OpenAPI `operationId`.
    pub name: &'static str,
    /// The method.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// The least that a caller must be.
    pub need: Need,
    /// Megabytes of memory; a Lambda's share of a processor grows with it.
    pub memory: u32,
    /// Seconds after which AWS ends a call.
    pub timeout: u32,
    /// The largest body that is taken, in bytes.
    pub largest_body: usize,
}

impl Route {
    const fn new(method: Method, name: &'static str, path: &'static str) -> Self {
        Self { name, method, path, need: Need::Public, memory: 256, timeout: 10, largest_body: 256 * 1024 }
    }
    /// A route that reads.
    pub const fn get(name: &'static str, path: &'static str) -> Self {
        Self::new(Method::Get, name, path)
    }
    /// A route that makes or does something.
    pub const fn post(name: &'static str, path: &'static str) -> Self {
        Self::new(Method::Post, name, path)
    }
    /// A route that replaces.
    pub const fn put(name: &'static str, path: &'static str) -> Self {
        Self::new(Method::Put, name, path)
    }
    /// A route that changes some fields.
    pub const fn patch(name: &'static str, path: &'static str) -> Self {
        Self::new(Method::Patch, name, path)
    }
    /// A route that removes.
    pub const fn delete(name: &'static str, path: &'static str) -> Self {
        Self::new(Method::Delete, name, path)
    }
    /// Anybody may call it: a cookie or a mailed token, where there is one, says who it is.
    pub const fn public(mut self) -> Self {
        self.need = Need::Public;
        self
    }
    /// Anybody who is signed in may call it.
    pub const fn signed_in(mut self) -> Self {
        self.need = Need::User;
        self
    }
    /// At least this role in the token's workspace.
    pub const fn in_workspace(mut self, role: WorkspaceRole) -> Self {
        self.need = Need::Workspace(role);
        self
    }
    /// At least this role in the project named by the path.
    pub const fn needs(mut self, role: ProjectRole) -> Self {
        self.need = Need::Project(role);
        self
    }
    /// Megabytes of memory.
    pub const fn memory(mut self, megabytes: u32) -> Self {
        self.memory = megabytes;
        self
    }
    /// Seconds after which AWS ends a call.
    pub const fn timeout(mut self, seconds: u32) -> Self {
        self.timeout = seconds;
        self
    }
}
