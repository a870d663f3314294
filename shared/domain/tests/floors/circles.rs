//! Circles among modules (Tarjan, <https://doi.org/10.1137/0201010>).

use crate::sources::Module;
use std::collections::BTreeMap;

struct Search<'modules> {
    uses: BTreeMap<&'modules str, Vec<&'modules str>>,
    /// The number of each module that was seen, and the lowest that it leads back to.
    numbers: BTreeMap<&'modules str, (usize, usize)>,
    open: Vec<&'modules str>,
    found: Vec<Vec<String>>,
}

/// The circles of modules that need each other, each by name. A module and its own submodules are one thing: that they
/// use each other is no circle.
pub fn circles(modules: &[Module]) -> Vec<Vec<String>> {
    let related = |one: &str, other: &str| {
        let below = |upper: &str, lower: &str| lower.strip_prefix(upper).is_some_and(|rest| rest.starts_with("::"));
        below(one, other) || below(other, one)
    };
    let uses = modules.iter().map(|module| {
        let used = module.uses.iter().map(String::as_str).filter(|used| !related(&module.name, used));
        (module.name.as_str(), used.collect())
    });
    let mut search = Search { uses: uses.collect(), numbers: BTreeMap::new(), open: Vec::new(), found: Vec::new() };
    for module in modules {
        if !search.numbers.contains_key(module.name.as_str()) {
            search.visit(&module.name);
        }
    }
    search.found
}

impl<'modules> Search<'modules> {
    fn visit(&mut self, module: &'modules str) -> usize {
        let number = self.numbers.len();
        self.numbers.insert(module, (number, number));
        self.open.push(module);
        let mut lowest = number;
        for used in self.uses.get(module).cloned().unwrap_or_default() {
            match self.numbers.get(used).copied() {
                None => lowest = lowest.min(self.visit(used)),
                Some((seen, _)) if self.open.contains(&used) => lowest = lowest.min(seen),
                Some(_) => {}
            }
        }
        self.numbers.insert(module, (number, lowest));
        if lowest == number {
            let start = self.open.iter().position(|open| *open == module).unwrap_or_default();
            let mut circle: Vec<String> = self.open.drain(start..).map(str::to_owned).collect();
            circle.sort();
            if circle.len() > 1 {
                self.found.push(circle);
            }
        }
        lowest
    }
}
