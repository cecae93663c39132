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
            match self.tree.element(*id) {
                Some(Element::Td | Element::Th) => return Place::Cell,
                Some(Element::Caption) => return Place::Caption,
                Some(Element::Colgroup) => return Place::Columns,
                Some(Element::Table) => return Place::Table,
                Some(Element::Tbody | Element::Thead | Element::Tfoot) => return Place::Rows,
                Some(Element::Tr) => return Place::Row,
                _ => {}
            }
        }
        Place::Flow
    }

    /// Closes and opens parts of tables until `element` may stand at the current node; false when it may nowhere.
    pub(super) fn make_room(&mut self, element: Element) -> bool {
        loop {
            let place = self.place();
            if !element.is_table_part() {
                match place {
                    Place::Flow | Place::Cell | Place::Caption => return true,
                    Place::Columns => self.leave_part(),
                    // A table directly in a table ends it.
                    _ if element == Element::Table => self.end_in_table(element),
                    _ => self.open_cell(),
                }
                continue;
            }
            match (place, element) {
                (Place::Flow, _) => return false,
                (Place::Cell | Place::Caption, _) => self.leave_part(),
                (Place::Columns, Element::Col) => return true,
                (
                    Place::Table,
                    Element::Caption | Element::Colgroup | Element::Tbody | Element::Tfoot | Element::Thead,
                ) => return true,
                (Place::Table, Element::Col) => self.open(Element::Colgroup),
                (Place::Table, _) => self.open(Element::Tbody),
                (Place::Rows, Element::Tr) => return true,
                (Place::Rows, Element::Td | Element::Th) => self.open(Element::Tr),
                (Place::Row, Element::Td | Element::Th) => return true,
                (Place::Columns | Place::Rows | Place::Row, _) => self.leave_part(),
            }
        }
    }

    fn open(&mut self, element: Element) {
        self.insert(element, Vec::new(), None);
    }

    /// Opens a cell for what stands in no cell.
    pub(super) fn open_cell(&mut self) {
        while self.place() == Place::Columns {
            self.leave_part();
        }
        if self.place() == Place::Table {
            self.open(Element::Tbody);
        }
        if self.place() == Place::Rows {
            self.open(Element::Tr);
        }
        self.open(Element::Td);
        self.formatting.push(None);
    }

    /// Ends the innermost part of a table.
    fn leave_part(&mut self) {
        let had_marker = matches!(self.place(), Place::Cell | Place::Caption);
        self.pop_until(Element::is_table_part);
        if had_marker {
            self.clear_formatting();
        }
    }

    fn clear_formatting(&mut self) {
        while let Some(Some(_)) = self.formatting.pop() {}
    }

    /// The end tag of a table or of a part of one.
    pub(super) fn end_in_table(&mut self, element: Element) {
        let mut open = self.stack.iter().rev().filter_map(|id| self.tree.element(*id));
        let found = open.find(|tag| *tag == element || *tag == Element::Table);
        // In a caption only the caption's and the table's own end counts.
        let caption = self.place() == Place::Caption && !matches!(element, Element::Caption | Element::Table);
        if caption || found != Some(element) {
            return;
        }
        loop {
            let mut open = self.stack.iter().rev().filter_map(|id| self.tree.element(*id));
            match open.find(|tag| tag.is_table_part() || *tag == Element::Table) {
                None => return,
                Some(Element::Table) => return self.pop_until(|tag| tag == Element::Table),
                Some(part) => {
                    self.leave_part();
                    if part == element {
                        return;
                    }
                }
            }
        }
    }
}
