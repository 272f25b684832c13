//! The idea board of the seeded studio, over all eight statuses.

use super::stories::STORIES;
use super::{OTHER_AGENT, SEEDED_AGENT};
use crate::idea_writing;
use crate::world::{Idea, World};
use crate::writing::hash;

/// Which story has which status, and how many hours ago it was proposed.
const BOARD: &[(usize, &str, u64)] = &[
    (18, "generated", 2),
    (16, "generated", 2),
    (17, "generated", 2),
    (15, "generated", 2),
    (21, "generated", 3),
    (8, "approve_to_create", 26),
    (9, "approve_to_create", 26),
    (11, "approve_to_create", 49),
    (12, "approve_to_create", 50),
    (2, "ready_for_review", 52),
    (3, "ready_for_review", 53),
    (4, "ready_for_review", 74),
    (5, "ready_for_review", 75),
    (0, "approved_to_post", 98),
    (10, "approved_to_post", 99),
    (13, "approved_to_post", 122),
    (1, "posted", 146),
    (7, "posted", 195),
    (14, "posted", 219),
    (22, "change_idea", 100),
    (23, "change_video", 120),
    (20, "rejected", 150),
];
const HOUR_MS: u64 = 3600 * 1000;

/// Puts the ideas on the boards; the newest five are the set that the pinned conversation refines.
pub fn ideas(world: &mut World, now: u64) {
    let sources = ["@claylab", "@studio.oma", "@kilnwatch", "@tidepottery"];
    for (n, (story, status, hours)) in BOARD.iter().enumerate() {
        let story = &STORIES[*story];
        let salt = hash(story.title);
        let at = now - hours * HOUR_MS;
        let id = world.new_id();
        world.ideas.push(Idea {
            id,
            ordinal: n as u64 % 5 + 1,
            agent_id: SEEDED_AGENT.to_owned(),
            title: story.title.to_owned(),
            hook: story.hook.to_owned(),
            // The vidsheet fills in its variables; an idea has none.
            script: story
                .script
                .replace("{{brand}}", "Kiln & Tide")
                .replace("{{kiln}}", "the kiln")
                .replace("{{years}}", "eleven years")
                .replace("{{join}}", "join")
                .replace("{{beach}}", "our beach")
                .replace("{{shelf}}", "shelf"),
            description: format!(
                "{} {} seconds, shot at the bench, one object from start to finish.",
                story.hook, story.seconds
            ),
            video_type_id: story.video_type_id,
            status: (*status).to_owned(),
            seconds: story.seconds,
            ratio: "9:16".to_owned(),
            data: idea_writing::data(
                story.title,
                "the studio bench",
                story.seconds,
                sources[n % sources.len()],
                salt,
            ),
            created_ms: at,
            updated_ms: at,
        });
    }
    let newest: Vec<u64> = world.ideas.iter().take(5).map(|idea| idea.id).collect();
    if let Some(conversation) = world.conversations.first_mut() {
        conversation.newest_ideas = newest;
    }
    idea_writing::write(world, OTHER_AGENT, "seed", 2, now - 30 * HOUR_MS);
}

/// Eight more from earlier weeks, so that the board holds thirty.
pub fn older_ideas(world: &mut World, now: u64) {
    let statuses = ["posted", "posted", "posted", "posted", "rejected", "rejected", "posted", "change_idea"];
    let ids = idea_writing::write(world, SEEDED_AGENT, "earlier weeks", statuses.len(), now - 400 * HOUR_MS);
    for (n, (id, status)) in ids.iter().zip(statuses).enumerate() {
        for idea in world.ideas.iter_mut().filter(|idea| idea.id == *id) {
            idea.status = status.to_owned();
            // Two proposals may fall on the same angle; a board with twins would be strange.
            idea.title = format!("{}, part {}", idea.title, n + 2);
            idea.created_ms -= n as u64 * 24 * HOUR_MS;
            idea.updated_ms = idea.created_ms;
        }
    }
}
