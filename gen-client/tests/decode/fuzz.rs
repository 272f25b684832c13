//! Random damage, several kinds at once, to every documented payload: it is read or refused in our words, never a
//! panic, and a refusal never quotes what it refuses. Each family of decoders has its own test.
//!
//! The random numbers begin with a fixed seed, so a failure comes back; how far they get depends on time. Each family
//! takes two seconds, or as long as `FUZZ_SECONDS` says: `make fuzz`, and with it `make test`, gives each a minute, all
//! at once. It mutates without looking at coverage: libFuzzer, which does, needs a nightly compiler.

use std::time::{Duration, Instant};

use gen_client::Error;
use gen_client::decode::variables;
use serde_json::{Value, json};

use super::payloads::{READERS, Reader, fixture};

/// One test per family, with the payloads it begins from.
macro_rules! families {
    ($($name:ident: $($payload:literal)*;)*) => {
        $(
            #[test]
            fn $name() {
                fuzz(&[$($payload),*]);
            }
        )*

        #[test]
        fn every_reader_is_in_a_family() {
            let named = [$($($payload),*),*];
            for (name, _) in READERS {
                assert!(named.contains(name), "{name} is in no family");
            }
        }
    };
}

families! {
    agents: "agent" "agent_created" "avatars" "user" "user_openapi" "organization" "profile";
    cores: "core" "core_saved";
    voices: "voices" "voice_samples" "voice_script" "voice_description" "voice_created" "elevenlabs_status"
        "elevenlabs_connected";
    ideas: "idea" "idea_in_message" "run_completed" "run_started" "conversations" "conversation_runs";
    vidsheets: "vidsheet" "template_cloned" "templates" "variables";
    cells: "cell" "column" "row" "layer";
    generations: "generation" "generation_captions" "generation_started" "generation_text" "monitoring_created"
        "publish_completed" "render_completed";
    files: "content_resource" "content_resources" "asset_library" "direct_upload" "folder_created"
        "voice_preview_output";
    keys: "token_created" "automation_config" "webhook_test";
}

/// What must never show in an error.
const SENTINEL: &str = "SENTINEL";

fn fuzz(payloads: &[&str]) {
    let seconds = std::env::var("FUZZ_SECONDS").map_or(2, |seconds| seconds.parse().unwrap());
    let end = Instant::now() + Duration::from_secs(seconds);
    let originals: Vec<Value> = payloads.iter().map(|name| fixture(name)).collect();
    let readers: Vec<Reader> =
        READERS.iter().filter(|(name, _)| payloads.contains(name)).map(|(_, reader)| *reader).collect();
    let mut random = Random(0x005E_ED0F_8EE1);
    let (mut tried, mut read) = (0_u64, 0_u64);
    while Instant::now() < end || tried < 500 {
        let mut json = random.pick(&originals).clone();
        for _ in 0..=random.below(6) {
            damage(&mut json, &originals, &mut random);
        }
        if random.below(4) == 0 {
            json = torn(&json, &mut random).unwrap_or(json);
        }
        for reader in &readers {
            tried += 1;
            match reader(json.clone()) {
                Ok(_) => read += 1,
                Err(error) => check(&error, &json),
            }
        }
        if let Err(error) = variables("test", json.clone()) {
            check(&error, &json);
        }
    }
    println!("{tried} damaged answers, of which {read} were read");
    assert!(read * 100 > tried, "{read} of {tried} read: the damage is too great to say anything");
}

fn check(error: &Error, json: &Value) {
    assert!(matches!(error, Error::Decode { .. }), "{error} for {json}");
    assert!(!error.to_string().contains(SENTINEL), "{error} for {json}");
}

/// Changes one place: another type, another payload's part, a missing, doubled or renamed field, a deep nest.
fn damage(json: &mut Value, others: &[Value], random: &mut Random) {
    let place = walk(json, random);
    match random.below(8) {
        0 => *place = random.pick(&odd_values()).clone(),
        1 => {
            let mut other = random.pick(others).clone();
            *place = walk(&mut other, random).clone();
        }
        2 => {
            let inner = place.take();
            *place = if random.below(2) == 0 { json!([inner]) } else { json!({ "id": inner }) };
        }
        3 => {
            for _ in 0..random.below(90) {
                let inner = place.take();
                *place = json!([inner]);
            }
        }
        _ => match place {
            Value::Object(object) => {
                let keys: Vec<String> = object.keys().cloned().collect();
                let Some(key) = keys.get(random.below(keys.len().max(1))) else { return };
                let value = object.remove(key).unwrap_or_default();
                match random.below(3) {
                    0 => {}
                    1 => drop(object.insert(format!("spreadsheet_{key}"), value)),
                    _ => drop(object.insert(random.pick(&keys).clone(), value)),
                }
            }
            Value::Array(elements) => {
                let element = elements.get(random.below(elements.len().max(1))).cloned();
                elements.extend(element);
                if !elements.is_empty() {
                    elements.rotate_right(1);
                }
            }
            Value::String(text) => {
                text.push_str(random.pick::<&str>(&["\u{0}", "\u{202e}", "💥", "<script>", "-1"]))
            }
            other => *other = Value::String(SENTINEL.into()),
        },
    }
}

/// Any place inside, by chance.
fn walk<'a>(json: &'a mut Value, random: &mut Random) -> &'a mut Value {
    let count = match &*json {
        Value::Object(object) => object.len(),
        Value::Array(elements) => elements.len(),
        _ => 0,
    };
    if count == 0 || random.below(4) == 0 {
        return json;
    }
    let chosen = random.below(count);
    match json {
        Value::Object(object) => match object.values_mut().nth(chosen) {
            Some(inner) => walk(inner, random),
            None => unreachable!("it was counted"),
        },
        Value::Array(elements) => walk(&mut elements[chosen], random),
        other => other,
    }
}

/// The text with single bytes changed, where it is still JSON.
fn torn(json: &Value, random: &mut Random) -> Option<Value> {
    let mut bytes = serde_json::to_vec(json).ok()?;
    for _ in 0..=random.below(3) {
        let place = random.below(bytes.len());
        bytes[place] = *random.pick(b"0123456789eE.-+\"[]{},:ntx \\");
    }
    serde_json::from_slice(&bytes).ok()
}

fn odd_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!(SENTINEL),
        json!(SENTINEL.repeat(2_000)),
        json!([]),
        json!({}),
        json!({ "id": 1, SENTINEL: { "id": SENTINEL } }),
        json!([SENTINEL, null, 7]),
    ]
}

/// Marsaglia's xorshift: enough for damage.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}
