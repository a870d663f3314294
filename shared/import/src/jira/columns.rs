//! Where the columns of an export stand, by what they hold.

use super::words::{Role, role};
use crate::{
    csv::Row,
    settled::{Settled, holds_days, holds_numbers},
    steps,
};
use millrace_domain::{
    import::mapping::{Field, Mapping, Target},
    task::link::Relation,
};
use std::collections::HashMap;

/// The columns, each list in the order of the file.
pub(super) struct Columns {
    roles: Vec<Role>,
    names: Vec<String>,
    targets: Vec<Target>,
    fields: HashMap<Field, Vec<usize>>,
    /// Own fields, by how their values are found again, with all columns of one name.
    own: Vec<(String, Vec<usize>)>,
    links: Vec<usize>,
    attachments: Vec<usize>,
    kinds: Vec<usize>,
    spent: Vec<usize>,
    accounts: Vec<(Vec<usize>, Vec<usize>)>,
}

impl Columns {
    /// What the columns of `header` hold, where `mapping` does not say something else of them.
    pub fn of(header: &[String], mapping: Option<&Mapping>) -> Self {
        let roles: Vec<Role> = header.iter().map(|name| role_of(name, mapping)).collect();
        let at = |wanted: fn(&Role) -> bool| -> Vec<usize> {
            roles.iter().enumerate().filter(|(_, role)| wanted(role)).map(|(index, _)| index).collect()
        };
        let mut fields: HashMap<Field, Vec<usize>> = HashMap::new();
        let mut own: Vec<(String, Vec<usize>)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (index, role) in roles.iter().enumerate() {
            match role {
                Role::Field(field) => fields.entry(*field).or_default().push(index),
                Role::Own(name) => match places.get(name).and_then(|place| own.get_mut(*place)) {
                    Some((_, all)) => all.push(index),
                    None => {
                        places.insert(name.clone(), own.len());
                        own.push((name.clone(), vec![index]));
                    }
                },
                _ => {}
            }
        }
        let accounts = [Field::Assignees, Field::Reporter, Field::Watchers].into_iter().map(|field| {
            let ids =
                roles.iter().enumerate().filter(|(_, role)| **role == Role::Account(field)).map(|(index, _)| index);
            (ids.collect(), fields.get(&field).cloned().unwrap_or_default())
        });
        let others = (at(|role| *role == Role::PersonAccount), at(|role| *role == Role::Person));
        Self {
            links: at(|role| matches!(role, Role::Link(_))),
            attachments: at(|role| *role == Role::Attachment),
            kinds: at(|role| *role == Role::Kind),
            spent: at(|role| *role == Role::TimeSpent),
            accounts: accounts.chain([others]).collect(),
            targets: header.iter().zip(&roles).map(|(name, role)| target_of(name, role, mapping)).collect(),
            names: header.to_vec(),
            roles,
            fields,
            own,
        }
    }

    /// Whether a column holds `field`.
    pub fn has(&self, field: Field) -> bool {
        self.fields.contains_key(&field)
    }

    /// What each column is taken for, as it is shown.
    pub fn targets(&self) -> impl Iterator<Item = Target> {
        self.targets.iter().cloned()
    }

    /// The columns whose values may be read in several ways, by their names.
    pub fn looked_at(&self, header: &[String]) -> Vec<Option<String>> {
        let seen = self.roles.iter().zip(header).map(|(role, name)| {
            let seen = match role {
                Role::Field(Field::Comments | Field::WorkLog) => true,
                Role::Field(field) => holds_days(*field) || holds_numbers(*field),
                Role::Own(_) => true,
                _ => false,
            };
            seen.then(|| name.clone())
        });
        seen.collect()
    }

    /// Lets the values of own fields be read as their columns are.
    pub fn also(&self, header: &[String], settled: &mut Settled) {
        for (name, places) in &self.own {
            for header in places.iter().filter_map(|place| header.get(*place)) {
                settled.also(header, name);
            }
        }
    }

    fn cells<'row>(&'row self, row: &'row Row, places: &'row [usize]) -> impl Iterator<Item = (usize, &'row str)> {
        // A row is as long as its cells, however many columns the header has.
        let there = places.iter().take_while(|place| **place < row.cells.len()).inspect(|_| steps::count(1));
        there.map(|place| (*place, row.cell(*place))).filter(|(_, cell)| !cell.is_empty())
    }

    /// What stands in the columns that hold `field`.
    pub fn all<'row>(&'row self, row: &'row Row, field: Field) -> impl Iterator<Item = &'row str> {
        self.named(row, field).map(|(_, cell)| cell)
    }

    /// The same, each with the name of its column.
    pub fn named<'row>(&'row self, row: &'row Row, field: Field) -> impl Iterator<Item = (&'row str, &'row str)> {
        let places = self.fields.get(&field).map_or(&[][..], Vec::as_slice);
        self.cells(row, places).map(|(place, cell)| (self.names.get(place).map_or("", String::as_str), cell))
    }

    /// What kind of issue it is.
    pub fn kind<'row>(&'row self, row: &'row Row) -> Option<&'row str> {
        self.cells(row, &self.kinds).next().map(|(_, cell)| cell)
    }

    /// How many seconds were worked, as the file sums them up.
    pub fn time_spent<'row>(&'row self, row: &'row Row) -> Option<&'row str> {
        self.cells(row, &self.spent).next().map(|(_, cell)| cell)
    }

    /// The files, each as one cell.
    pub fn attachments<'row>(&'row self, row: &'row Row) -> impl Iterator<Item = &'row str> {
        self.cells(row, &self.attachments).map(|(_, cell)| cell)
    }

    /// The links: what each is, or what it is called where there is no such relation here, and the other issue.
    pub fn links<'row>(
        &'row self,
        row: &'row Row,
    ) -> impl Iterator<Item = (&'row Result<Relation, String>, &'row str)> {
        self.cells(row, &self.links).filter_map(|(place, cell)| match self.roles.get(place) {
            Some(Role::Link(relation)) => Some((relation, cell)),
            _ => None,
        })
    }

    /// Where the ids of accounts stand, and where their names do.
    pub fn accounts(&self) -> impl Iterator<Item = (&[usize], &[usize])> {
        self.accounts.iter().map(|(ids, names)| (ids.as_slice(), names.as_slice()))
    }

    /// What stands in columns for own fields: several of one name hold several values.
    pub fn own<'row>(&'row self, row: &'row Row) -> impl Iterator<Item = (String, String)> {
        self.own.iter().filter_map(|(name, places)| {
            let values: Vec<&str> = self.cells(row, places).map(|(_, cell)| cell).collect();
            (!values.is_empty()).then(|| (name.clone(), values.join(", ")))
        })
    }
}

/// What a column holds. To leave out what is no field of a task says nothing of links and the like, which no mapping names.
fn role_of(header: &str, mapping: Option<&Mapping>) -> Role {
    let usual = role(header);
    match mapping.and_then(|mapping| mapping.get(header)) {
        Some(Target::Field(field)) => Role::Field(*field),
        Some(Target::Own(id)) => Role::Own(id.to_string()),
        Some(Target::Ignored) if matches!(usual, Role::Field(_) | Role::Own(_)) => Role::Ignored,
        Some(Target::Ignored) | None => usual,
    }
}

fn target_of(header: &str, role: &Role, mapping: Option<&Mapping>) -> Target {
    match (mapping.and_then(|mapping| mapping.get(header)), role) {
        (Some(said), _) => said.clone(),
        (None, Role::Field(field)) => Target::Field(*field),
        (None, _) => Target::Ignored,
    }
}

/// Whether a column is taken for something that no mapping names.
pub(super) fn is_taken_unsaid(header: &str) -> bool {
    !matches!(role(header), Role::Ignored | Role::Own(_) | Role::Field(_))
}
