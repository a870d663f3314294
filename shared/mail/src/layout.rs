//! The one layout of all mails, as a page and as plain text.

use millrace_domain::text::Email;
use millrace_endpoint::capability::Letter;
use std::fmt::Write;

/// A mail's words.
pub(crate) struct Sheet {
    pub(crate) subject: String,
    pub(crate) greeting: String,
    /// The paragraphs before the link.
    pub(crate) before: Vec<String>,
    /// What the link says, and where it leads.
    pub(crate) action: Option<(&'static str, String)>,
    /// The paragraphs after the link.
    pub(crate) after: Vec<String>,
}

impl Sheet {
    pub(crate) fn letter(&self, to: &Email) -> Letter {
        Letter { to: to.to_string(), subject: one_line(&self.subject), text: self.text(), html: self.html() }
    }

    fn text(&self) -> String {
        let link = self.action.iter().map(|(_, link)| link.as_str());
        let parts = std::iter::once(self.greeting.as_str())
            .chain(self.before.iter().map(String::as_str))
            .chain(link)
            .chain(self.after.iter().map(String::as_str));
        let mut text = parts.map(one_line).collect::<Vec<_>>().join("\n\n");
        text.push_str("\n\n-- \nMillrace\n");
        text
    }

    fn html(&self) -> String {
        let mut body = paragraph(&self.greeting);
        body.extend(self.before.iter().map(|text| paragraph(text)));
        if let Some((label, link)) = &self.action {
            let (label, link) = (escape(label), escape(link));
            // Writing to a string does not fail.
            let _ = write!(
                body,
                "<p style=\"margin:24px 0\"><a href=\"{link}\" style=\"display:inline-block;padding:10px 18px;\
                 border-radius:6px;background:#4f46e5;color:#ffffff;font-weight:600;text-decoration:none\">{label}</a></p>\
                 <p style=\"margin:0 0 16px;font-size:13px;color:#57606a;word-break:break-all\">{link}</p>"
            );
        }
        body.extend(self.after.iter().map(|text| paragraph(text)));
        let title = escape(&one_line(&self.subject));
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\
             <body style=\"margin:0;padding:24px;background:#f6f7f9;color:#1f2328;\
             font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif\">\
             <div style=\"max-width:520px;margin:0 auto;padding:28px 32px;background:#ffffff;border-radius:10px\">\
             {body}</div>\
             <p style=\"max-width:520px;margin:16px auto;font-size:13px;color:#57606a\">Millrace</p></body></html>"
        )
    }
}

fn paragraph(text: &str) -> String {
    format!("<p style=\"margin:0 0 16px\">{}</p>", escape(&one_line(text)))
}

/// Names may hold line ends; a subject with one would begin another header.
fn one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
