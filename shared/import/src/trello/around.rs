//! What a board tells of its cards elsewhere: labels, people, own fields, checklists, and what happened.

use super::{
    custom_fields::CustomField,
    entry::{Entry, one_line},
    label_color, label_name,
};
use crate::{ImportedComment, Reading, cell, date::Moment};
use jiff::{Timestamp, tz::TimeZone};
use millrace_domain::text::Name;
use serde_json::value::RawValue;
use std::collections::{HashMap, HashSet};

/// What the file tells of cards elsewhere.
pub(super) struct Around {
    /// The labels by their ids.
    pub labels: HashMap<String, String>,
    /// People by their ids, those who left the board included, as far as something tells of them.
    pub people: HashMap<String, String>,
    /// The own fields by their ids.
    pub fields: HashMap<String, CustomField>,
    /// The checklists by the ids of their cards.
    pub checklists: HashMap<String, Vec<Entry>>,
    /// When cards were archived, by their ids.
    pub archived: HashMap<String, Timestamp>,
    known_labels: HashSet<String>,
}

/// The comments of cards, by the cards' ids.
#[derive(Default)]
pub(super) struct Comments(HashMap<String, Vec<ImportedComment>>);

/// What somebody is known as: their address, which says most, or their name.
fn known_as(member: &Entry) -> Option<String> {
    let names = ["email", "fullName", "username"].iter().find_map(|name| member.said(name));
    names.map(|name| name.trim().to_owned())
}

/// An instant as Trello writes it.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    Moment::read(text).and_then(|moment| moment.instant(None, &TimeZone::UTC))
}

impl Around {
    pub fn new(
        reading: &mut Reading,
        labels: &[Entry],
        members: &[Entry],
        fields: &[Entry],
        mut checklists: Vec<Entry>,
    ) -> Self {
        let labels = labels.iter().filter_map(|label| Some((label.text("id")?.into_owned(), label_name(label)?)));
        let people = members.iter().filter_map(|member| Some((member.text("id")?.into_owned(), known_as(member)?)));
        let (mut taken, mut known) = (HashSet::new(), HashMap::new());
        for field in fields {
            let Some(mut field) = CustomField::new(field) else {
                let name = field.text("name").unwrap_or_default();
                reading.problems.field(0, "custom", format!("“{name}” can be no field here"));
                continue;
            };
            field.set_apart(&mut taken, reading);
            reading.fields.push(field.definition.clone());
            known.insert(field.id.clone(), field);
        }
        checklists.sort_by(|one, other| one.position().total_cmp(&other.position()));
        let mut by_card: HashMap<String, Vec<Entry>> = HashMap::new();
        for list in checklists {
            by_card.entry(list.text("idCard").unwrap_or_default().into_owned()).or_default().push(list);
        }
        Self {
            labels: labels.collect(),
            people: people.collect(),
            fields: known,
            checklists: by_card,
            archived: HashMap::new(),
            known_labels: HashSet::new(),
        }
    }

    /// Lists a label, once a name.
    pub fn list_label(&mut self, reading: &mut Reading, label: &Entry) {
        if let (Some(name), Some(color)) = (label_name(label), label_color(label))
            && self.known_labels.insert(name.to_lowercase())
        {
            match Name::new(&name) {
                Ok(name) => reading.labels.push((name, color)),
                Err(_) => reading.problems.field(
                    0,
                    "labels",
                    format!("“{}” can be no label here: it is too long", cell::beginning(&name, 200)),
                ),
            }
        }
    }

    /// Takes what happened: comments, who is no member any more, and when cards were archived.
    pub fn take_actions(&mut self, reading: &mut Reading, raw: &[&RawValue]) -> Comments {
        let (mut comments, mut odd) = (Comments::default(), 0u64);
        let mut others: HashMap<String, String> = HashMap::new();
        for raw in raw {
            let Some(action) = Entry::read(raw.get()) else {
                odd += 1;
                continue;
            };
            for member in ["memberCreator", "member"].iter().filter_map(|name| action.entry(name)) {
                if let (Some(id), Some(name)) = (member.text("id"), known_as(&member)) {
                    others.entry(id.into_owned()).or_insert(name);
                }
            }
            let Some(data) = action.entry("data") else { continue };
            let card = data.entry("card").and_then(|card| card.text("id").map(|id| id.into_owned()));
            match action.text("type").as_deref() {
                Some("commentCard" | "copyCommentCard") => {
                    comments.0.entry(card.unwrap_or_default()).or_default().push(comment(&action, &data));
                }
                Some("updateCard") if data.entry("card").is_some_and(|card| card.flag("closed")) => {
                    let at = action.text("date").and_then(|date| instant(&date));
                    if let (Some(card), Some(at)) = (card, at) {
                        let last = self.archived.entry(card).or_insert(at);
                        *last = at.max(*last);
                    }
                }
                _ => {}
            }
        }
        for (id, name) in others {
            self.people.entry(id).or_insert(name);
        }
        if odd > 0 {
            reading.problems.field(0, "actions", format!("{odd} of them cannot be read, and are left out"));
        }
        comments
    }

    /// Tells of the checklists that are on no card of the file.
    pub fn tell_checklists(self, reading: &mut Reading) {
        let mut rest: Vec<Entry> = self.checklists.into_values().flatten().collect();
        rest.sort_by(|one, other| one.position().total_cmp(&other.position()));
        rest.iter().for_each(|checklist| tell_checklist(reading, checklist));
    }

    /// The days in a card's own fields.
    pub fn times_of<'card>(&'card self, card: &'card Entry) -> impl Iterator<Item = String> + 'card {
        let items = card.entries("customFieldItems");
        items.filter_map(|item| {
            let field = self.fields.get(&*item.text("idCustomField")?)?;
            field.day(&item)
        })
    }
}

/// Tells of a checklist that is on no card of the file.
fn tell_checklist(reading: &mut Reading, checklist: &Entry) {
    let items: Vec<String> = checklist
        .entries("checkItems")
        .map(|item| format!("“{}”", one_line(&item.text("name").unwrap_or_default())))
        .collect();
    let name = one_line(&checklist.text("name").unwrap_or_default());
    let items = if items.is_empty() { "no items".to_owned() } else { items.join(", ") };
    reading.problems.field(0, "checklists", format!("“{name}” is on no card of the file, and is left out: {items}"));
}

fn comment(action: &Entry, data: &Entry) -> ImportedComment {
    let author = action.entry("memberCreator").and_then(|member| known_as(&member));
    ImportedComment {
        author,
        body: data.text("text").unwrap_or_default().into_owned(),
        created_at: action.text("date").and_then(|date| instant(&date)),
        edited_at: data.text("dateLastEdited").and_then(|date| instant(&date)),
        ..ImportedComment::default()
    }
}

impl Comments {
    /// The comments of a card.
    pub fn take(&mut self, card: &str) -> Vec<ImportedComment> {
        self.0.remove(card).unwrap_or_default()
    }

    /// Forgets those of a card that is left out, and told so.
    pub fn drop_of(&mut self, card: &Entry) {
        if let Some(id) = card.text("id") {
            self.0.remove(&*id);
        }
    }

    /// Tells of those whose cards are not in the file.
    pub fn tell_rest(self, reading: &mut Reading) {
        let mut rest: Vec<ImportedComment> = self.0.into_values().flatten().collect();
        rest.sort_by_key(|comment| comment.created_at);
        for comment in rest {
            let author = comment.author.as_deref().unwrap_or("somebody");
            let said = cell::beginning(comment.body.trim(), 200);
            let message = format!("a comment by “{author}” on a card that is not in the file is left out: “{said}”");
            reading.problems.field(0, "comments", message);
        }
    }
}
