//! A large file on its way through the client to the simulator and back. Neither of both may hold it in memory: both run
//! in this process, and nothing else does.
//!
//! `UPLOAD_MIB=1024` sends the most GEN takes; the usual run sends less. Linux counts the memory.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::Path;
use std::time::Instant;

use futures::StreamExt;
use gen_client::{ApiKey, Config, Measure, Upstream};
use gen_sim::{DEMO_KEY, GenSim, Options, SEEDED_AGENT};

/// What one upload and one download may take in bytes, whatever the size of the file.
const MOST: u64 = 16 * MIB;
const MIB: u64 = 1024 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_leaves_memory_flat() {
    let size = std::env::var("UPLOAD_MIB").map_or(64, |mib| mib.parse().unwrap()) * MIB;
    let sim = GenSim::start(Options { strict: true, ..Options::default() }).await.unwrap();
    let config = Config {
        api_url: sim.api_url().parse().unwrap(),
        agent_url: sim.agent_url().parse().unwrap(),
        ..Config::default()
    };
    let upstream = Upstream::new(config).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hero.mp4");
    // What every upload needs is there after a small one.
    send(&upstream, &path, 4 * MIB).await;
    let before = peak_memory();
    let begun = Instant::now();
    send(&upstream, &path, size).await;
    let (grown, seconds) = (peak_memory() - before, begun.elapsed().as_secs_f64());
    println!(
        "{} MiB up and down again, each byte in three MD5s: memory grew by {:.1} MiB to a peak of {:.1} MiB; {seconds:.1} s",
        size / MIB,
        grown as f64 / MIB as f64,
        peak_memory() as f64 / MIB as f64,
    );
    assert!(grown < MOST, "memory grew by {grown} bytes for a file of {size}");
}

/// Uploads a file of this size, and reads it back.
async fn send(upstream: &Upstream, path: &Path, size: u64) {
    // A file with a hole takes no room on the disk; what its bytes are does not matter here.
    std::fs::File::create(path).unwrap().set_len(size).unwrap();
    let client = upstream.client(ApiKey::new(DEMO_KEY.into()).unwrap());
    let agent = SEEDED_AGENT.parse().unwrap();
    let stored = client.upload_file(&agent, path, "hero.mp4", "video/mp4", None).await.unwrap();
    let media = upstream.media(stored.url.as_deref().unwrap(), None).await.unwrap();
    assert_eq!(media.content_length, Some(size));
    let mut measure = Measure::default();
    let mut chunks = std::pin::pin!(media.body);
    while let Some(chunk) = chunks.next().await {
        measure.update(&chunk.unwrap());
    }
    assert_eq!(measure.finish(), Measure::file(path).await.unwrap());
    client.delete_content_resource(&agent, &stored.id).await.unwrap();
}

/// The most memory this process ever held, in bytes.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}
