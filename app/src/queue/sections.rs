//! The queue cut into what a person looks for, and down to what the filter names.

use std::collections::HashSet;

use model::{Batch, PersonId, Progress, Queue, Work};

use super::item::{Version, version};
use crate::generations::{can_retry, name, settings_words, standing, who};

/// Waiting work in the order it will be sent: alone, or several of one batch in a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Started alone.
    One(Box<Work>),
    /// Of one batch. A batch that others were put between stands there more than once: this is its nth place.
    Group(Box<Batch>, Vec<Work>, usize),
}

/// What tells an entry from its neighbours; a group stays itself while its batch goes on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// One, as it is drawn now.
    One(Version),
    /// The nth place of a batch.
    Group(String, usize),
}

impl Entry {
    /// What tells it from its neighbours.
    pub fn key(&self) -> Key {
        match self {
            Self::One(work) => Key::One(version(work)),
            Self::Group(batch, _, nth) => Key::Group(batch.id.clone(), *nth),
        }
    }
}

/// Keeps the work that every word of the filter is found in: state, vidsheet, person, cell, kind.
pub fn filtered(queue: &Queue, filter: &str, me: Option<PersonId>) -> Queue {
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let keep = |works: &[Work]| -> Vec<Work> {
        works.iter().filter(|work| takes(work, &words, me)).cloned().collect()
    };
    Queue {
        waiting: keep(&queue.waiting),
        running: keep(&queue.running),
        unknown: keep(&queue.unknown),
        ended: keep(&queue.ended),
        ..queue.clone()
    }
}

/// Waiting work, with what belongs to one batch and stands in a row taken together.
pub fn entries(waiting: &[Work], batches: &[Batch]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for work in waiting {
        let batch = work.batch_id.as_ref().and_then(|id| batches.iter().find(|batch| batch.id == *id));
        match (batch, entries.last_mut()) {
            (Some(batch), Some(Entry::Group(last, works, _))) if last.id == batch.id => {
                works.push(work.clone());
            }
            (Some(batch), _) => {
                let same = |entry: &&Entry| matches!(entry, Entry::Group(known, ..) if known.id == batch.id);
                let nth = entries.iter().filter(same).count();
                entries.push(Entry::Group(Box::new(batch.clone()), vec![work.clone()], nth));
            }
            (None, _) => entries.push(Entry::One(Box::new(work.clone()))),
        }
    }
    entries
}

/// What can be stopped or withdrawn.
pub fn stoppable(queue: &Queue) -> Vec<Work> {
    let running = queue.running.iter().filter(|work| work.progress.can_stop());
    running.chain(&queue.waiting).cloned().collect()
}

/// What failed, can be tried again, and was not tried again yet: the newest work of its cell.
pub fn failed(queue: &Queue) -> Vec<Work> {
    let newer = queue.waiting.iter().chain(&queue.running).chain(&queue.unknown);
    let mut tried: HashSet<_> = newer.filter_map(cell_of).collect();
    let newest_first = queue.ended.iter().filter(|work| match cell_of(work) {
        Some(cell) => tried.insert(cell),
        None => true,
    });
    newest_first.filter(|work| work.progress != Progress::Stopped && can_retry(work)).cloned().collect()
}

fn cell_of(work: &Work) -> Option<&gen_client::CellId> {
    work.cell.as_ref().map(|cell| &cell.cell_id)
}

fn takes(work: &Work, words: &[String], me: Option<PersonId>) -> bool {
    if words.is_empty() {
        return true;
    }
    let sheet = work.cell.as_ref().map(|cell| cell.vidsheet_title.as_str()).unwrap_or_default();
    let person = work.started_by.as_deref().unwrap_or_default();
    let state = work.progress.as_str();
    let drawn = standing(work.progress, false).word;
    let all = format!(
        "{state} {drawn} {sheet} {person} {} {} {}",
        who(work.started_by.as_deref(), work.started_by_id, me),
        name(work),
        settings_words(work)
    );
    let all = all.to_lowercase();
    words.iter().all(|word| all.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{WorkCell, WorkKind};

    fn work(id: &str, cell: &str, progress: Progress) -> Work {
        Work {
            id: id.to_owned(),
            generation_id: None,
            kind: WorkKind::Render,
            agent_id: "a".parse().unwrap(),
            cell: Some(WorkCell {
                vidsheet_id: "1".parse().unwrap(),
                vidsheet_title: "Spring glazes".to_owned(),
                row_id: "2".parse().unwrap(),
                row_number: Some(2),
                cell_id: cell.parse().unwrap(),
                column_title: "FINAL VIDEO".to_owned(),
            }),
            subject: None,
            generation_type: None,
            card: None,
            progress,
            generation: None,
            reason: None,
            error_code: None,
            batch_id: None,
            started_by: Some("Rosa".to_owned()),
            started_by_id: Some(1),
            started_at: 0,
            sent_at: None,
            settled_at: None,
            typical: None,
            estimate: Some(50.0),
            cost: None,
            refund: None,
        }
    }

    fn batch(id: &str) -> Batch {
        Batch {
            id: id.to_owned(),
            started_by: None,
            started_by_id: 1,
            started_at: 0,
            size: 3,
            waiting: 3,
            running: 0,
            completed: 0,
            ended_otherwise: 0,
            paused: false,
            reason: None,
            left: None,
        }
    }

    fn ids(works: &[Work]) -> Vec<&str> {
        works.iter().map(|work| work.id.as_str()).collect()
    }

    #[test]
    fn every_word_of_the_filter_must_be_found() {
        let queue = Queue {
            running: vec![work("a", "1", Progress::Processing)],
            ended: vec![work("b", "2", Progress::Failed)],
            ..Queue::default()
        };
        let kept = |words| {
            let kept = filtered(&queue, words, None);
            (kept.running.len(), kept.ended.len())
        };
        assert_eq!(kept(""), (1, 1));
        assert_eq!(kept("spring failed"), (0, 1));
        assert_eq!(kept("ROSA running"), (1, 0));
        assert_eq!(kept("autumn"), (0, 0));
    }

    #[test]
    fn what_belongs_to_a_batch_and_stands_in_a_row_is_one_group() {
        let of = |id: &str, batch: Option<&str>| Work {
            batch_id: batch.map(str::to_owned),
            ..work(id, id, Progress::Queued)
        };
        let waiting = [of("1", Some("x")), of("2", Some("x")), of("3", None), of("4", Some("x"))];
        let entries = entries(&waiting, &[batch("x")]);
        let sizes: Vec<_> = entries
            .iter()
            .map(|entry| match entry {
                Entry::One(_) => 0,
                Entry::Group(_, works, nth) => works.len() + 10 * nth,
            })
            .collect();
        assert_eq!(sizes, [2, 0, 11]);
    }

    #[test]
    fn a_failure_that_was_tried_again_is_no_failure_to_retry() {
        let queue = Queue {
            running: vec![work("new", "1", Progress::Processing)],
            ended: vec![
                work("made", "2", Progress::Completed),
                work("open", "3", Progress::Failed),
                work("old", "1", Progress::Failed),
                work("older", "2", Progress::Failed),
                work("stopped", "4", Progress::Stopped),
            ],
            ..Queue::default()
        };
        assert_eq!(ids(&failed(&queue)), ["open"]);
    }
}
