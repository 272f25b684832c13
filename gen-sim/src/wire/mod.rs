//! GEN's JSON, as its documentation writes it; see the shapes in the reference, operation by operation.

mod vidsheet;

use serde_json::{Map, Value, json};

use crate::clock::iso;
use crate::media;
use crate::world::{
    Agent, Conversation, Idea, Job, Make, Message, Organization, Resource, Row, Run, Template, User, World,
};

/// Turns tables into answers. Holds what every shape may need: the world, and where media is served.
pub struct Wire<'a> {
    pub world: &'a World,
    pub media_base: &'a str,
    /// Add `execution_cost` to rows and cells.
    pub with_cost: bool,
}

impl Wire<'_> {
    pub fn user(&self, user: &User) -> Value {
        json!({"id": user.id, "email": user.email, "name": user.name, "username": user.username, "created_at": iso(user.created_ms)})
    }

    pub fn organization(&self, organization: &Organization, user: u64) -> Value {
        let (whole, small) = self.portrait(organization.scene, organization.picture.as_deref());
        json!({
            "id": organization.id,
            "uuid": organization.uuid,
            "organization_id": organization.id,
            "name": organization.name,
            "avatar": {"url": whole, "thumbnail_url": small},
            "user_role": organization.members.get(&user),
            "credit": credits(organization.generic + organization.aura),
            "available_credit": {"generic": credits(organization.generic), "aura": credits(organization.aura)},
            "total_members": organization.members.len(),
            "credit_plan": {"id": 1, "name": organization.plan, "cycle": "MONTHLY"},
        })
    }

    /// An entry of the agents list.
    pub fn agent(&self, agent: &Agent, user: u64) -> Value {
        let organization =
            self.world.organizations.iter().find(|organization| organization.id == agent.organization_id);
        json!({
            "id": agent.id,
            "name": agent.name,
            "workspace_id": agent.organization_id,
            "description": agent.description,
            "primary_avatar_url": self.primary_avatar(agent).1,
            "role": self.world.role(user, agent.organization_id),
            "organization": organization.map(|organization| &organization.name),
            "time_zone": agent.time_zone,
            "tiktok_integration": true,
            "tiktok_social_account": false,
            "degods": false,
            "shared_users": [],
            "default_user_voice": self.detailed_voice(agent),
        })
    }

    pub fn agent_detail(&self, agent: &Agent, user: u64) -> Value {
        let (avatar_id, avatar_url) = self.primary_avatar(agent);
        json!({
            "id": agent.id,
            "name": agent.name,
            "description": agent.description,
            "organization_id": agent.organization_id,
            "time_zone": agent.time_zone,
            "primary_avatar_id": avatar_id,
            "primary_avatar_url": avatar_url,
            "agent_setup_project_id": null,
            "role": self.world.role(user, agent.organization_id),
            "default_user_voice": self.detailed_voice(agent),
        })
    }

    pub fn avatars(&self, agent: &Agent) -> Vec<Value> {
        let one = |avatar: &crate::world::Avatar| {
            let (whole, small) = self.portrait(avatar.scene, avatar.picture.as_deref());
            json!({
                "id": avatar.id,
                "is_primary": avatar.is_primary,
                "url": whole,
                "thumbnail_url": small,
                "degod_avatar_id": avatar.degod_avatar_id,
            })
        };
        agent.avatars.iter().map(one).collect()
    }

    /// The flat Agent Core with every documented field, unset ones null or empty.
    pub fn core(&self, agent: &Agent) -> Value {
        let mut core = Map::from_iter([("agent_id".to_owned(), json!(agent.id))]);
        for (field, unset) in crate::routes::core::FIELDS {
            let unset = if *unset { json!([]) } else { Value::Null };
            core.insert((*field).to_owned(), agent.core.get(*field).cloned().unwrap_or(unset));
        }
        Value::Object(core)
    }

    pub fn conversation(&self, conversation: &Conversation) -> Value {
        let runs = self.world.runs.iter().filter(|run| run.conversation_id == conversation.id).count();
        json!({
            "id": conversation.id,
            "agent_id": conversation.agent_id,
            "title": conversation.title,
            "pinned": conversation.pinned,
            "created_at": iso(conversation.created_ms),
            "updated_at": iso(conversation.updated_ms),
            "run_count": runs,
        })
    }

    pub fn messages(&self, messages: &[Message]) -> Vec<Value> {
        let one = |message: &Message| {
            let mut data = message.data.clone();
            for idea in data.get_mut("ideas").and_then(Value::as_array_mut).into_iter().flatten() {
                self.address_assets(&mut idea["data"]);
            }
            json!({"role": message.role, "content": message.content, "data": data, "created_at": iso(message.created_ms)})
        };
        messages.iter().map(one).collect()
    }

    pub fn run(&self, run: &Run) -> Value {
        json!({
            "run_id": run.id,
            "conversation_id": run.conversation_id,
            "status": run.status,
            "messages": self.messages(&run.messages),
        })
    }

    /// A run's checklist and thoughts, as far as it is.
    pub fn run_steps(&self, run: &Run) -> Value {
        let ended = run.status == "completed";
        let done = if ended { PLAN.len() } else { usize::from(run.phase) * 2 + 1 };
        let tick =
            |(n, words): (usize, &&str)| format!("{}. [{}] {words}", n + 1, if n < done { 'x' } else { ' ' });
        let plan: Vec<String> = PLAN.iter().enumerate().map(tick).collect();
        let thinking = PLAN.get(done).map(|next| format!("Now I {}.", next.to_lowercase()));
        json!({"status": run.status, "plan": plan, "thinking": thinking, "messages": self.messages(&run.messages)})
    }

    /// Gives the material of an idea its whole address.
    fn address_assets(&self, data: &mut Value) {
        let assets = data.get_mut("selected_assets").and_then(Value::as_array_mut);
        for asset in assets.into_iter().flatten().filter_map(Value::as_object_mut) {
            *asset = self.with_host(asset, "url");
        }
    }

    pub fn idea(&self, idea: &Idea) -> Value {
        let mut data = idea.data.clone();
        self.address_assets(&mut data);
        json!({
            "id": idea.id,
            "idea_id": idea.ordinal,
            "agent_id": idea.agent_id,
            "title": idea.title,
            "hook": idea.hook,
            "full_script": idea.script,
            "description": idea.description,
            "video_type": video_type(idea.video_type_id),
            "video_type_id": idea.video_type_id,
            "status": idea.status,
            "estimated_duration": idea.seconds,
            "aspect_ratio": idea.ratio,
            "data": data,
            "created_at": iso(idea.created_ms),
            "updated_at": iso(idea.updated_ms),
        })
    }

    pub fn template(&self, template: &Template) -> Value {
        let recents: Vec<Value> = (template.recents.iter().enumerate())
            .map(|(n, (kind, scene))| json!({"id": template.id * 100 + n as u64, "type": kind, "thumbnail_url": self.art(*scene, "9:16", 's')}))
            .collect();
        json!({
            "id": template.id,
            "slug": template.slug,
            "title": template.title,
            "name": template.title,
            "description": template.description,
            "cover": self.art(template.scene, "9:16", 'm'),
            "tutorial_url": null,
            "tags": template.tags,
            "recent_generated_contents": recents,
        })
    }

    /// The recents of a template's detail: what can be played has an address of its own.
    pub fn recent_renders(&self, template: &Template) -> Value {
        let clip_of = |wanted: usize| {
            let shows =
                |resource: &&Resource| matches!(&resource.make, Make::Clip { scene, .. } if *scene == wanted);
            self.world.resources.values().find(shows).map(|resource| self.url(resource))
        };
        let recents = template.recents.iter().enumerate().map(|(n, (kind, scene))| {
            json!({"id": template.id * 100 + n as u64, "type": kind, "thumbnail_url": self.art(*scene, "9:16", 's'), "url": clip_of(*scene)})
        });
        recents.collect()
    }

    /// The row that a clone begins with: one empty cell per column, the stack in the video's.
    pub fn template_rows(&self, template: &Template) -> Value {
        let id = template.id * 1000;
        let stack = [("B-roll", "clip"), ("Voice", "sound"), ("Captions", "caption"), ("Title", "text")];
        let cells: Vec<Value> = (template.columns.iter().enumerate())
            .map(|(n, (_, _, role))| {
                let layers: Vec<Value> = (stack.iter().enumerate())
                    .filter(|_| role == "video")
                    .map(|(at, (name, kind))| json!({"id": id * 10 + at as u64, "name": name, "type": kind, "position": at}))
                    .collect();
                json!({"id": id + n as u64 + 1, "column_id": template.id * 100 + n as u64, "value": null, "video_layers": layers})
            })
            .collect();
        json!([{"id": id, "position": 0, "spreadsheet_cells": cells}])
    }

    pub fn job(&self, job: &Job) -> Value {
        let outputs: Vec<Value> = (job.outputs.iter())
            .filter_map(|id| self.world.resources.get(id))
            .map(|resource| {
                let content_type = media::content_type(&resource.make);
                json!({
                    "id": resource.id,
                    "url": self.url(resource),
                    "thumbnail_url": self.thumbnail(resource),
                    "object_type": content_type.split('/').next(),
                    "type": "output",
                })
            })
            .collect();
        let cost = if job.status == "completed" { json!(job.cost) } else { Value::Null };
        json!({
            "id": job.id,
            "status": job.status,
            "user_job_type": user_job_type(&job.card),
            "result": job.result,
            "failed_reason": job.failed_reason,
            "output_resources": outputs,
            "execution_cost": cost,
        })
    }

    pub fn resource(&self, resource: &Resource) -> Value {
        json!({
            "id": resource.id,
            "url": self.url(resource),
            "thumbnail_url": self.thumbnail(resource),
            "file_name": resource.name,
            "content_type": media::content_type(&resource.make),
        })
    }

    fn jobs(&self, ids: &[u64]) -> Vec<Value> {
        ids.iter().filter_map(|id| self.world.jobs.get(id)).map(|job| self.job(job)).collect()
    }

    fn job_by_id(&self, id: Option<u64>) -> Value {
        id.and_then(|id| self.world.jobs.get(&id)).map_or(Value::Null, |job| self.job(job))
    }

    fn row_cost(&self, row: &Row) -> f64 {
        row.cells.iter().map(|cell| self.cost(&cell.jobs)).sum()
    }

    fn cost(&self, jobs: &[u64]) -> f64 {
        let completed =
            jobs.iter().filter_map(|id| self.world.jobs.get(id)).filter(|job| job.status == "completed");
        // Adding to a positive zero keeps the sum of nothing from being written as -0.0.
        completed.map(|job| job.cost).fold(0.0, |sum, cost| sum + cost)
    }

    fn primary_avatar(&self, agent: &Agent) -> (Option<u64>, Option<String>) {
        let primary = agent.avatars.iter().find(|avatar| avatar.is_primary);
        (
            primary.map(|avatar| avatar.id),
            primary.map(|avatar| self.portrait(avatar.scene, avatar.picture.as_deref()).1),
        )
    }

    fn detailed_voice(&self, agent: &Agent) -> Value {
        let chosen = agent
            .core
            .get("default_user_voice")
            .and_then(|voice| voice.get("voice_id"))
            .and_then(Value::as_str);
        let voice = self.world.voices.iter().find(|voice| Some(voice.voice_id.as_str()) == chosen);
        voice.map_or(Value::Null, |voice| {
            let provider = if voice.source == "public" { "eleven_labs" } else { "user_voice_resource" };
            let url = self.voice_preview(&voice.voice_id);
            json!({"id": voice.voice_id, "name": voice.name, "gender": voice.gender, "language": "English", "provider": provider, "url": url})
        })
    }

    /// Where a voice can be heard.
    pub fn voice_preview(&self, voice_id: &str) -> String {
        format!("{}/media/voice/{voice_id}.wav", self.media_base)
    }

    fn url(&self, resource: &Resource) -> String {
        format!("{}/media/files/{}/{}", self.media_base, resource.id, resource.name)
    }

    fn thumbnail(&self, resource: &Resource) -> Option<String> {
        match &resource.make {
            Make::Picture { scene, ratio, .. } | Make::Clip { scene, ratio } => {
                Some(self.art(*scene, ratio, 's'))
            }
            Make::Film(film) => Some(self.art(film.scene, &film.ratio, 's')),
            Make::Stored { content_type, .. } if content_type.starts_with("image/") => {
                Some(self.url(resource))
            }
            Make::Speech { .. } | Make::Stored { .. } => None,
        }
    }

    /// The picture and the small one of an avatar or an organization: the uploaded one when there is one.
    fn portrait(&self, scene: usize, picture: Option<&str>) -> (String, String) {
        match picture {
            Some(key) => {
                let url = format!("{}/media/stored/{key}", self.media_base);
                (url.clone(), url)
            }
            None => (self.art(scene, "1:1", 'm'), self.art(scene, "1:1", 's')),
        }
    }

    /// A picture of a scene without words; size `s` for thumbnails, `m` for covers.
    fn art(&self, scene: usize, ratio: &str, size: char) -> String {
        format!("{}/media/art/{scene}-{}-{size}.png", self.media_base, ratio.replace(':', "x"))
    }
}

/// What every run does, in order.
const PLAN: [&str; 4] = [
    "Read what the brand stands for",
    "Look at what the watched accounts posted",
    "Write it down",
    "Check it against the standing rules",
];

/// Credits as GEN writes them: text with one decimal.
pub fn credits(amount: f64) -> String {
    format!("{amount:.1}")
}

/// GEN's word for an idea's video type.
pub fn video_type(id: u64) -> &'static str {
    match id {
        1 => "talking_avatar",
        2 => "green_screen",
        3 => "montage",
        4 => "text_driven",
        5 => "pov_object",
        6 => "voiceover",
        8 => "split_screen",
        9 => "skit",
        _ => "any",
    }
}

fn user_job_type(card: &str) -> &str {
    match card {
        "image_from_text" => "image_generation",
        "video_from_text" | "video_from_image" | "video_from_ingredients" => "video_generation",
        other => other,
    }
}
