//! The notifications area: the inbox and its preferences.

use millrace_endpoint::Declared;

pub mod get_preferences;
pub mod list;
pub mod list_mails;
pub mod put_preferences;
pub mod read;
pub mod read_all;
pub mod resend_mail;
pub mod unread_count;
pub mod unsubscribe;
pub mod unsubscribe_page;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<list::ListNotifications>(),
    Declared::endpoint::<unread_count::UnreadCount>(),
    Declared::endpoint::<read::Read>(),
    Declared::endpoint::<read_all::ReadAll>(),
    Declared::endpoint::<get_preferences::GetPreferences>(),
    Declared::endpoint::<put_preferences::PutPreferences>(),
    Declared::endpoint::<unsubscribe::Unsubscribe>(),
    Declared::endpoint::<unsubscribe_page::UnsubscribePage>(),
    Declared::endpoint::<list_mails::ListMails>(),
    Declared::endpoint::<resend_mail::ResendMail>(),
];
