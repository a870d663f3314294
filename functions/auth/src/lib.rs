//! The auth area: sign-in, sessions and passwords.

use millrace_endpoint::Declared;

pub mod forgot_password;
pub mod list_sessions;
pub mod live_ticket;
pub mod login;
pub mod logout;
mod parts;
pub mod refresh;
pub mod register;
pub mod reset_password;
pub mod revoke_session;
pub mod switch_workspace;
pub mod verify_email;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<register::Register>(),
    Declared::endpoint::<login::Login>(),
    Declared::endpoint::<refresh::Refresh>(),
    Declared::endpoint::<logout::Logout>(),
    Declared::endpoint::<forgot_password::ForgotPassword>(),
    Declared::endpoint::<reset_password::ResetPassword>(),
    Declared::endpoint::<verify_email::VerifyEmail>(),
    Declared::endpoint::<switch_workspace::SwitchWorkspace>(),
    Declared::endpoint::<live_ticket::LiveTicket>(),
    Declared::endpoint::<list_sessions::ListSessions>(),
    Declared::endpoint::<revoke_session::RevokeSession>(),
];
