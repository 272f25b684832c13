//! Every noun's spellings on the wire. GEN's words end here.

use serde_json::{Map, Value, json};

use crate::decode::{Noun, Shape};
use crate::model::*;

/// As GEN and we both spell it.
pub(crate) static PLAIN: Shape = Shape { names: &[], nested: &[], mend: nothing };

static ORGANIZATION: Shape = Shape {
    names: &[&["id", "organization_id"], &["available_credits", "available_credit"]],
    nested: &[],
    mend: lift_picture,
};

static AGENT: Shape = Shape {
    names: &[&["id", "agent_id"], &["organization_id", "workspace_id"]],
    nested: &[],
    mend: |agent| {
        inner(agent, "organization_id", &["organization", "workspace"], "id");
        inner(agent, "organization_uuid", &["organization"], "uuid");
    },
};

static VOICE: Shape =
    Shape { names: &[&["voice_id", "id"], &["preview_url", "file_url", "url"]], nested: &[], mend: nothing };

static CORE: Shape = Shape { names: &[], nested: &[("default_user_voice", &VOICE)], mend: flatten_core };

static CORE_SAVED: Shape = Shape { names: &[], nested: &[], mend: only_sections };

static RUN: Shape = Shape { names: &[&["id", "run_id"]], nested: &[("messages", &MESSAGE)], mend: nothing };

static MESSAGE: Shape = Shape { names: &[&["data", "ideas"]], nested: &[], mend: nothing };

static CONVERSATION: Shape = Shape { names: &[&["id", "conversation_id"]], nested: &[], mend: nothing };

static IDEA: Shape = Shape { names: &[], nested: &[], mend: gather_idea_data };

static TEMPLATE: Shape = Shape {
    names: &[
        &["columns", "spreadsheet_columns"],
        &["rows", "spreadsheet_rows"],
        &["layers", "layer_stack", "video_layers"],
    ],
    nested: &[("columns", &COLUMN), ("layers", &LAYER)],
    mend: lift_layers,
};

static VIDSHEET: Shape = Shape {
    names: &[&["id", "engine_id"], &["columns", "spreadsheet_columns"], &["rows", "spreadsheet_rows"]],
    nested: &[("columns", &COLUMN), ("rows", &ROW)],
    mend: nothing,
};

static COLUMN: Shape =
    Shape { names: &[&["title", "name"], &["role", "column_role"]], nested: &[], mend: nothing };

static ROW: Shape = Shape {
    names: &[&["cells", "spreadsheet_cells"], &["cost", "execution_cost"]],
    nested: &[("cells", &CELL)],
    mend: nothing,
};

static CELL: Shape = Shape {
    names: &[
        &["column_id", "spreadsheet_column_id"],
        &["default_generation", "default_user_job"],
        &["generations", "user_jobs"],
        &["layers", "video_layers"],
        &["cost", "execution_cost"],
    ],
    nested: &[("default_generation", &GENERATION), ("generations", &GENERATION), ("layers", &LAYER)],
    mend: |cell| inner(cell, "column_id", &["spreadsheet_column", "column"], "id"),
};

static LAYER: Shape = Shape {
    names: &[&["default_generation", "default_user_job"], &["generations", "user_jobs"]],
    nested: &[("default_generation", &GENERATION), ("generations", &GENERATION)],
    mend: nothing,
};

static GENERATION: Shape = Shape {
    names: &[
        &["id", "generation_id", "user_job_id"],
        &["job_type", "user_job_type"],
        &["failed_reason", "error"],
        &["outputs", "output_resources"],
        &["cost", "execution_cost"],
    ],
    nested: &[("outputs", &RESOURCE)],
    mend: nothing,
};

static STARTED: Shape =
    Shape { names: &[&["id", "generation_id", "user_job_id"]], nested: &[], mend: nothing };

static RESOURCE: Shape = Shape {
    names: &[&["url", "file_url"], &["file_name", "filename"], &["content_type", "object_type", "type"]],
    nested: &[],
    mend: nothing,
};

static ELEVENLABS: Shape = Shape { names: &[], nested: &[], mend: lift_tier };

static VOICE_TEXT: Shape =
    Shape { names: &[&["text", "voice_sample", "voice_description"]], nested: &[], mend: nothing };

static VOICE_SAMPLE: Shape = Shape { names: &[&["id", "generation_id"]], nested: &[], mend: nothing };

static FOLDER: Shape = Shape { names: &[&["id", "asset_folder_id"]], nested: &[], mend: nothing };

static STORED: Shape =
    Shape { names: &[&["resource", "content_resource"]], nested: &[("resource", &RESOURCE)], mend: nothing };

static LIBRARY_ITEM: Shape = Shape {
    names: &[&["url", "file_url"], &["file_name", "filename"], &["content_type", "object_type"]],
    nested: &[],
    mend: name_the_kind,
};

static DIRECT_UPLOAD: Shape = Shape { names: &[], nested: &[], mend: lift_upload };

static VARIABLE: Shape = Shape { names: &[&["name", "key"]], nested: &[], mend: nothing };

macro_rules! nouns {
    ($($name:ident: $shape:ident, $one:expr, $many:expr;)*) => {$(
        impl Noun for $name {
            const SHAPE: &'static Shape = &$shape;
            const ONE: &'static [&'static str] = &$one;
            const MANY: &'static [&'static str] = &$many;
        }
    )*};
}

nouns! {
    GenUser: PLAIN, ["user"], [];
    Workspace: PLAIN, ["workspace"], ["workspaces"];
    Organization: ORGANIZATION, ["organization"], ["organizations"];
    Agent: AGENT, ["agent"], ["agents"];
    Avatar: PLAIN, ["avatar"], ["avatars"];
    AgentCore: CORE, ["core", "agent_core"], [];
    CoreSaved: CORE_SAVED, [], [];
    Voice: VOICE, ["voice"], ["voices"];
    Run: RUN, ["run"], ["runs"];
    Message: MESSAGE, ["message"], ["messages"];
    Conversation: CONVERSATION, ["conversation"], ["conversations"];
    Idea: IDEA, ["idea"], ["ideas"];
    Template: TEMPLATE, ["template", "project"], ["templates", "projects"];
    Column: COLUMN, ["column", "spreadsheet_column"], ["columns", "spreadsheet_columns"];
    Row: ROW, ["row", "spreadsheet_row"], ["rows", "spreadsheet_rows"];
    Cell: CELL, ["cell", "spreadsheet_cell"], ["cells", "spreadsheet_cells"];
    Layer: LAYER, ["layer", "video_layer"], ["layers", "video_layers"];
    Generation: GENERATION, ["generation", "user_job"], ["generations", "user_jobs"];
    GenerationStarted: STARTED, ["generation", "user_job"], [];
    ContentResource: RESOURCE, ["content_resource"], ["content_resources"];
    ElevenLabs: ELEVENLABS, [], [];
    KeyValidity: PLAIN, [], [];
    VoiceText: VOICE_TEXT, [], [];
    VoiceSample: VOICE_SAMPLE, ["sample"], ["samples"];
    ApiKeySummary: PLAIN, ["persisted_token"], ["persisted_tokens"];
    Folder: FOLDER, ["asset_folder"], ["asset_folders"];
    StoredResource: STORED, [], [];
    LibraryItem: LIBRARY_ITEM, [], ["asset_libraries", "assets"];
    DirectUpload: DIRECT_UPLOAD, [], [];
    AutomationConfig: PLAIN, ["automation_config"], [];
    DeliveryTest: PLAIN, [], [];
    AgentProfile: PLAIN, ["profile", "agent_profile"], [];
    Variable: VARIABLE, ["variable", "global_variable"], ["variables", "global_variables"];
}

impl Noun for Vidsheet {
    const SHAPE: &'static Shape = &VIDSHEET;
    const ONE: &'static [&'static str] = &["vidsheet", "spreadsheet", "engine", "project"];
    const MANY: &'static [&'static str] = &["vidsheets", "spreadsheets", "engines"];

    fn complete(&mut self) {
        self.fill_column_ids();
    }
}

fn nothing(_: &mut Map<String, Value>) {}

/// Takes a field out of an object that GEN sends in its place.
fn inner(object: &mut Map<String, Value>, field: &str, holders: &[&str], name: &str) {
    if object.contains_key(field) {
        return;
    }
    let found = holders.iter().find_map(|&holder| object.get(holder)?.get(name));
    if let Some(value) = found.filter(|value| !value.is_null()).cloned() {
        object.insert(field.to_owned(), value);
    }
}

/// Ideas inside messages carry at their top what the reference nests in `data` (D18).
fn gather_idea_data(idea: &mut Map<String, Value>) {
    let mut data = match idea.remove("data") {
        Some(Value::Object(data)) => data,
        _ => Map::new(),
    };
    for field in ["selected_assets", "project_manifest", "inspiration_sources", "rationale"] {
        if let Some(value) = idea.remove(field).filter(|_| data.get(field).is_none_or(Value::is_null)) {
            data.insert(field.to_owned(), value);
        }
    }
    idea.insert("data".to_owned(), Value::Object(data));
}

/// A template's layers stand in the video cell of its first row, as in a vidsheet.
fn lift_layers(template: &mut Map<String, Value>) {
    let lists = |cell: &Value| ["layers", "video_layers"].iter().find_map(|&name| cell.get(name)).cloned();
    let rows = template.remove("rows").unwrap_or_default();
    let cells =
        rows.as_array().into_iter().flatten().filter_map(|row| {
            ["cells", "spreadsheet_cells"].iter().find_map(|&name| row.get(name))?.as_array()
        });
    let stack =
        cells.flatten().filter_map(lists).find(|list| list.as_array().is_some_and(|list| !list.is_empty()));
    if let Some(stack) = stack {
        fill(template, "layers", stack);
    }
}

/// The core used to come in sections (D12); what is flat wins over them.
fn flatten_core(core: &mut Map<String, Value>) {
    for section in ["overview", "identity"] {
        if let Some(Value::Object(fields)) = core.remove(section) {
            for (field, value) in fields {
                fill(core, &field, value);
            }
        }
    }
    for (section, field) in [("voice", "default_user_voice"), ("accounts", "linked_accounts")] {
        if let Some(value) = core.remove(section) {
            fill(core, field, value);
        }
    }
    if let Some(Value::Array(sources)) = core.remove("inspiration") {
        let account = |source: &Value| Some(json!({ "handle": source.get("url")?, "item_type": "account" }));
        fill(core, "monitored", sources.iter().filter_map(account).collect());
    }
}

/// A picture comes in two sizes; the small one will do.
fn lift_picture(organization: &mut Map<String, Value>) {
    let picture = organization.remove("avatar").unwrap_or_default();
    for size in ["thumbnail_url", "url"] {
        if let Some(url) = picture.get(size) {
            fill(organization, "picture_url", url.clone());
        }
    }
}

/// The plan stands deep inside ElevenLabs' own answer.
fn lift_tier(status: &mut Map<String, Value>) {
    let user = status.remove("user");
    if let Some(tier) = user.as_ref().and_then(|user| user.pointer("/subscription/tier")) {
        fill(status, "tier", tier.clone());
    }
}

/// A thing of the library whose type is missing is a file if it has an address, else a folder.
fn name_the_kind(item: &mut Map<String, Value>) {
    let kind = if item.contains_key("url") { "ContentResource" } else { "AssetFolder" };
    fill(item, "type", kind.into());
}

/// Address and headers come nested, or at the top (D33). Other headers than these two are not for us to send.
fn lift_upload(upload: &mut Map<String, Value>) {
    let inner = match upload.remove("direct_upload") {
        Some(Value::Object(inner)) => inner,
        _ => Map::new(),
    };
    if let Some(url) = inner.get("url") {
        upload.insert("url".to_owned(), url.clone());
    }
    let headers = inner.get("headers").cloned().or_else(|| upload.remove("headers")).unwrap_or_default();
    for (header, field) in [("content-type", "content_type"), ("content-md5", "content_md5")] {
        let found =
            headers.as_object().into_iter().flatten().find(|(name, _)| name.eq_ignore_ascii_case(header));
        if let Some((_, value)) = found {
            upload.insert(field.to_owned(), value.clone());
        }
    }
    if let Some(checksum) = upload.get("checksum").cloned() {
        fill(upload, "content_md5", checksum);
    }
}

fn fill(object: &mut Map<String, Value>, field: &str, value: Value) {
    if object.get(field).is_none_or(Value::is_null) {
        object.insert(field.to_owned(), value);
    }
}

/// GEN's answer to a core patch may hold more than sections; a section says how it went.
fn only_sections(saved: &mut Map<String, Value>) {
    saved.retain(|_, section| section.get("status").is_some() || section.get("error").is_some());
}
