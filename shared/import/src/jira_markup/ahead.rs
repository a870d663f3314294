//! Looking ahead in a text that is read from its beginning to its end: what was looked for once is not looked for again until
//! it is passed, so that all searches together take no longer than the text is.

use crate::steps;

/// A text, with what was found ahead of the place that is read.
pub(super) struct Ahead<'text> {
    text: &'text str,
    /// What was looked for: from where on, and where it is.
    found: Vec<(&'static str, usize, Option<usize>)>,
}

impl<'text> Ahead<'text> {
    pub fn new(text: &'text str) -> Self {
        Self { text, found: Vec::new() }
    }

    /// The text.
    pub fn text(&self) -> &'text str {
        self.text
    }

    /// Where `needle` is next, from `from` on.
    pub fn find(&mut self, needle: &'static str, from: usize) -> Option<usize> {
        self.find_where(needle, from, |_, _| true)
    }

    /// Where `needle` is next that is `fit`, from `from` on. Whether one is fit may depend on what stands around it alone,
    /// and is the same for all that ask for this needle.
    pub fn find_where(
        &mut self,
        needle: &'static str,
        from: usize,
        fit: impl Fn(&str, usize) -> bool,
    ) -> Option<usize> {
        let known = self.found.iter().position(|(known, ..)| *known == needle);
        if let Some((_, since, place)) = known.and_then(|known| self.found.get(known))
            && *since <= from
            && place.is_none_or(|place| place >= from)
        {
            return *place;
        }
        let text = self.text;
        let mut all = text.get(from..)?.match_indices(needle).map(|(place, _)| from + place);
        let place = all.find(|place| fit(text, *place));
        steps::count(place.unwrap_or(text.len()) - from);
        match known.and_then(|known| self.found.get_mut(known)) {
            Some(entry) => *entry = (needle, from, place),
            None => self.found.push((needle, from, place)),
        }
        place
    }
}
