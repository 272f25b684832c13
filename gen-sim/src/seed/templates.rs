//! The templates: GEN's seven starter slugs and two more.

use super::uuid;
use crate::world::Template;

type Columns = &'static [(&'static str, &'static str, &'static str)];

const TALKING: Columns = &[
    ("TEXT 1", "text", "ingredient"),
    ("SCRIPT", "text", "ingredient"),
    ("VOICE", "audio", "ingredient"),
    ("VIDEO", "video", "video"),
    ("FINAL VIDEO", "video", "final_video"),
    ("STATS", "stats", "stats"),
];
const BROLL: Columns = &[
    ("HOOK", "text", "ingredient"),
    ("SCRIPT", "text", "ingredient"),
    ("HERO", "image", "ingredient"),
    ("VOICE", "audio", "ingredient"),
    ("B-ROLL", "video", "ingredient"),
    ("VIDEO", "video", "video"),
    ("FINAL VIDEO", "video", "final_video"),
    ("STATS", "stats", "stats"),
];
const TEXT_DRIVEN: Columns = &[
    ("TEXT 1", "text", "ingredient"),
    ("TEXT 2", "text", "ingredient"),
    ("PROMPT", "text", "ingredient"),
    ("VIDEO", "video", "video"),
    ("FINAL VIDEO", "video", "final_video"),
    ("STATS", "stats", "stats"),
];

/// Slug, title, description, cover scene, tags, columns, and the scenes of what others made.
const TEMPLATES: &[(&str, &str, &str, usize, &[&str], Columns, &[usize])] = &[
    (
        "tiktok-talking-avatar",
        "TikTok Talking Avatar",
        "A presenter speaks your script to the camera, with captions word by word.",
        3,
        &["tiktok", "talking_avatar", "lipsync"],
        TALKING,
        &[3, 4, 0],
    ),
    (
        "tiktok-montage",
        "TikTok Montage",
        "Short cuts over one voice. Good for process and before and after.",
        9,
        &["tiktok", "montage"],
        BROLL,
        &[9, 8, 2],
    ),
    (
        "tiktok-vo-broll",
        "TikTok Voiceover and B-roll",
        "A narrated story over generated footage, hero image first.",
        8,
        &["tiktok", "voiceover", "b-roll"],
        BROLL,
        &[8, 1, 5],
    ),
    (
        "tiktok-text-driven",
        "TikTok Text-Driven",
        "Two lines of text carry the video. No voice needed.",
        6,
        &["tiktok", "text_driven"],
        TEXT_DRIVEN,
        &[6, 7],
    ),
    (
        "tiktok-split-screen",
        "TikTok Split Screen",
        "Two clips side by side: compare, react, guess first.",
        10,
        &["tiktok", "split_screen"],
        TEXT_DRIVEN,
        &[10, 5],
    ),
    (
        "ig-reel-story",
        "Instagram Reel Story",
        "A personal story in three beats, vertical, with soft captions.",
        4,
        &["instagram", "voiceover", "story"],
        TALKING,
        &[4, 1, 0],
    ),
    (
        "yt-short-explainer",
        "YouTube Short Explainer",
        "One question, one answer, one picture to remember.",
        7,
        &["youtube", "voiceover", "explainer"],
        BROLL,
        &[7, 6, 2],
    ),
    (
        "tiktok-pov-object",
        "POV Object",
        "The object tells the story: a first-person view without a face.",
        0,
        &["tiktok", "pov_object"],
        BROLL,
        &[0, 3],
    ),
    (
        "tiktok-skit",
        "Two-Voice Skit",
        "A dialogue between two voices with a turn at the end.",
        11,
        &["tiktok", "skit"],
        TALKING,
        &[11],
    ),
];

pub fn templates() -> Vec<Template> {
    let one = |(n, (slug, title, description, scene, tags, columns, recents)): (
        usize,
        &(&str, &str, &str, usize, &[&str], Columns, &[usize]),
    )| {
        let id = n as u64 + 1;
        Template {
            id,
            slug: (*slug).to_owned(),
            uuid: uuid(7000 + id),
            title: (*title).to_owned(),
            description: (*description).to_owned(),
            scene: *scene,
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            columns: columns
                .iter()
                .map(|(title, kind, role)| {
                    ((*title).to_owned(), (*kind).to_owned(), (*role).to_owned())
                })
                .collect(),
            recents: recents
                .iter()
                .map(|scene| ("video".to_owned(), *scene))
                .collect(),
        }
    };
    TEMPLATES.iter().enumerate().map(one).collect()
}
