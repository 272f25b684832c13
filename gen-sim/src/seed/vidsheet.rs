//! Vidsheets: blank ones, ones from a template, and what every one is made of.

use serde_json::{Map, Value, json};

use super::{object, uuid};
use crate::world::{Cell, Column, Layer, Row, Template, Vidsheet, World};

/// A vidsheet without columns or rows. It is not in the world yet.
pub fn blank_vidsheet(world: &mut World, agent_id: &str, title: &str, now: u64) -> Vidsheet {
    let id = world.new_id();
    let words: String =
        title.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    Vidsheet {
        id,
        slug: format!("{}-{id}", words.trim_matches('-')),
        uuid: uuid(id),
        title: title.to_owned(),
        agent_id: agent_id.to_owned(),
        is_default: false,
        created_ms: now,
        updated_ms: now,
        columns: Vec::new(),
        rows: Vec::new(),
        variables: Vec::new(),
    }
}

/// What cloning a template makes: its columns, one row, and the usual layers in the video cell.
pub fn vidsheet_from(world: &mut World, template: &Template, agent_id: &str, now: u64) -> Vidsheet {
    let mut sheet = blank_vidsheet(world, agent_id, &template.title, now);
    sheet.slug = format!("{}-{}", template.slug, sheet.id);
    sheet.columns =
        template.columns.iter().map(|(title, kind, role)| column(world, title, kind, role, now)).collect();
    let mut row = empty_row(world, &sheet, now);
    for (cell, column) in row.cells.iter_mut().zip(&sheet.columns) {
        if column.role == "video" {
            cell.layers = layers(world, &[], 15, 4, now);
        }
    }
    sheet.rows.push(row);
    sheet
}

/// The usual stack, bottom to top: the first `count` of clip, voice, captions, title, music and watermark.
pub fn layers(world: &mut World, sources: &[String], seconds: u64, count: usize, now: u64) -> Vec<Layer> {
    let frames = seconds * 30;
    let source = |n: usize| sources.get(n).cloned().unwrap_or_default();
    let stack = [
        (
            "B-roll",
            "clip",
            json!({"src": source(0), "from": 0, "durationInFrames": frames, "totalDuration": frames, "width": 1080, "height": 1920, "left": 0, "top": 0, "styles": {"objectFit": "cover", "volume": 0.0}}),
        ),
        (
            "Voice",
            "sound",
            json!({"src": source(1), "from": 15, "durationInFrames": frames - 30, "totalDuration": frames, "styles": {"volume": 1.0}}),
        ),
        (
            "Captions",
            "caption",
            json!({"from": 15, "durationInFrames": frames - 30, "template": "word by word", "styles": {"color": "#ffffff"}}),
        ),
        (
            "Title",
            "text",
            json!({"content": "{{HOOK}}", "from": 0, "durationInFrames": 60, "left": 90, "top": 240, "width": 900, "height": 220, "styles": {"fontSize": "64px", "fontWeight": "700", "color": "#ffffff", "textAlign": "center"}}),
        ),
        (
            "Room tone",
            "sound",
            json!({"src": "", "from": 0, "durationInFrames": frames, "totalDuration": frames, "styles": {"volume": 0.2}}),
        ),
        (
            "Watermark",
            "text",
            json!({"content": "{{brand}}", "from": 0, "durationInFrames": frames, "left": 760, "top": 1780, "width": 280, "height": 60, "styles": {"fontSize": "28px", "color": "#ffffff"}}),
        ),
    ];
    let one = |(name, kind, attributes): (&str, &str, Value)| Layer {
        id: world.new_id(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        attributes: object(attributes),
        default_job: None,
        jobs: Vec::new(),
        created_ms: now,
        updated_ms: now,
    };
    stack.into_iter().take(count).map(one).collect()
}

/// A column with nothing said about it.
pub fn column(world: &mut World, title: &str, kind: &str, role: &str, now: u64) -> Column {
    Column {
        id: world.new_id(),
        title: title.to_owned(),
        kind: kind.to_owned(),
        role: role.to_owned(),
        description: None,
        attributes: Map::new(),
        created_ms: now,
        updated_ms: now,
    }
}

/// A row with an empty cell per column.
pub fn empty_row(world: &mut World, sheet: &Vidsheet, now: u64) -> Row {
    let id = world.new_id();
    let cells = sheet.columns.iter().map(|column| Cell::empty(world.new_id(), column.id, now)).collect();
    Row { id, attributes: Map::new(), cells, created_ms: now, updated_ms: now }
}
