use gen_client::model::Variable;
use serde::{Deserialize, Serialize};

use crate::{PersonId, VALUE_MAX};

/// The most variables of a vidsheet, and the most characters of a name. GEN names no limits.
pub const VARIABLES_MAX: usize = 1_000;
const NAME_MAX: usize = 100;

/// The variables of a vidsheet, and what its cells ask for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VariableList {
    /// In GEN's order.
    pub variables: Vec<UsedVariable>,
    /// Names that cells use and that are neither a variable nor a column.
    pub undefined: Vec<UsedName>,
    /// The titles of the columns, which a prompt may name as well.
    pub columns: Vec<String>,
}

/// A variable, and in how many cells it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UsedVariable {
    /// Without braces.
    pub name: String,
    /// What it stands for.
    pub value: String,
    /// Cells whose value or prompt names it.
    pub cells: u32,
}

/// A name in braces, and in how many cells it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UsedName {
    /// Without braces.
    pub name: String,
    /// Cells whose value or prompt names it.
    pub cells: u32,
}

/// The variables as they were before somebody replaced them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariableSnapshot {
    /// Ours.
    pub id: i64,
    /// Who replaced them, if that person is still here.
    pub by: Option<PersonId>,
    /// Their name.
    pub by_name: Option<String>,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What was there.
    pub variables: Vec<Variable>,
}

impl VariableList {
    /// What can be written between braces: variables first, then columns. For completion while typing.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let variables = self.variables.iter().map(|variable| variable.name.as_str());
        variables.chain(self.columns.iter().map(String::as_str))
    }

    /// The variables alone, as GEN knows them.
    pub fn plain(&self) -> Vec<Variable> {
        let plain =
            |variable: &UsedVariable| Variable { name: variable.name.clone(), value: variable.value.clone() };
        self.variables.iter().map(plain).collect()
    }
}

/// What a replacement would do to one variable.
#[derive(Clone, Debug, PartialEq)]
pub enum VariableChange {
    /// It is new.
    Added(Variable),
    /// It gets another value.
    Changed {
        /// Which.
        name: String,
        /// The value that goes.
        from: String,
        /// The value that comes.
        to: String,
    },
    /// It goes.
    Removed(Variable),
}

/// What differs, in the order of the new list, then what goes.
pub fn variable_changes(before: &[Variable], after: &[Variable]) -> Vec<VariableChange> {
    let old = |name: &str| before.iter().find(|variable| variable.name == name);
    let come = after.iter().filter_map(|variable| match old(&variable.name) {
        None => Some(VariableChange::Added(variable.clone())),
        Some(known) if known.value != variable.value => Some(VariableChange::Changed {
            name: variable.name.clone(),
            from: known.value.clone(),
            to: variable.value.clone(),
        }),
        Some(_) => None,
    });
    let stays = |variable: &&Variable| after.iter().any(|kept| kept.name == variable.name);
    let go = before.iter().filter(|variable| !stays(variable)).cloned().map(VariableChange::Removed);
    come.chain(go).collect()
}

/// Why these cannot be the variables of a vidsheet, if so.
pub fn variables_problem(variables: &[Variable]) -> Option<String> {
    if variables.len() > VARIABLES_MAX {
        return Some(format!("A vidsheet has at most {VARIABLES_MAX} variables."));
    }
    for (at, Variable { name, value }) in variables.iter().enumerate() {
        let line = at + 1;
        if name.trim().is_empty() {
            return Some(format!("Line {line} has no name."));
        }
        if name.chars().count() > NAME_MAX {
            return Some(format!("The name in line {line} has more than {NAME_MAX} characters."));
        }
        if name.contains(['{', '}']) || name.chars().any(char::is_control) {
            return Some(format!("The name in line {line} has braces or line breaks; write it without."));
        }
        if value.chars().count() > VALUE_MAX {
            return Some(format!("The value of {name} has more than {VALUE_MAX} characters."));
        }
        if variables[..at].iter().any(|other| other.name == *name) {
            return Some(format!("The name {name} stands twice."));
        }
    }
    None
}

/// Variables that were pasted, one a line: a name, then a tab, an equals sign or a colon, then the value.
pub fn pasted_variables(text: &str) -> Vec<Variable> {
    let line = |line: &str| {
        let (name, value) =
            ['\t', '=', ':'].iter().find_map(|mark| line.split_once(*mark)).unwrap_or((line, ""));
        let name = name.trim().trim_start_matches("{{").trim_end_matches("}}").trim().to_owned();
        Variable { name, value: value.trim().to_owned() }
    };
    text.lines().map(line).filter(|variable| !variable.name.is_empty()).collect()
}

/// The names that stand in double braces in a text, in order, as often as they stand there.
pub fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find("{{")? + 2;
            let end = start + rest[start..].find("}}")?;
            // Of braces in braces the inner ones count.
            let inner = rest[start..end].rfind("{{").map_or(start, |inner| start + inner + 2);
            let name = rest[inner..end].trim();
            rest = &rest[end + 2..];
            if !name.is_empty() && !name.contains(['\n', '{', '}']) && name.chars().count() <= NAME_MAX {
                return Some(name);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str, value: &str) -> Variable {
        Variable { name: name.into(), value: value.into() }
    }

    #[test]
    fn names_stand_in_double_braces() {
        let names = |text| names_in(text).collect::<Vec<_>>();
        assert_eq!(names("{{brand}} and {{ cta }}, {{brand}}"), ["brand", "cta", "brand"]);
        assert_eq!(names("{one} {{ }} {{open"), [""; 0]);
        assert_eq!(names("{{a {{b}} c}}"), ["b"]);
        assert_eq!(names("é{{größe}}€"), ["größe"]);
    }

    #[test]
    fn many_lines_are_pasted_at_once() {
        let pasted = pasted_variables("brand\tKiln & Tide\n\n{{cta}} = Link: in bio\ntone: dry\nalone\r\n");
        let expected = [
            variable("brand", "Kiln & Tide"),
            variable("cta", "Link: in bio"),
            variable("tone", "dry"),
            variable("alone", ""),
        ];
        assert_eq!(pasted, expected);
    }

    #[test]
    fn a_replacement_adds_changes_and_takes_away() {
        let before = [variable("a", "1"), variable("b", "2"), variable("c", "3")];
        let after = [variable("c", "3"), variable("d", "4"), variable("a", "5")];
        assert_eq!(
            variable_changes(&before, &after),
            [
                VariableChange::Added(variable("d", "4")),
                VariableChange::Changed { name: "a".into(), from: "1".into(), to: "5".into() },
                VariableChange::Removed(variable("b", "2")),
            ]
        );
    }

    #[test]
    fn what_cannot_be_a_variable_is_named_by_its_line() {
        assert_eq!(variables_problem(&[variable("a", "1")]), None);
        for (wrong, said) in [
            (vec![variable("a", "1"), variable(" ", "2")], "Line 2"),
            (vec![variable("a", "1"), variable("a", "2")], "twice"),
            (vec![variable("{{a}}", "1")], "braces"),
            (vec![variable("a", &"x".repeat(VALUE_MAX + 1))], "20000"),
        ] {
            let problem = variables_problem(&wrong).unwrap();
            assert!(problem.contains(said), "{problem}");
        }
    }
}
