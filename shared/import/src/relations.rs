//! What the tasks of a file are to each other, by their places in it: parents and links, as far as Millrace's rules
//! allow them.

use super::{ImportedTask, Problems};
use millrace_domain::task::link::{MOST_LINKS, Relation};
use std::collections::{HashMap, HashSet};

/// What each task is to others.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Relations {
    /// The task that each is a part of.
    pub parents: Vec<Option<usize>>,
    /// The links of each, at both of their ends.
    pub links: Vec<Vec<(Relation, usize)>>,
    /// How many parts each has.
    pub parts: Vec<u32>,
}

impl Relations {
    /// Finds out; what names no task of the file, or breaks a rule, goes to `problems`.
    pub fn of(tasks: &[ImportedTask], problems: &mut Problems) -> Self {
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (index, task) in tasks.iter().enumerate() {
            for key in task.keys.iter().filter(|key| !key.is_empty()) {
                if let Some(other) = places.insert(key, index).filter(|other| *other != index) {
                    let message = format!("“{key}” is also that of line {}", tasks[other].line);
                    problems.field(task.line, "key", message);
                    places.insert(key, other);
                }
            }
        }
        let parents = parents(tasks, &places, problems);
        let mut parts = vec![0; tasks.len()];
        for parent in parents.iter().flatten() {
            parts[*parent] += 1;
        }
        Self { parents, links: links(tasks, &places, problems), parts }
    }

    /// Which tasks block which.
    pub fn blocks(&self) -> impl Iterator<Item = (usize, usize)> {
        let each = 0..self.links.len();
        each.flat_map(|index| self.others(index, Relation::Blocks).map(move |other| (index, other)))
    }

    /// The tasks that the one at `index` is `relation` to.
    pub fn others(&self, index: usize, relation: Relation) -> impl Iterator<Item = usize> {
        let links = self.links.get(index).into_iter().flatten();
        links.filter(move |(other, _)| *other == relation).map(|(_, task)| *task)
    }
}

fn parents(tasks: &[ImportedTask], places: &HashMap<&str, usize>, problems: &mut Problems) -> Vec<Option<usize>> {
    let mut named: Vec<Option<usize>> = Vec::with_capacity(tasks.len());
    for (index, task) in tasks.iter().enumerate() {
        let Some(key) = &task.parent else {
            named.push(None);
            continue;
        };
        let found = places.get(key.as_str()).copied();
        match found {
            None => problems.field(task.line, "parent", format!("“{key}” is not in the file")),
            Some(same) if same == index => problems.field(task.line, "parent", "is the task itself"),
            Some(_) => {}
        }
        named.push(found.filter(|parent| *parent != index));
    }
    let kept = named.iter().enumerate().map(|(index, parent)| {
        let nested = parent.is_some_and(|parent| named[parent].is_some());
        if nested {
            problems.field(tasks[index].line, "parent", "is a part of another task itself, and parts have no parts");
        }
        parent.filter(|_| !nested)
    });
    kept.collect()
}

/// A link that the file names: the task that has it, what it is, and the other one.
type Named = (usize, Relation, usize);

fn links(
    tasks: &[ImportedTask],
    places: &HashMap<&str, usize>,
    problems: &mut Problems,
) -> Vec<Vec<(Relation, usize)>> {
    let mut known: HashSet<Named> = HashSet::new();
    let mut counts: HashMap<(usize, Relation), usize> = HashMap::new();
    let mut named: Vec<(Named, &str)> = Vec::new();
    for (index, task) in tasks.iter().enumerate() {
        for (relation, key) in &task.links {
            let Some(other) = places.get(key.as_str()).copied().filter(|other| *other != index) else {
                problems.field(task.line, "links", format!("“{key}” is no other task of the file"));
                continue;
            };
            let ends = [(index, *relation, other), (other, relation.inverse(), index)];
            if known.contains(&ends[0]) || known.contains(&ends[1]) {
                continue;
            }
            let of_kind = ends.map(|(at, relation, _)| (at, relation));
            if of_kind.iter().any(|kind| counts.get(kind).is_some_and(|count| *count >= MOST_LINKS)) {
                let message = format!("“{key}” is left out: a task takes at most {MOST_LINKS} links of a kind");
                problems.field(task.line, "links", message);
                continue;
            }
            known.extend(ends);
            of_kind.into_iter().for_each(|kind| *counts.entry(kind).or_default() += 1);
            named.push((ends[0], key));
        }
    }
    let order = |(index, relation, other): Named| match relation {
        Relation::Blocks => Some((index, other)),
        Relation::BlockedBy => Some((other, index)),
        Relation::Relates | Relation::Duplicates | Relation::DuplicatedBy => None,
    };
    let circles = closing(tasks.len(), &named.iter().map(|(link, _)| order(*link)).collect::<Vec<_>>());
    let mut links: Vec<Vec<(Relation, usize)>> = vec![Vec::new(); tasks.len()];
    for (((index, relation, other), key), closes) in named.into_iter().zip(circles) {
        if closes {
            let message = format!("“{key}” would close a circle of tasks that block each other");
            problems.field(tasks[index].line, "links", message);
            continue;
        }
        links[index].push((relation, other));
        links[other].push((relation.inverse(), index));
    }
    links
}

/// Where a task is that was come by on the way along those that are blocked.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Ahead,
    Under,
    Behind,
}

/// Which of the links, each from who blocks to who is blocked, close a circle: those that lead back to a task on the way to
/// them (<https://en.wikipedia.org/wiki/Depth-first_search#Output_of_a_depth-first_search>). Each is followed once.
fn closing(tasks: usize, links: &[Option<(usize, usize)>]) -> Vec<bool> {
    let mut leading: Vec<Vec<(usize, usize)>> = vec![Vec::new(); tasks];
    for (link, ends) in links.iter().enumerate() {
        if let Some((blocker, blocked)) = ends {
            leading[*blocker].push((link, *blocked));
        }
    }
    let mut closes = vec![false; links.len()];
    let mut ways = vec![Way::Ahead; tasks];
    for start in 0..tasks {
        if ways[start] != Way::Ahead {
            continue;
        }
        ways[start] = Way::Under;
        let mut path = vec![(start, 0)];
        while let Some((task, next)) = path.last_mut() {
            let Some((link, blocked)) = leading[*task].get(*next).copied() else {
                ways[*task] = Way::Behind;
                path.pop();
                continue;
            };
            *next += 1;
            match ways[blocked] {
                Way::Ahead => {
                    ways[blocked] = Way::Under;
                    path.push((blocked, 0));
                }
                Way::Under => closes[link] = true,
                Way::Behind => {}
            }
        }
    }
    closes
}

#[cfg(test)]
mod tests {
    use super::*;
    use millrace_domain::{task::link::BlockGraph, text::Title};
    use proptest::prelude::*;

    fn task(index: usize, parent: Option<usize>, links: Vec<(Relation, usize)>) -> ImportedTask {
        let mut task = ImportedTask::new(index as u64 + 2, index, Title::new("Task").expect("a title"));
        task.keys = vec![format!("T-{index}")];
        task.parent = parent.map(|parent| format!("T-{parent}"));
        task.links = links.into_iter().map(|(relation, other)| (relation, format!("T-{other}"))).collect();
        task
    }

    fn relation() -> impl Strategy<Value = Relation> {
        prop_oneof![
            Just(Relation::Blocks),
            Just(Relation::BlockedBy),
            Just(Relation::Relates),
            Just(Relation::Duplicates),
            Just(Relation::DuplicatedBy),
        ]
    }

    #[test]
    fn fifty_thousand_tasks_in_a_row_are_ordered_at_once() {
        let chain: Vec<_> =
            (0..50_000).map(|index| task(index, None, vec![(Relation::BlockedBy, index + 1)])).collect();
        let mut problems = Problems::default();
        let relations = Relations::of(&chain, &mut problems);
        assert_eq!((relations.blocks().count(), problems.count), (49_999, 1));
    }

    proptest! {
        #[test]
        fn imported_relations_keep_the_rules_for_any_file(tasks in proptest::collection::vec(
            (proptest::option::of(0..9usize), proptest::collection::vec((relation(), 0..9usize), 0..6)), 0..9)) {
            let tasks: Vec<_> = tasks.into_iter().enumerate().map(|(index, (parent, links))| task(index, parent, links)).collect();
            let relations = Relations::of(&tasks, &mut Problems::default());
            for parent in relations.parents.iter().flatten() {
                prop_assert!(relations.parents[*parent].is_none(), "parts have no parts");
            }
            prop_assert_eq!(relations.parts.iter().sum::<u32>() as usize, relations.parents.iter().flatten().count());
            let mut graph = BlockGraph::default();
            for (index, links) in relations.links.iter().enumerate() {
                for (relation, other) in links {
                    prop_assert!(relations.links[*other].contains(&(relation.inverse(), index)), "both ends are there");
                    prop_assert!(*other != index);
                    prop_assert!(*relation != Relation::Blocks || graph.add_open(index as u32, *other as u32), "no circle");
                }
                let mut once = links.clone();
                once.sort();
                once.dedup();
                prop_assert_eq!(once.len(), links.len());
            }
        }
    }
}
