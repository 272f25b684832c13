//! Every URL of the UI, built and parsed here and nowhere else.

use gen_client::{AgentId, CellId, IdeaId, RowId, VidsheetId};
use model::WorkCell;

/// The journey strip.
pub const HOME: &str = "/";
/// First run.
pub const WELCOME: &str = "/welcome";
/// Sign in.
pub const LOGIN: &str = "/login";
/// Every running and past generation.
pub const QUEUE: &str = "/queue";
/// What every settings page begins with.
pub const SETTINGS: &str = "/settings/";
/// All agents.
pub const AGENTS: &str = "/agents";
/// Which calls went to GEN.
pub const ACTIVITY: &str = "/activity";
/// Organizations: who pays.
pub const SETTINGS_WORKSPACE: &str = "/settings/workspace";
/// Whom GEN tells about finished work.
pub const SETTINGS_AUTOMATION: &str = "/settings/automation";
/// GEN keys.
pub const SETTINGS_KEYS: &str = "/settings/keys";
/// What may be spent in a day.
pub const SETTINGS_SPENDING: &str = "/settings/spending";
/// The icon of the tab.
pub const FAVICON: &str = "/favicon.svg";

/// Where live news comes from, beginning after the change that the page already knows, if it knows one.
pub fn events(since: Option<i64>) -> String {
    match since {
        Some(since) => format!("/events?since={since}"),
        None => "/events".to_owned(),
    }
}

/// Sign in, then go on to where the person was. Only a path of ours is kept (requirement R1).
pub fn login(next: &str) -> String {
    match safe_next(next) {
        Some(next) => format!("{LOGIN}?next={}", encode(next)),
        None => LOGIN.to_owned(),
    }
}

/// The path to go on to, if it is one of ours: it begins with one slash and holds no control character.
pub fn safe_next(next: &str) -> Option<&str> {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.chars().any(char::is_control)
        && next != LOGIN;
    ours.then_some(next)
}

/// The Setup canvas of an agent.
pub fn setup(agent: &AgentId) -> String {
    format!("/agents/{agent}/setup")
}

/// The Setup canvas with something beside it: `history` or `document`.
pub fn setup_showing(agent: &AgentId, what: &str) -> String {
    format!("/agents/{agent}/setup?show={what}")
}

/// Name, pictures and deletion of an agent.
pub fn setup_agent(agent: &AgentId) -> String {
    format!("/agents/{agent}/setup/agent")
}

/// What GEN watches for an agent.
pub fn setup_monitoring(agent: &AgentId) -> String {
    format!("/agents/{agent}/setup/monitoring")
}

/// The older profile of an agent.
pub fn setup_advanced(agent: &AgentId) -> String {
    format!("/agents/{agent}/setup/advanced")
}

/// Whom GEN tells about the work of an agent.
pub fn automation_of(agent: &AgentId) -> String {
    format!("{SETTINGS_AUTOMATION}?agent={agent}")
}

/// The log of calls, cut down to some, before one of them.
pub fn activity(before: Option<i64>, failed: bool, changes: bool) -> String {
    let parts = [
        before.map(|before| format!("before={before}")),
        failed.then(|| "failed=1".to_owned()),
        changes.then(|| "changes=1".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { ACTIVITY.to_owned() } else { format!("{ACTIVITY}?{}", parts.join("&")) }
}

/// The ideas board of an agent.
pub fn ideas(agent: &AgentId) -> String {
    format!("/agents/{agent}/ideas")
}

/// The ideas board with the drawer open on an idea.
pub fn idea(agent: &AgentId, idea: &IdeaId) -> String {
    format!("/agents/{agent}/ideas?idea={idea}")
}

/// The ideas board in a view of its own and with something open beside it, such as `view` and `table`, `talk` and a
/// conversation.
pub fn ideas_with(agent: &AgentId, parts: &[(&str, &str)]) -> String {
    let parts: Vec<String> = parts.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if parts.is_empty() { ideas(agent) } else { format!("{}?{}", ideas(agent), parts.join("&")) }
}

/// The grid of a vidsheet with the focus on a row.
pub fn row(agent: &AgentId, vidsheet: &VidsheetId, row: &RowId) -> String {
    format!("/agents/{agent}/vidsheets/{vidsheet}?row={row}")
}

/// The templates, seen from an agent.
pub fn templates(agent: &AgentId) -> String {
    format!("/agents/{agent}/templates")
}

/// The templates with the drawer open on one.
pub fn template(agent: &AgentId, slug: &str) -> String {
    format!("/agents/{agent}/templates?template={}", encode(slug))
}

/// The vidsheets of an agent.
pub fn vidsheets(agent: &AgentId) -> String {
    format!("/agents/{agent}/vidsheets")
}

/// The grid of a vidsheet.
pub fn vidsheet(agent: &AgentId, vidsheet: &VidsheetId) -> String {
    format!("/agents/{agent}/vidsheets/{vidsheet}")
}

/// A page of a vidsheet as a plain table, counted from one.
pub fn vidsheet_as_table(agent: &AgentId, vidsheet: &VidsheetId, page: usize) -> String {
    format!("/agents/{agent}/vidsheets/{vidsheet}?as=table&page={page}")
}

/// An address of a vidsheet, with the view it is looked at through.
pub fn looked_at(address: String, look: Option<&str>) -> String {
    match look {
        None => address,
        Some(look) => {
            let mark = if address.contains('?') { '&' } else { '?' };
            format!("{address}{mark}look={}", encode(look))
        }
    }
}

/// A whole vidsheet as a file: `csv`, `xlsx` or `json`.
pub fn export(agent: &AgentId, vidsheet: &VidsheetId, ending: &str) -> String {
    format!("/agents/{agent}/vidsheets/{vidsheet}/export/{ending}")
}

/// GEN's own empty file for the variables of a vidsheet.
pub fn variables_template(agent: &AgentId, vidsheet: &VidsheetId) -> String {
    format!("/agents/{agent}/vidsheets/{vidsheet}/variables-template")
}

/// The grid of a vidsheet with the inspector open on a cell.
pub fn cell(agent: &AgentId, vidsheet: &VidsheetId, row: &RowId, cell: &CellId) -> String {
    format!("/agents/{agent}/vidsheets/{vidsheet}?row={row}&cell={cell}")
}

/// The cell that a piece of work is made for.
pub fn work_cell(agent: &AgentId, at: &WorkCell) -> String {
    cell(agent, &at.vidsheet_id, &at.row_id, &at.cell_id)
}

/// The render history of an agent.
pub fn renders(agent: &AgentId) -> String {
    format!("/agents/{agent}/renders")
}

/// The render history, cut down to some, with the player open on one; both or neither.
pub fn renders_with(agent: &AgentId, show: Option<&str>, work: Option<&str>) -> String {
    let parts: Vec<String> = [("show", show), ("render", work)]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name}={}", encode(value))))
        .collect();
    if parts.is_empty() { renders(agent) } else { format!("{}?{}", renders(agent), parts.join("&")) }
}

/// A piece of media by our id for it, which stands where GEN's URL was.
pub fn media(id: &str) -> String {
    format!("/media/{}", encode(id))
}

/// The same as a download.
pub fn media_download(id: &str) -> String {
    format!("/media/{}/download", encode(id))
}

/// The same page of another agent, or its Setup canvas where the page belongs to no agent.
pub fn for_agent(path: &str, agent: &AgentId) -> String {
    match path.strip_prefix("/agents/").and_then(|rest| rest.split_once('/')) {
        Some((_, page)) => format!("/agents/{agent}/{}", page.split('/').next().unwrap_or("setup")),
        None => setup(agent),
    }
}

/// The agent that a path belongs to, if it belongs to one.
pub fn agent_of(path: &str) -> Option<AgentId> {
    path.strip_prefix("/agents/")?.split('/').next()?.parse().ok()
}

/// Whether a page needs the whole width, so that the rail shows no words: the ideas board and a grid.
pub fn needs_width(path: &str) -> bool {
    let parts: Vec<_> = path.trim_matches('/').split('/').collect();
    matches!(parts.as_slice(), ["agents", _, "ideas", ..] | ["agents", _, "vidsheets", _, ..])
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_reads_as_written_down() {
        let (agent, sheet) = ("abc123".parse().unwrap(), "100".parse().unwrap());
        assert_eq!(setup(&agent), "/agents/abc123/setup");
        assert_eq!(setup_showing(&agent, "history"), "/agents/abc123/setup?show=history");
        assert_eq!(setup_agent(&agent), "/agents/abc123/setup/agent");
        assert_eq!(automation_of(&agent), "/settings/automation?agent=abc123");
        assert_eq!(activity(None, false, false), "/activity");
        assert_eq!(activity(Some(7), true, false), "/activity?before=7&failed=1");
        assert_eq!(setup_monitoring(&agent), "/agents/abc123/setup/monitoring");
        assert_eq!(setup_advanced(&agent), "/agents/abc123/setup/advanced");
        assert_eq!(ideas(&agent), "/agents/abc123/ideas");
        assert_eq!(templates(&agent), "/agents/abc123/templates");
        assert_eq!(vidsheets(&agent), "/agents/abc123/vidsheets");
        assert_eq!(vidsheet(&agent, &sheet), "/agents/abc123/vidsheets/100");
        assert_eq!(
            cell(&agent, &sheet, &"7".parse().unwrap(), &"9".parse().unwrap()),
            "/agents/abc123/vidsheets/100?row=7&cell=9"
        );
        assert_eq!(export(&agent, &sheet, "csv"), "/agents/abc123/vidsheets/100/export/csv");
        assert_eq!(variables_template(&agent, &sheet), "/agents/abc123/vidsheets/100/variables-template");
        assert_eq!(renders(&agent), "/agents/abc123/renders");
        assert_eq!(idea(&agent, &"12".parse().unwrap()), "/agents/abc123/ideas?idea=12");
        assert_eq!(
            ideas_with(&agent, &[("view", "table"), ("talk", "a b")]),
            "/agents/abc123/ideas?view=table&talk=a%20b"
        );
        assert_eq!(row(&agent, &sheet, &"7".parse().unwrap()), "/agents/abc123/vidsheets/100?row=7");
        assert_eq!(template(&agent, "a&b"), "/agents/abc123/templates?template=a%26b");
        assert_eq!(renders_with(&agent, None, None), "/agents/abc123/renders");
        assert_eq!(
            renders_with(&agent, Some("failed"), Some("w1")),
            "/agents/abc123/renders?show=failed&render=w1"
        );
        assert_eq!([events(Some(7)), events(None)], ["/events?since=7", "/events"]);
        assert_eq!(media("3f"), "/media/3f");
        assert_eq!(media_download("3f"), "/media/3f/download");
        assert_eq!(login("/agents/abc123/setup?a=1&b"), "/login?next=/agents/abc123/setup%3Fa%3D1%26b");
    }

    #[test]
    fn r1_only_a_path_of_ours_is_gone_on_to() {
        for foreign in [
            "",
            "evil",
            "//evil.test",
            "/\\evil.test",
            "https://evil.test/",
            "/a\r\nb",
            "\\",
            "javascript:x",
            "/login",
        ] {
            assert_eq!(safe_next(foreign), None, "{foreign:?}");
        }
        assert_eq!(safe_next("/agents/7/ideas?x=1"), Some("/agents/7/ideas?x=1"));
    }

    #[test]
    fn another_agent_keeps_the_page() {
        let agent = "7".parse().unwrap();
        assert_eq!(for_agent("/agents/3/ideas", &agent), "/agents/7/ideas");
        assert_eq!(for_agent("/agents/3/vidsheets/100", &agent), "/agents/7/vidsheets");
        assert_eq!(for_agent("/queue", &agent), "/agents/7/setup");
    }

    #[test]
    fn a_path_tells_its_agent_and_its_width() {
        let agent: AgentId = "7".parse().unwrap();
        assert_eq!(agent_of("/agents/7/ideas"), Some(agent));
        assert_eq!(agent_of("/queue"), None);
        assert!(needs_width("/agents/7/ideas") && needs_width("/agents/7/vidsheets/100"));
        assert!(!needs_width("/agents/7/vidsheets") && !needs_width("/"));
    }
}
