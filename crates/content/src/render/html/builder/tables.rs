//! Tables: what closes and opens between their parts (WHATWG HTML, sections 13.2.6.4.9 to 13.2.6.4.15).

use super::Builder;
use crate::render::html::element::Element;

/// Where in a table, if in one at all, the next tag stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Flow,
    Cell,
    Caption,
    Columns,
    Table,
    Rows,
    Row,
}

impl Builder {
    pub(super) fn place(&self) -> Place {
        for id in self.stack.iter().rev() {
            match self.tree.name(*id) {
                "td" | "th" => return Place::Cell,
                "caption" => return Place::Caption,
                "colgroup" => return Place::Columns,
                "table" => return Place::Table,
                "tbody" | "thead" | "tfoot" => return Place::Rows,
                "tr" => return Place::Row,
                _ => {}
            }
        }
        Place::Flow
    }

    /// Closes and opens parts of tables until `element` may stand at the current node; false when it may nowhere.
    pub(super) fn make_room(&mut self, element: &'static Element) -> bool {
        loop {
            let place = self.place();
            if !element.is_table_part() {
                match place {
                    Place::Flow | Place::Cell | Place::Caption => return true,
                    Place::Columns => self.leave_part(),
                    // A table directly in a table ends it.
                    _ if element.name == "table" => self.end_in_table("table"),
                    _ => self.open_cell(),
                }
                continue;
            }
            match (place, element.name) {
                (Place::Flow, _) => return false,
                (Place::Cell | Place::Caption, _) => self.leave_part(),
                (Place::Columns, "col") => return true,
                (Place::Table, "caption" | "colgroup" | "tbody" | "tfoot" | "thead") => return true,
                (Place::Table, "col") => self.open("colgroup"),
                (Place::Table, _) => self.open("tbody"),
                (Place::Rows, "tr") => return true,
                (Place::Rows, "td" | "th") => self.open("tr"),
                (Place::Row, "td" | "th") => return true,
                (Place::Columns | Place::Rows | Place::Row, _) => self.leave_part(),
            }
        }
    }

    fn open(&mut self, name: &str) {
        if let Some(element) = Element::of(name) {
            self.insert(element, Vec::new(), None);
        }
    }

    /// Opens a cell for what stands in no cell.
    pub(super) fn open_cell(&mut self) {
        while self.place() == Place::Columns {
            self.leave_part();
        }
        if self.place() == Place::Table {
            self.open("tbody");
        }
        if self.place() == Place::Rows {
            self.open("tr");
        }
        self.open("td");
        self.formatting.push(None);
    }

    /// Ends the innermost part of a table.
    fn leave_part(&mut self) {
        let had_marker = matches!(self.place(), Place::Cell | Place::Caption);
        self.pop_until(|tag| tag.is_table_part());
        if had_marker {
            self.clear_formatting();
        }
    }

    fn clear_formatting(&mut self) {
        while let Some(Some(_)) = self.formatting.pop() {}
    }

    /// The end tag of a table or of a part of one.
    pub(super) fn end_in_table(&mut self, name: &str) {
        let inside_table = |tag: &Element| tag.name == "table";
        let mut open = self.stack.iter().rev().filter_map(|id| self.tree.element(*id));
        let found = open.find(|tag| tag.name == name || inside_table(tag));
        // In a caption only the caption's and the table's own end counts.
        let caption = self.place() == Place::Caption && !matches!(name, "caption" | "table");
        if caption || found.is_none_or(|tag| tag.name != name) {
            return;
        }
        loop {
            let current = self.stack.iter().rev().filter_map(|id| self.tree.element(*id));
            let part = current
                .into_iter()
                .find(|tag| tag.is_table_part() || inside_table(tag));
            match part.map(|tag| tag.name) {
                None => return,
                Some("table") => return self.pop_until(inside_table),
                Some(part) => {
                    self.leave_part();
                    if part == name {
                        return;
                    }
                }
            }
        }
    }
}
