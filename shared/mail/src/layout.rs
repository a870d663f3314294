//! The layout of all mails, as HTML and plain text.

use millrace_domain::text::Email;
use millrace_endpoint::capability::Letter;
use std::fmt::Write;

/// A mail's content.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) subject: String,
    pub(crate) greeting: String,
    /// The paragraphs before the link.
    pub(crate) before: Vec<String>,
    /// The items listed before the link, each with its URL.
    pub(crate) list: Vec<(String, String)>,
    /// The link's label and URL.
    pub(crate) action: Option<(&'static str, String)>,
    /// The paragraphs after the link.
    pub(crate) after: Vec<String>,
    /// Secondary links in the footer: labels and URLs.
    pub(crate) foot: Vec<(&'static str, String)>,
}

impl Sheet {
    pub(crate) fn letter(&self, to: &Email) -> Letter {
        Letter {
            headers: Vec::new(),
            to: to.to_string(),
            subject: one_line(&self.subject),
            text: self.text(),
            html: self.html(),
        }
    }

    fn text(&self) -> String {
        let list = self.list.iter().map(|(label, link)| format!("{}\n{link}", one_line(label)));
        let link = self.action.iter().map(|(_, link)| link.clone());
        let parts = std::iter::once(one_line(&self.greeting))
            .chain(self.before.iter().map(|text| one_line(text)))
            .chain(list)
            .chain(link)
            .chain(self.after.iter().map(|text| one_line(text)));
        let mut text = parts.collect::<Vec<_>>().join("\n\n");
        text.push_str("\n\n-- \nMillrace\n");
        for (label, link) in &self.foot {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{label}: {link}");
        }
        text
    }

    fn html(&self) -> String {
        let mut body = paragraph(&self.greeting);
        body.extend(self.before.iter().map(|text| paragraph(text)));
        if !self.list.is_empty() {
            body.push_str("<ul style=\"margin:0 0 16px;padding:0;list-style:none\">");
            for (label, link) in &self.list {
                let (label, link) = (escape(&one_line(label)), escape(link));
                let _ = write!(
                    body,
                    "<li style=\"padding:8px 0;border-top:1px solid #e5e7eb\">\
                     <a href=\"{link}\" style=\"color:#1f2328;text-decoration:none\">{label}</a></li>"
                );
            }
            body.push_str("</ul>");
        }
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
        let mut foot = String::from("Millrace");
        for (label, link) in &self.foot {
            let (label, link) = (escape(label), escape(link));
            let _ = write!(foot, " · <a href=\"{link}\" style=\"color:#57606a\">{label}</a>");
        }
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\
             <body style=\"margin:0;padding:24px;background:#f6f7f9;color:#1f2328;\
             font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif\">\
             <div style=\"max-width:520px;margin:0 auto;padding:28px 32px;background:#ffffff;border-radius:10px\">\
             {body}</div>\
             <p style=\"max-width:520px;margin:16px auto;font-size:13px;color:#57606a\">{foot}</p></body></html>"
        )
    }
}

fn paragraph(text: &str) -> String {
    format!("<p style=\"margin:0 0 16px\">{}</p>", escape(&one_line(text)))
}

/// Names may contain line breaks, which would start another header in a subject.
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
