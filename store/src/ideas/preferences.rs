//! The standing rules of an agent, read out of what was asked of it: the ledger of runs is also the ledger of rules.

use gen_client::AgentId;
use model::{Preference, Preferences};
use sqlx::FromRow;

use crate::{Actor, Result, Store};

/// What has the agent list its rules, by GEN's documentation.
const LIST: &str = "list all my current preferences";

impl Store {
    /// The rules that were sent from here, beside what the agent last said it holds.
    pub async fn list_preferences(&self, actor: &Actor, agent: &AgentId) -> Result<Preferences> {
        self.must_reach(actor, agent).await?;
        let said: Vec<Said> = sqlx::query_as(
            "SELECT w.message, w.reply, p.name AS by_name, w.settled_at AS at
             FROM work w LEFT JOIN person p ON p.id = w.person_id
             WHERE w.kind = 'run' AND w.agent_id = ? AND w.state = 'completed' AND w.settled_at IS NOT NULL
               AND (w.message LIKE 'remember:%' OR w.message LIKE 'forget:%' OR lower(w.message) LIKE '%' || ? || '%')
             ORDER BY w.settled_at, w.rowid",
        )
        .bind(agent.as_str())
        .bind(LIST)
        .fetch_all(self.read())
        .await?;
        Ok(ledger(said))
    }
}

/// One thing that was asked, and answered.
#[derive(FromRow)]
struct Said {
    message: String,
    reply: Option<String>,
    by_name: Option<String>,
    at: i64,
}

/// The rules after everything that was said, in order.
fn ledger(said: Vec<Said>) -> Preferences {
    let mut all = Preferences::default();
    for one in said {
        if let Some(rule) = after("remember:", &one.message) {
            all.rules.retain(|known| !same(&known.rule, rule));
            all.rules.push(Preference { rule: rule.to_owned(), by: one.by_name, at: one.at, held: None });
        } else if let Some(rule) = after("forget:", &one.message) {
            all.rules.retain(|known| !same(&known.rule, rule));
            all.others.retain(|other| !same(other, rule));
        } else {
            let held = listed(one.reply.as_deref().unwrap_or_default());
            for known in &mut all.rules {
                known.held = Some(held.iter().any(|line| same(line, &known.rule)));
            }
            let ours = |line: &String| all.rules.iter().any(|known| same(line, &known.rule));
            all.others = held.into_iter().filter(|line| !ours(line)).collect();
            all.asked_at = Some(one.at);
        }
    }
    all
}

/// What follows a mark at the beginning, whatever the case of its letters.
fn after<'a>(mark: &str, message: &'a str) -> Option<&'a str> {
    let head = message.get(..mark.len())?;
    head.eq_ignore_ascii_case(mark).then(|| message[mark.len()..].trim())
}

/// The lines of a list: numbered, dotted or bare. A sentence that is no list item is not a rule.
fn listed(reply: &str) -> Vec<String> {
    let item = |line: &str| {
        let line = line.trim();
        let numbered = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let rest = match numbered.strip_prefix(['.', ')']) {
            Some(rest) if numbered.len() < line.len() => rest,
            _ => line.strip_prefix(['-', '*', '•'])?,
        };
        let rest = rest.trim();
        (!rest.is_empty()).then(|| rest.to_owned())
    };
    reply.lines().filter_map(item).collect()
}

/// Whether two wordings are of one rule: the same but for case, blanks and the stop at the end.
fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").trim_end_matches('.').to_lowercase()
    };
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(message: &str, reply: &str, at: i64) -> Said {
        Said {
            message: message.to_owned(),
            reply: Some(reply.to_owned()),
            by_name: Some("Rosa".to_owned()),
            at,
        }
    }

    #[test]
    fn rules_come_go_and_are_compared_with_what_the_agent_says() {
        let all = ledger(vec![
            said("remember: no prices", "Remembered: no prices", 1),
            said("Remember: First person", "", 2),
            said("remember: no emoji", "", 3),
            said("forget: No emoji.", "", 4),
            said("list all my current preferences", "Here they are:\n1. No prices.\n2. at most 12 s\n", 5),
            said("remember: always a hook", "", 6),
        ]);
        let rules: Vec<_> = all.rules.iter().map(|rule| (rule.rule.as_str(), rule.held)).collect();
        assert_eq!(
            rules,
            [("no prices", Some(true)), ("First person", Some(false)), ("always a hook", None)]
        );
        assert_eq!((all.others, all.asked_at), (vec!["at most 12 s".to_owned()], Some(5)));
    }
}
