//! Mails that Millrace sends: their queue messages and their content.

mod layout;
pub mod member;

use crate::layout::Sheet;
use millrace_domain::{
    id::{MailId, WorkspaceId},
    text::{Email, Name},
};
use millrace_endpoint::{
    capability::Letter,
    queue::{Message, QueueName},
};
use millrace_platform::queue;
use serde::{Deserialize, Serialize};

/// A message in the mail queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MailRequest {
    /// A mail with its data.
    Send {
        /// The mail.
        mail: Mail,
    },
    /// A password reset request for this address, which may have no account. The lookup happens in the consumer, so
    /// that the response time reveals nothing.
    ResetPassword {
        /// The address.
        email: Email,
    },
    /// A mail to a member. Its content and delivery state are in the table.
    Deliver {
        /// The workspace.
        workspace: WorkspaceId,
        /// The mail.
        mail: MailId,
    },
}

impl MailRequest {
    /// The workspace that it is about; none where it is about an account.
    pub fn workspace(&self) -> Option<&WorkspaceId> {
        match self {
            Self::Deliver { workspace, .. } => Some(workspace),
            Self::Send { .. } | Self::ResetPassword { .. } => None,
        }
    }
}

impl Message for MailRequest {
    const QUEUE: QueueName = queue::MAIL;
}

impl From<Mail> for MailRequest {
    fn from(mail: Mail) -> Self {
        Self::Send { mail }
    }
}

/// A mail: one template each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Mail {
    /// Asks a new account to verify its address.
    VerifyEmail {
        /// The recipient.
        to: Email,
        /// Their name.
        name: Name,
        /// The token at the end of its link.
        token: String,
    },
    /// Lets a person set a new password.
    ResetPassword {
        /// The recipient.
        to: Email,
        /// Their name.
        name: Name,
        /// The token at the end of its link.
        token: String,
    },
    /// Notifies a person that their password was changed.
    PasswordChanged {
        /// The recipient.
        to: Email,
        /// Their name.
        name: Name,
    },
    /// Invites a person to a workspace.
    Invite {
        /// The recipient.
        to: Email,
        /// The name.
        workspace: Name,
        /// The person who sent the invitation.
        invited_by: Name,
        /// The token at the end of its link.
        token: String,
    },
}

impl Mail {
    /// The mail's content, with links that begin with the deployment's `public_url`.
    pub fn letter(&self, public_url: &str) -> Letter {
        match self {
            Self::VerifyEmail { to, name, token } => Sheet {
                subject: "Confirm your e-mail address".to_owned(),
                greeting: format!("Hello {name},"),
                before: vec!["please confirm that this address is yours. The link is good for three days.".to_owned()],
                action: Some(("Confirm the address", format!("{public_url}/verify-email?token={token}"))),
                after: vec!["If you did not sign up for Millrace, you can ignore this mail.".to_owned()],
                ..Sheet::default()
            }
            .letter(to),
            Self::ResetPassword { to, name, token } => Sheet {
                subject: "Choose a new password".to_owned(),
                greeting: format!("Hello {name},"),
                before: vec![
                    "somebody, probably you, asked for a new password. The link is good for one hour, and once."
                        .to_owned(),
                ],
                action: Some(("Choose a new password", format!("{public_url}/reset-password?token={token}"))),
                after: vec!["If it was not you, you can ignore this mail: your password stays as it is.".to_owned()],
                ..Sheet::default()
            }
            .letter(to),
            Self::PasswordChanged { to, name } => Sheet {
                subject: "Your password was changed".to_owned(),
                greeting: format!("Hello {name},"),
                before: vec!["your password was changed, and you were signed out everywhere.".to_owned()],
                action: None,
                after: vec![format!(
                    "If it was not you, ask for a new password at once: {public_url}/forgot-password"
                )],
                ..Sheet::default()
            }
            .letter(to),
            Self::Invite { to, workspace, invited_by, token } => Sheet {
                subject: format!("{invited_by} invites you to {workspace}"),
                greeting: "Hello,".to_owned(),
                before: vec![format!(
                    "{invited_by} invites you to work together in {workspace} on Millrace. The link is good for seven days."
                )],
                action: Some(("Join", format!("{public_url}/invites/{token}"))),
                after: vec!["If you do not know who that is, you can ignore this mail.".to_owned()],
                ..Sheet::default()
            }
            .letter(to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email() -> Email {
        Email::new("alex@example.com").expect("an address")
    }

    fn name(text: &str) -> Name {
        Name::new(text).expect("a name")
    }

    #[test]
    fn links_are_complete_in_html_and_text() {
        let token = || "usr_1.abc".to_owned();
        let mails = [
            (Mail::VerifyEmail { to: email(), name: name("Alex"), token: token() }, "/verify-email?token=usr_1.abc"),
            (
                Mail::ResetPassword { to: email(), name: name("Alex"), token: token() },
                "/reset-password?token=usr_1.abc",
            ),
            (
                Mail::Invite { to: email(), workspace: name("Acme"), invited_by: name("Bo"), token: token() },
                "/invites/usr_1.abc",
            ),
        ];
        for (mail, end) in mails {
            let letter = mail.letter("https://example.com");
            let link = format!("https://example.com{end}");
            assert_eq!(letter.to, "alex@example.com");
            assert!(letter.text.lines().any(|line| line == link), "{}", letter.text);
            assert!(letter.html.contains(&format!("href=\"{link}\"")), "{}", letter.html);
        }
    }

    #[test]
    fn user_text_is_escaped_and_subjects_are_single_lines() {
        let mail = Mail::Invite {
            to: email(),
            workspace: name("<b>\"A\" & Co</b>"),
            invited_by: name("Bo\r\nBcc: all@example.com"),
            token: "t".to_owned(),
        };
        let letter = mail.letter("https://example.com");
        assert!(letter.html.contains("&lt;b&gt;&quot;A&quot; &amp; Co&lt;/b&gt;") && !letter.html.contains("<b>"));
        assert!(letter.text.contains("<b>\"A\" & Co</b>"));
        assert_eq!(letter.subject, "Bo Bcc: all@example.com invites you to <b>\"A\" & Co</b>");
    }

    #[test]
    fn queued_mail_requests_round_trip() {
        let request = MailRequest::from(Mail::PasswordChanged { to: email(), name: name("Alex") });
        let sent = serde_json::to_value(&request).expect("JSON");
        let expected = serde_json::json!({
            "type": "send", "mail": {"kind": "password_changed", "to": "alex@example.com", "name": "Alex"}
        });
        assert_eq!(sent, expected);
        assert_eq!(serde_json::from_value::<MailRequest>(sent).expect("reads"), request);
    }
}
