//! The users area: the people of a workspace, including the caller.

use millrace_endpoint::Declared;

pub mod avatar;
pub mod get;
pub mod list;
pub mod me;
pub mod patch_me;
pub mod put;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<list::ListUsers>(),
    Declared::endpoint::<get::GetUser>(),
    Declared::endpoint::<me::GetMe>(),
    Declared::endpoint::<put::PutUser>(),
    Declared::endpoint::<patch_me::PatchMe>(),
    Declared::endpoint::<avatar::SendAvatar>(),
];
