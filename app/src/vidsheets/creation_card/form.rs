//! What is typed into a creation card, and what becomes of it.

use std::collections::BTreeMap;

use gen_client::model::{
    ClipCard, ClipLength, Column, ColumnKind, ColumnRole, CreationCard, GenerationType, ImageCard,
    LipsyncCard, MediaKind, SpeechCard, TextCard,
};
use leptos::prelude::*;

use super::super::cells::CellContent;
use super::super::grid_state::GridState;
use crate::error::AppError;

/// The fields of a card; cheap to copy. A field that a kind does not have is left alone.
#[derive(Clone, Copy, Debug)]
pub struct CardForm {
    /// Which kind of generation.
    pub kind: RwSignal<GenerationType>,
    /// What to make, or what to say.
    pub prompt: RwSignal<String>,
    /// What must not be seen.
    pub negative_prompt: RwSignal<String>,
    /// Which model.
    pub model: RwSignal<String>,
    /// Width to height.
    pub aspect_ratio: RwSignal<String>,
    /// Seconds, as text because it is chosen from a list.
    pub duration: RwSignal<String>,
    /// Which voice.
    pub voice: RwSignal<String>,
    /// The clip whose lips move.
    pub clip: RwSignal<String>,
    /// The sound they move to.
    pub sound: RwSignal<String>,
}

/// The kind that a column's cells are generated with, unless the person chooses another.
pub fn default_type(column: &Column) -> Option<GenerationType> {
    match (column.role, &column.kind) {
        (ColumnRole::Ingredient, ColumnKind::Text) => Some(GenerationType::Text),
        (ColumnRole::Ingredient, ColumnKind::Image) => Some(GenerationType::ImageFromText),
        (ColumnRole::Ingredient, ColumnKind::Video) => Some(GenerationType::VideoFromText),
        (ColumnRole::Ingredient, ColumnKind::Audio) => Some(GenerationType::SpeechFromText),
        _ => None,
    }
}

/// The clips and sounds of a row that a lipsync can use: id and column title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LipsyncSources {
    /// Clips.
    pub clips: Vec<(String, String)>,
    /// Sounds.
    pub sounds: Vec<(String, String)>,
}

/// What a lipsync in this row can use: the outputs its cells show. Tracks the rows.
pub fn lipsync_sources(state: GridState, row: usize) -> LipsyncSources {
    let columns = state.columns.get();
    let mut sources = LipsyncSources::default();
    let cells = state.rows.with(|rows| rows.get(row).map(|row| row.cells.clone()).unwrap_or_default());
    for (column, cell) in columns.iter().zip(cells) {
        let Some(generation) = cell.as_ref().and_then(|cell| cell.default_generation.as_ref()) else {
            continue;
        };
        for output in generation.outputs.iter().take(1).filter(|_| column.role == ColumnRole::Ingredient) {
            let entry = (output.id.to_string(), column.title.clone());
            match output.kind() {
                MediaKind::Video => sources.clips.push(entry),
                MediaKind::Audio => sources.sounds.push(entry),
                MediaKind::Image | MediaKind::Other => {}
            }
        }
    }
    sources
}

impl CardForm {
    /// A card for a cell: what was last sent for it, or a sensible beginning. `None` where a cell has no card.
    pub fn begin(
        content: &CellContent,
        row_texts: &[(String, String)],
        sources: &LipsyncSources,
    ) -> Option<Self> {
        let kind = default_type(&content.column)?;
        let first = |list: &[(String, String)]| list.first().map(|(id, _)| id.clone()).unwrap_or_default();
        let form = Self {
            kind: RwSignal::new(kind.clone()),
            prompt: RwSignal::default(),
            negative_prompt: RwSignal::default(),
            model: RwSignal::new(first_word(kind.models())),
            aspect_ratio: RwSignal::new(first_word(kind.aspect_ratios())),
            duration: RwSignal::new("5".to_owned()),
            voice: RwSignal::default(),
            clip: RwSignal::new(first(&sources.clips)),
            sound: RwSignal::new(first(&sources.sounds)),
        };
        match content.work.as_ref().and_then(|work| work.card.clone()) {
            Some(card) => form.fill(card),
            None if kind == GenerationType::SpeechFromText => form.prompt.set(script_of(row_texts)),
            None => {}
        }
        Some(form)
    }

    /// Changes the kind, with a model that kind has.
    pub fn choose_type(self, kind: GenerationType) {
        self.model.set(first_word(kind.models()));
        if let Some(ratio) = kind.aspect_ratios().first() {
            self.aspect_ratio.set((*ratio).to_owned());
        }
        self.kind.set(kind);
    }

    /// Chooses the first clip and the first sound where the chosen one is none of the row's any more.
    pub fn keep_to(self, sources: &LipsyncSources) {
        for (chosen, list) in [(self.clip, &sources.clips), (self.sound, &sources.sounds)] {
            let gone = chosen.with_untracked(|chosen| !list.iter().any(|(id, _)| id == chosen));
            if let (true, Some((id, _))) = (gone, list.first()) {
                chosen.set(id.clone());
            }
        }
    }

    /// The card to send, or which field is not ready. Tracks what is typed.
    pub fn card(self, row_texts: &[(String, String)]) -> Result<CreationCard, AppError> {
        let prompt = self.prompt.get();
        let needed = |label: &str, text: &str, why: &str| match text.trim() {
            "" => Err(AppError::invalid(label, format!("{label} is empty: {why}"))),
            _ => Ok(()),
        };
        let variables = used_variables(&prompt, row_texts);
        let (model, ratio) = (self.model.get(), self.aspect_ratio.get());
        let (model, ratio) = (model.as_str(), ratio.as_str());
        match self.kind.get() {
            GenerationType::Text => {
                needed("Prompt", &prompt, "say what to write.")?;
                Ok(CreationCard::Text(TextCard { variables, ..TextCard::new(prompt, model.into()) }))
            }
            GenerationType::ImageFromText => {
                needed("Prompt", &prompt, "say what to show.")?;
                let card = ImageCard::new(prompt, model.into(), ratio.into());
                Ok(CreationCard::ImageFromText(ImageCard { variables, ..card }))
            }
            GenerationType::VideoFromText => {
                needed("Prompt", &prompt, "say what happens.")?;
                let seconds = self.duration.get().parse().ok();
                let length = seconds.and_then(|seconds: u32| ClipLength::try_from(seconds).ok());
                let negative = Some(self.negative_prompt.get()).filter(|text| !text.trim().is_empty());
                let card = ClipCard::new(prompt, model.into(), ratio.into(), length.unwrap_or_default());
                let negative_prompt = negative.map(Into::into);
                Ok(CreationCard::VideoFromText(ClipCard { negative_prompt, variables, ..card }))
            }
            GenerationType::SpeechFromText => {
                needed("Script", &prompt, "say what to say.")?;
                let voice = self.voice.get();
                let voice_id =
                    voice.parse().map_err(|_| AppError::invalid("Voice", "Choose a voice first."))?;
                Ok(CreationCard::SpeechFromText(SpeechCard::new(prompt, voice_id)))
            }
            GenerationType::Lipsync => {
                let (clip, sound) = (self.clip.get(), self.sound.get());
                let none = |what: &str| {
                    AppError::invalid(what, format!("{what}: this row has none yet; generate one first."))
                };
                Ok(CreationCard::Lipsync(LipsyncCard {
                    model: model.into(),
                    video_resource_id: clip.parse().map_err(|_| none("Clip"))?,
                    audio_resource_id: sound.parse().map_err(|_| none("Sound"))?,
                }))
            }
            other => Err(AppError::invalid("Kind", format!("Reelsheet cannot start “{other}” yet."))),
        }
    }

    fn fill(self, card: CreationCard) {
        self.choose_type(card.generation_type());
        if let Some((_, words)) = card.words() {
            self.prompt.set(words.to_owned());
        }
        if let Some(model) = card.model() {
            self.model.set(model.to_owned());
        }
        if let Some(ratio) = card.aspect_ratio() {
            self.aspect_ratio.set(ratio.to_owned());
        }
        if let Some(length) = card.duration() {
            self.duration.set(length.seconds().to_string());
        }
        match card {
            CreationCard::VideoFromText(card) => {
                let negative = card.negative_prompt.as_ref().and_then(|negative| negative.said());
                self.negative_prompt.set(negative.unwrap_or_default().to_owned());
            }
            CreationCard::SpeechFromText(card) => self.voice.set(card.voice_id.to_string()),
            CreationCard::Lipsync(card) => {
                self.clip.set(card.video_resource_id.to_string());
                self.sound.set(card.audio_resource_id.to_string());
            }
            // Kinds without a form of their own yet keep the form's beginning.
            _ => {}
        }
    }
}

fn first_word(words: &[&str]) -> String {
    words.first().copied().unwrap_or_default().to_owned()
}

/// The text that a voice most likely reads: the SCRIPT column, else the longest text of the row.
fn script_of(row_texts: &[(String, String)]) -> String {
    let script =
        row_texts.iter().find(|(title, text)| title.eq_ignore_ascii_case("script") && !text.is_empty());
    let longest = || row_texts.iter().max_by_key(|(_, text)| text.len());
    script.or_else(longest).map(|(_, text)| text.clone()).unwrap_or_default()
}

/// The row's texts that a prompt names as `{{TITLE}}`.
fn used_variables(prompt: &str, row_texts: &[(String, String)]) -> BTreeMap<String, String> {
    let named = |title: &str| prompt.contains(&format!("{{{{{title}}}}}"));
    row_texts.iter().filter(|(title, _)| named(title)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Vec<(String, String)> {
        [("HOOK", "Hot"), ("SCRIPT", "A mug."), ("NOTE", "Longer than both others")]
            .map(|(a, b)| (a.into(), b.into()))
            .to_vec()
    }

    #[test]
    fn a_prompt_takes_along_the_texts_it_names() {
        let used = used_variables("Write about {{HOOK}} and {{NOTHING}}", &texts());
        assert_eq!(used, BTreeMap::from([("HOOK".to_owned(), "Hot".to_owned())]));
    }

    #[test]
    fn a_voice_reads_the_script() {
        assert_eq!(script_of(&texts()), "A mug.");
        assert_eq!(script_of(&texts()[2..]), "Longer than both others");
        assert_eq!(script_of(&[]), "");
    }
}
