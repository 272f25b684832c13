//! A test in a process of its own: for what is measured or limited by the process.

use std::process::{Command, Stdio};

const MARK: &str = "REELSHEET_TEST_ALONE";

/// Runs the test of this name (with its module) again in a process of its own, with these variables, started by
/// `wrapper` (empty for none). True in the process that waited for it: there the test is over.
pub fn ran(test: &str, wrapper: &[&str], variables: &[(&str, &str)]) -> bool {
    if std::env::var_os(MARK).is_some() {
        return false;
    }
    let program = std::env::current_exe().unwrap();
    let mut words = wrapper.iter().map(std::ffi::OsStr::new).chain([program.as_os_str()]);
    let mut command = Command::new(words.next().unwrap());
    command.args(words).args([test, "--exact", "--nocapture"]).envs(variables.iter().copied());
    let output = command.env(MARK, "1").stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    // A name that is wrong would run nothing and succeed.
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    print!(
        "{}",
        said.lines().filter(|line| line.starts_with('[')).map(|line| format!("{line}\n")).collect::<String>()
    );
    true
}
