use gen_client::model::{CreationCard, GenerationType};
use model::{PersonId, Work, WorkKind};

use crate::paths;

/// What a piece of work is called: its cell, or what was asked.
pub fn name(work: &Work) -> String {
    match (&work.cell, &work.subject) {
        (Some(cell), _) => match cell.row_number {
            Some(row) => format!("{}, row {row}", cell.column_title),
            None => format!("{}, row is gone", cell.column_title),
        },
        (None, Some(subject)) => subject.clone(),
        (None, None) => capital(work.kind.as_str()),
    }
}

/// Where it is at home: the open cell, else the agent's page.
pub fn href(work: &Work) -> String {
    match &work.cell {
        Some(cell) if cell.row_number.is_some() => paths::work_cell(&work.agent_id, cell),
        Some(cell) => paths::vidsheet(&work.agent_id, &cell.vidsheet_id),
        None if matches!(work.kind, WorkKind::Run | WorkKind::Research) => paths::ideas(&work.agent_id),
        None if work.kind == WorkKind::Monitoring => paths::setup_monitoring(&work.agent_id),
        None => paths::setup(&work.agent_id),
    }
}

/// Who started something: by name and number, seen by the person with this number.
pub fn who(name: Option<&str>, id: Option<PersonId>, me: Option<PersonId>) -> String {
    match (name, id) {
        (_, Some(id)) if Some(id) == me => "you".to_owned(),
        (Some(name), _) => name.to_owned(),
        (None, _) => "started elsewhere".to_owned(),
    }
}

/// What is paid for and with which model: `Video from text · Seedance Pro`.
pub fn settings_words(work: &Work) -> String {
    let kind = work.generation_type.as_ref().map_or_else(|| capital(work.kind.as_str()), kind_words);
    match work.card.as_ref().and_then(CreationCard::model) {
        Some(model) => format!("{kind} · {}", model_words(model)),
        None => kind,
    }
}

/// `video_from_text` as `Video from text`.
pub fn kind_words(kind: &GenerationType) -> String {
    capital(&kind.to_string().replace('_', " "))
}

/// `seedance_pro_1_5` as `Seedance Pro 1.5`.
pub fn model_words(model: &str) -> String {
    let mut words = String::new();
    for part in model.split('_') {
        let number = part.chars().all(|character| character.is_ascii_digit());
        let after_number = words.chars().last().is_some_and(|last| last.is_ascii_digit());
        if !words.is_empty() {
            words.push(if number && after_number { '.' } else { ' ' });
        }
        words.push_str(&capital(part));
    }
    words
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_and_kinds_read_like_names() {
        assert_eq!(model_words("seedance_pro_1_5"), "Seedance Pro 1.5");
        assert_eq!(model_words("veo_3_fast"), "Veo 3 Fast");
        assert_eq!(model_words("gpt_4o_mini"), "Gpt 4o Mini");
        assert_eq!(kind_words(&GenerationType::VideoFromText), "Video from text");
    }
}
