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

/// A template as it is written down here.
struct Ready {
    slug: &'static str,
    title: &'static str,
    description: &'static str,
    /// Of the cover.
    scene: usize,
    tags: &'static [&'static str],
    columns: Columns,
    /// The scenes of what others made with it.
    recents: &'static [usize],
}

const TEMPLATES: &[Ready] = &[
    Ready {
        slug: "tiktok-talking-avatar",
        title: "TikTok Talking Avatar",
        description: "A presenter speaks your script to the camera, with captions word by word.",
        scene: 3,
        tags: &["tiktok", "talking_avatar", "lipsync"],
        columns: TALKING,
        recents: &[3, 4, 0],
    },
    Ready {
        slug: "tiktok-montage",
        title: "TikTok Montage",
        description: "Short cuts over one voice. Good for process and before and after.",
        scene: 9,
        tags: &["tiktok", "montage"],
        columns: BROLL,
        recents: &[9, 8, 2],
    },
    Ready {
        slug: "tiktok-vo-broll",
        title: "TikTok Voiceover and B-roll",
        description: "A narrated story over generated footage, hero image first.",
        scene: 8,
        tags: &["tiktok", "voiceover", "b-roll"],
        columns: BROLL,
        recents: &[8, 1, 5],
    },
    Ready {
        slug: "tiktok-text-driven",
        title: "TikTok Text-Driven",
        description: "Two lines of text carry the video. No voice needed.",
        scene: 6,
        tags: &["tiktok", "text_driven"],
        columns: TEXT_DRIVEN,
        recents: &[6, 7],
    },
    Ready {
        slug: "tiktok-split-screen",
        title: "TikTok Split Screen",
        description: "Two clips side by side: compare, react, guess first.",
        scene: 10,
        tags: &["tiktok", "split_screen"],
        columns: TEXT_DRIVEN,
        recents: &[10, 5],
    },
    Ready {
        slug: "ig-reel-story",
        title: "Instagram Reel Story",
        description: "A personal story in three beats, vertical, with soft captions.",
        scene: 4,
        tags: &["instagram", "voiceover", "story"],
        columns: TALKING,
        recents: &[4, 1, 0],
    },
    Ready {
        slug: "yt-short-explainer",
        title: "YouTube Short Explainer",
        description: "One question, one answer, one picture to remember.",
        scene: 7,
        tags: &["youtube", "voiceover", "explainer"],
        columns: BROLL,
        recents: &[7, 6, 2],
    },
    Ready {
        slug: "tiktok-pov-object",
        title: "POV Object",
        description: "The object tells the story: a first-person view without a face.",
        scene: 0,
        tags: &["tiktok", "pov_object"],
        columns: BROLL,
        recents: &[0, 3],
    },
    Ready {
        slug: "tiktok-skit",
        title: "Two-Voice Skit",
        description: "A dialogue between two voices with a turn at the end.",
        scene: 11,
        tags: &["tiktok", "skit"],
        columns: TALKING,
        recents: &[11],
    },
];

/// All of them, numbered from 1.
pub fn templates() -> Vec<Template> {
    let owned = |text: &&str| (*text).to_owned();
    let one = |(n, ready): (usize, &Ready)| {
        let id = n as u64 + 1;
        Template {
            id,
            slug: ready.slug.to_owned(),
            uuid: uuid(7000 + id),
            title: ready.title.to_owned(),
            description: ready.description.to_owned(),
            scene: ready.scene,
            tags: ready.tags.iter().map(owned).collect(),
            columns: ready
                .columns
                .iter()
                .map(|(title, kind, role)| (owned(title), owned(kind), owned(role)))
                .collect(),
            recents: ready.recents.iter().map(|scene| ("video".to_owned(), *scene)).collect(),
        }
    };
    let mut templates: Vec<Template> = TEMPLATES.iter().enumerate().map(one).collect();
    templates.extend(PLATFORMS.iter().enumerate().flat_map(|(platform, name)| {
        FORMATS.iter().enumerate().map(move |(format, _)| plain(platform, name, format))
    }));
    templates
}

/// GEN has more templates than fit on a page: each format for each of these platforms.
const PLATFORMS: &[&str] = &["Instagram", "YouTube", "Facebook", "LinkedIn", "Pinterest", "Threads"];

/// Title, tag, description and columns.
const FORMATS: &[(&str, &str, &str, Columns)] = &[
    ("Presenter", "talking_avatar", "One person, one thought, straight to the camera.", TALKING),
    ("Process", "montage", "How a thing is made, in six cuts and one voice.", BROLL),
    ("Two Lines", "text_driven", "A claim, a pause, the answer. Text only.", TEXT_DRIVEN),
    ("Behind the Bench", "green_screen", "You in front of what you talk about.", TALKING),
    ("Before and After", "split_screen", "The same frame twice, a week apart.", TEXT_DRIVEN),
    ("Object Story", "pov_object", "The thing itself tells what happened to it.", BROLL),
];

fn plain(platform: usize, name: &str, format: usize) -> Template {
    let (title, tag, description, columns) = FORMATS[format];
    let id = (TEMPLATES.len() + platform * FORMATS.len() + format) as u64 + 1;
    let scene = (platform * 5 + format * 2) % crate::media::SCENES;
    let slug = format!("{name}-{title}").to_lowercase().replace(' ', "-");
    Template {
        id,
        uuid: uuid(7000 + id),
        title: format!("{name} {title}"),
        description: description.to_owned(),
        scene,
        tags: vec![name.to_lowercase(), tag.to_owned()],
        columns: columns
            .iter()
            .map(|(title, kind, role)| ((*title).to_owned(), (*kind).to_owned(), (*role).to_owned()))
            .collect(),
        recents: vec![("video".to_owned(), (scene + 3) % crate::media::SCENES)],
        slug,
    }
}
