//! How large a rendered row of ten seconds is, and how long the simulator takes to make it:
//! `cargo run --release -p gen-sim --example render`.
//!
//! The row has what a row usually has: a clip in the back, a picture laid over it, a title, captions and a voice.

use std::error::Error;
use std::time::Instant;

use futures::StreamExt;
use gen_client::model::*;
use gen_client::{AgentId, ApiKey, CellId, Config, GenClient, Idempotency, Upstream, VidsheetId};
use gen_sim::{DEMO_KEY, GenSim, Options, SEEDED_AGENT, SimMode};
use serde_json::{Map, Value, json};

/// Ten seconds, in frames at 30 a second.
const FRAMES: u32 = 300;
const SCRIPT: &str = "Nobody speaks. You hear it before you see it: the kiln door, the glaze that sings, eleven years of mugs.";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // At this pace every job is done before it is asked for.
    let mode = SimMode::Auto { speed: 1e9 };
    let sim = GenSim::start(Options { mode, strict: true, ..Options::default() }).await?;
    let config =
        Config { api_url: sim.api_url().parse()?, agent_url: sim.agent_url().parse()?, ..Config::default() };
    let upstream = Upstream::new(config)?;
    let client = upstream.client(ApiKey::new(DEMO_KEY.into())?);
    let agent: AgentId = SEEDED_AGENT.parse()?;
    let sheet = client.clone_template("tiktok-montage", &agent).await?;
    let (video, last) = (cell(&sheet, ColumnRole::Video)?, cell(&sheet, ColumnRole::FinalVideo)?);
    let stack = Stack { client: &client, agent: &agent, sheet: &sheet.id, cell: &video };
    stack.fill().await?;
    let begun = Instant::now();
    let started = client.render(&agent, &sheet.id, &last, &decision("render")).await?;
    let mut render = client.open_generation(&started.id).await?;
    while !render.status.is_final() {
        tokio::task::yield_now().await;
        render = client.open_generation(&started.id).await?;
    }
    let url =
        render.outputs.first().and_then(|output| output.url.as_deref()).ok_or("nothing was rendered")?;
    let mut body = upstream.media(url, None).await?.body;
    let mut bytes = 0;
    while let Some(chunk) = body.next().await {
        bytes += chunk?.len();
    }
    println!(
        "a row of {} s with {} layers: {:.0} KiB of MP4, asked for and fetched in {:.2} s",
        FRAMES / 30,
        stack.height().await?,
        bytes as f64 / 1024.0,
        begun.elapsed().as_secs_f64(),
    );
    sim.shutdown().await;
    Ok(())
}

/// The layers of a row.
struct Stack<'a> {
    client: &'a GenClient,
    agent: &'a AgentId,
    sheet: &'a VidsheetId,
    cell: &'a CellId,
}

impl Stack<'_> {
    async fn fill(&self) -> Result<(), Box<dyn Error>> {
        for layer in self.client.open_cell(self.agent, self.sheet, self.cell).await?.layers {
            self.client.delete_layer(self.agent, self.sheet, self.cell, &layer.id).await?;
        }
        let clip = ClipCard::new("The wheel turns", ClipModel::Veo3, ClipRatio::Vertical, ClipLength::Ten);
        let picture = ImageCard::new("A blue vase", ImageModel::GeminiImage, ImageRatio::Square);
        let voice = self.client.list_voices(self.agent, None).await?.remove(0).voice_id;
        let speech = SpeechCard::new(SCRIPT, voice);
        let corner = json!({ "left": 660, "top": 120, "width": 360, "height": 360 });
        let title = json!({ "content": "KILN AND TIDE", "left": 90, "top": 240, "width": 900, "height": 220,
            "styles": { "fontSize": "96px", "color": "#ffffff" } });
        self.add(LayerKind::Clip, json!({}), Some(CreationCard::VideoFromText(clip))).await?;
        self.add(LayerKind::Image, corner, Some(CreationCard::ImageFromText(picture))).await?;
        self.add(LayerKind::Text, title, None).await?;
        self.add(LayerKind::Sound, json!({}), Some(CreationCard::SpeechFromText(speech))).await?;
        let words = SCRIPT.split(' ').zip(0..).map(|(word, n)| {
            let start = f64::from(n) * 0.5;
            json!({ "word": word, "start": start, "end": start + 0.45 })
        });
        self.add(LayerKind::Caption, json!({ "captions": words.collect::<Vec<_>>() }), None).await
    }

    async fn add(
        &self,
        kind: LayerKind,
        mut attributes: Value,
        card: Option<CreationCard>,
    ) -> Result<(), Box<dyn Error>> {
        let height = u32::try_from(self.height().await?)?;
        let layer =
            self.client.create_layer(self.agent, self.sheet, self.cell, kind.as_str(), &kind, height).await?;
        attributes["from"] = json!(0);
        attributes["durationInFrames"] = json!(FRAMES);
        let attributes: Map<String, Value> = serde_json::from_value(attributes)?;
        let patch = LayerPatch { additional_attributes: Some(attributes), ..LayerPatch::default() };
        self.client.update_layer(self.agent, self.sheet, self.cell, &layer.id, &patch).await?;
        if let Some(card) = card {
            let decision = decision(kind.as_str());
            self.client
                .generate_layer(self.agent, self.sheet, self.cell, &layer.id, &card, &decision)
                .await?;
        }
        Ok(())
    }

    async fn height(&self) -> Result<usize, gen_client::Error> {
        Ok(self.client.open_cell(self.agent, self.sheet, self.cell).await?.layers.len())
    }
}

fn cell(sheet: &Vidsheet, role: ColumnRole) -> Result<CellId, &'static str> {
    let column = sheet.columns.iter().find(|column| column.role == role).ok_or("no such column")?;
    let cell = sheet.rows.first().and_then(|row| row.cell(&column.id)).ok_or("no such cell")?;
    Ok(cell.id.clone())
}

fn decision(name: &str) -> Idempotency {
    Idempotency(format!("example-{name}"))
}
