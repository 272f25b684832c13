//! Which key does what in the grid: one table, so that the code, a help sheet and a test for clashes agree.

/// What a key asks the grid to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridCommand {
    /// Go to a neighbouring cell, by rows and columns.
    Move(i32, i32),
    /// Select on to a neighbouring cell, by rows and columns.
    Extend(i32, i32),
    /// Go to the edge of what is filled, by the direction in rows and columns.
    Edge(i32, i32),
    /// Select on to the edge of what is filled.
    ExtendEdge(i32, i32),
    /// Select on by a screenful, up or down.
    ExtendPage(i32),
    /// Select the whole rows of the selection.
    SelectRows,
    /// Select the whole columns of the selection.
    SelectColumns,
    /// Select the whole sheet.
    SelectAll,
    /// Go to the first column of the row.
    RowStart,
    /// Go to the last column of the row.
    RowEnd,
    /// Go to the first cell of the sheet.
    SheetStart,
    /// Go to the last cell of the sheet.
    SheetEnd,
    /// Go up by a screenful.
    PageUp,
    /// Go down by a screenful.
    PageDown,
    /// Edit the active cell, or open the inspector where the cell is no text.
    Edit,
    /// Empty the texts of the selection.
    Clear,
    /// Copy the first row of the selection down, or the row above.
    FillDown,
    /// Copy the first column of the selection to the right, or the column before.
    FillRight,
    /// Take back what one did last.
    Undo,
    /// Do again what one took back.
    Redo,
    /// Look for a text.
    Find,
    /// Go to the next place of it.
    FindNext,
    /// Open the creation card of the active cell, or ask whether to run the selection.
    Generate,
    /// The same, before everything that waits.
    GenerateInFront,
    /// Ask whether to render the final videos of the selected rows.
    Render,
    /// Stop and withdraw the work of the selection.
    Stop,
    /// Open the inspector on the active cell.
    Inspect,
    /// Add an empty row at the end.
    AddRow,
    /// Copy the active row.
    DuplicateRow,
    /// Move the rows of the selection up or down by one.
    MoveRows(i32),
    /// Move the columns of the selection left or right by one.
    MoveColumns(i32),
    /// Show the sheet as a plain table.
    PlainTable,
    /// Put the rows of the selection away.
    PutRowsAway,
    /// Show every key.
    Keys,
    /// Close what is open.
    Close,
}

/// A key with its modifiers. `command` is Ctrl, or ⌘ where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    /// The browser's name of the key; letters in lower case.
    pub key: &'static str,
    /// Ctrl or ⌘.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt or ⌥.
    pub alt: bool,
}

const fn plain(key: &'static str) -> Chord {
    Chord { key, command: false, shift: false, alt: false }
}
const fn shift(key: &'static str) -> Chord {
    Chord { shift: true, ..plain(key) }
}
const fn command_shift(key: &'static str) -> Chord {
    Chord { shift: true, ..command(key) }
}
const fn command(key: &'static str) -> Chord {
    Chord { command: true, ..plain(key) }
}
const fn alt(key: &'static str) -> Chord {
    Chord { alt: true, ..plain(key) }
}

/// Farther than any sheet reaches.
pub const FAR: i32 = i32::MAX;

/// The table. A printable key that is not in it starts typing.
pub const BINDINGS: &[(Chord, GridCommand)] = &[
    (plain("ArrowUp"), GridCommand::Move(-1, 0)),
    (plain("ArrowDown"), GridCommand::Move(1, 0)),
    (plain("ArrowLeft"), GridCommand::Move(0, -1)),
    (plain("ArrowRight"), GridCommand::Move(0, 1)),
    (shift("ArrowUp"), GridCommand::Extend(-1, 0)),
    (shift("ArrowDown"), GridCommand::Extend(1, 0)),
    (shift("ArrowLeft"), GridCommand::Extend(0, -1)),
    (shift("ArrowRight"), GridCommand::Extend(0, 1)),
    (command("ArrowUp"), GridCommand::Edge(-1, 0)),
    (command("ArrowDown"), GridCommand::Edge(1, 0)),
    (command("ArrowLeft"), GridCommand::Edge(0, -1)),
    (command("ArrowRight"), GridCommand::Edge(0, 1)),
    (command_shift("ArrowUp"), GridCommand::ExtendEdge(-1, 0)),
    (command_shift("ArrowDown"), GridCommand::ExtendEdge(1, 0)),
    (command_shift("ArrowLeft"), GridCommand::ExtendEdge(0, -1)),
    (command_shift("ArrowRight"), GridCommand::ExtendEdge(0, 1)),
    (shift("Home"), GridCommand::Extend(0, -FAR)),
    (shift("End"), GridCommand::Extend(0, FAR)),
    (command_shift("Home"), GridCommand::Extend(-FAR, -FAR)),
    (command_shift("End"), GridCommand::Extend(FAR, FAR)),
    (shift("PageUp"), GridCommand::ExtendPage(-1)),
    (shift("PageDown"), GridCommand::ExtendPage(1)),
    (shift(" "), GridCommand::SelectRows),
    (command(" "), GridCommand::SelectColumns),
    (command("a"), GridCommand::SelectAll),
    (plain("Home"), GridCommand::RowStart),
    (plain("End"), GridCommand::RowEnd),
    (command("Home"), GridCommand::SheetStart),
    (command("End"), GridCommand::SheetEnd),
    (plain("PageUp"), GridCommand::PageUp),
    (plain("PageDown"), GridCommand::PageDown),
    (plain("Enter"), GridCommand::Edit),
    (plain("F2"), GridCommand::Edit),
    (plain("Delete"), GridCommand::Clear),
    (plain("Backspace"), GridCommand::Clear),
    (command("d"), GridCommand::FillDown),
    (command("r"), GridCommand::FillRight),
    (command("z"), GridCommand::Undo),
    (command_shift("z"), GridCommand::Redo),
    (command("y"), GridCommand::Redo),
    (command("f"), GridCommand::Find),
    (command("g"), GridCommand::FindNext),
    (command("Enter"), GridCommand::Generate),
    (command_shift("Enter"), GridCommand::GenerateInFront),
    (Chord { alt: true, ..command("Enter") }, GridCommand::Render),
    (command("."), GridCommand::Stop),
    (alt("."), GridCommand::Inspect),
    (shift("Enter"), GridCommand::AddRow),
    (command_shift("d"), GridCommand::DuplicateRow),
    (alt("ArrowUp"), GridCommand::MoveRows(-1)),
    (alt("ArrowDown"), GridCommand::MoveRows(1)),
    (Chord { alt: true, ..command("ArrowLeft") }, GridCommand::MoveColumns(-1)),
    (Chord { alt: true, ..command("ArrowRight") }, GridCommand::MoveColumns(1)),
    (shift("F4"), GridCommand::PlainTable),
    (command("Backspace"), GridCommand::PutRowsAway),
    (plain("F1"), GridCommand::Keys),
    (plain("Escape"), GridCommand::Close),
];

impl GridCommand {
    /// What it does, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Move(-1, 0) => "Up",
            Self::Move(1, 0) => "Down",
            Self::Move(0, -1) => "Left",
            Self::Move(..) => "Right",
            Self::Extend(..) | Self::ExtendPage(_) => "Select on",
            Self::Edge(..) => "To the edge of what is filled",
            Self::ExtendEdge(..) => "Select to the edge of what is filled",
            Self::SelectRows => "Select rows",
            Self::SelectColumns => "Select columns",
            Self::SelectAll => "Select all",
            Self::RowStart => "First column",
            Self::RowEnd => "Last column",
            Self::SheetStart => "First cell",
            Self::SheetEnd => "Last cell",
            Self::PageUp => "A screenful up",
            Self::PageDown => "A screenful down",
            Self::Edit => "Edit",
            Self::Clear => "Empty the selection",
            Self::FillDown => "Fill down",
            Self::FillRight => "Fill right",
            Self::Undo => "Take back",
            Self::Redo => "Do again",
            Self::Find => "Find and replace",
            Self::FindNext => "Next place",
            Self::Generate => "Generate",
            Self::GenerateInFront => "Generate before everything that waits",
            Self::Render => "Render final videos",
            Self::Stop => "Stop the selection's work",
            Self::Inspect => "Open the cell's card",
            Self::AddRow => "Add a row below",
            Self::DuplicateRow => "Duplicate the row",
            Self::MoveRows(by) if by < 0 => "Move rows up",
            Self::MoveRows(_) => "Move rows down",
            Self::MoveColumns(by) if by < 0 => "Move columns left",
            Self::MoveColumns(_) => "Move columns right",
            Self::PlainTable => "As a plain table",
            Self::PutRowsAway => "Put rows away",
            Self::Keys => "Show every key",
            Self::Close => "Close, then clear the selection",
        }
    }
}

impl std::fmt::Display for Chord {
    /// Such as `Ctrl+Shift+Z`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (down, name) in [(self.command, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if down {
                f.write_str(name)?;
            }
        }
        match self.key {
            " " => f.write_str("Space"),
            "ArrowUp" => f.write_str("↑"),
            "ArrowDown" => f.write_str("↓"),
            "ArrowLeft" => f.write_str("←"),
            "ArrowRight" => f.write_str("→"),
            key if key.len() == 1 => f.write_str(&key.to_uppercase()),
            key => f.write_str(key),
        }
    }
}

/// What a key press means in navigate mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A command of the table.
    Command(GridCommand),
    /// The first character of a new value.
    Type(String),
    /// Nothing to the grid; the browser goes on with it.
    Nothing,
}

/// Reads a key press: the browser's key name and the modifiers that are down.
pub fn meaning(key: &str, command: bool, shift: bool, alt: bool) -> Meaning {
    let key = if key.chars().count() == 1 && (command || alt) { key.to_lowercase() } else { key.to_owned() };
    let bound = BINDINGS.iter().find(|(chord, _)| {
        chord.key == key && chord.command == command && chord.shift == shift && chord.alt == alt
    });
    match bound {
        Some((_, command)) => Meaning::Command(*command),
        None if key.chars().count() == 1 && !command && !alt => Meaning::Type(key),
        None => Meaning::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key() {
        for (index, (chord, _)) in BINDINGS.iter().enumerate() {
            assert!(
                !BINDINGS[index + 1..].iter().any(|(other, _)| other == chord),
                "{chord:?} is bound twice"
            );
        }
    }

    #[test]
    fn letters_type_and_are_never_commands() {
        assert_eq!(meaning("s", false, false, false), Meaning::Type("s".to_owned()));
        assert_eq!(meaning("S", false, true, false), Meaning::Type("S".to_owned()));
        assert_eq!(meaning("é", false, false, false), Meaning::Type("é".to_owned()));
        let letter = |key: &str| key.chars().count() == 1 && key != " ";
        assert!(BINDINGS.iter().all(|(chord, _)| !letter(chord.key) || chord.command || chord.alt));
    }

    #[test]
    fn the_browser_keeps_its_own_keys() {
        assert_eq!(meaning("t", true, false, false), Meaning::Nothing);
        assert_eq!(meaning("c", true, false, false), Meaning::Nothing);
        assert_eq!(meaning("Tab", false, false, false), Meaning::Nothing);
        assert_eq!(meaning("Shift", false, true, false), Meaning::Nothing);
    }

    #[test]
    fn chords_are_written_as_people_say_them() {
        assert_eq!(command_shift("z").to_string(), "Ctrl+Shift+Z");
        assert_eq!(alt("ArrowUp").to_string(), "Alt+↑");
        assert_eq!(shift(" ").to_string(), "Shift+Space");
    }

    #[test]
    fn modifiers_choose_the_command() {
        assert_eq!(meaning("Enter", false, false, false), Meaning::Command(GridCommand::Edit));
        assert_eq!(meaning("Enter", true, false, false), Meaning::Command(GridCommand::Generate));
        assert_eq!(meaning("Enter", true, true, false), Meaning::Command(GridCommand::GenerateInFront));
        assert_eq!(meaning("D", true, true, false), Meaning::Command(GridCommand::DuplicateRow));
        assert_eq!(meaning(" ", false, true, false), Meaning::Command(GridCommand::SelectRows));
        assert_eq!(meaning(" ", false, false, false), Meaning::Type(" ".to_owned()));
    }
}
