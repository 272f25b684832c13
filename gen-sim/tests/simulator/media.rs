//! The files: open to everyone, of the right kind, with ranges.

use gen_sim::GenSim;

use super::{Heard, cell_at, send, spring_glazes, stepped};

fn fetch(sim: &GenSim, url: &str, headers: &[(&str, &str)]) -> Heard {
    let path = url.strip_prefix(&sim.base_url()).expect("media is on the same listener");
    send(sim, "GET", path, headers, "").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_output_is_a_real_file() {
    let sim = stepped().await;
    let sheet = spring_glazes(&sim);
    for (title, content_type, magic) in [
        ("HERO", "image/png", b"\x89PNG".as_slice()),
        ("VOICE", "audio/wav", b"RIFF"),
        ("B-ROLL", "video/mp4", b"\0\0\0"),
        ("FINAL VIDEO", "video/mp4", b"\0\0\0"),
    ] {
        let output = cell_at(&sheet, 0, title)["default_user_job"]["output_resources"][0].clone();
        let heard = fetch(&sim, output["url"].as_str().unwrap(), &[]);
        assert_eq!(heard.status, 200, "{title}");
        assert!(heard.head.contains(content_type) && heard.bytes.starts_with(magic), "{title}");
        if content_type == "video/mp4" {
            assert!(heard.bytes.windows(4).any(|four| four == b"avc1"), "H.264");
        }
        if let Some(thumbnail) = output["thumbnail_url"].as_str() {
            assert!(fetch(&sim, thumbnail, &[]).bytes.starts_with(b"\x89PNG"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ranges_are_served_and_missing_files_are_404() {
    let sim = stepped().await;
    let clip = cell_at(&spring_glazes(&sim), 0, "B-ROLL")["default_user_job"]["output_resources"][0]["url"]
        .as_str()
        .unwrap()
        .to_owned();
    let whole = fetch(&sim, &clip, &[]);
    let part = fetch(&sim, &clip, &[("range", "bytes=100-199")]);
    assert_eq!((part.status, part.bytes.as_slice()), (206, &whole.bytes[100..200]));
    assert!(part.head.contains(&format!("bytes 100-199/{}", whole.bytes.len())));
    assert_eq!(fetch(&sim, &clip, &[("range", "bytes=99999999-")]).status, 416);
    assert_eq!(send(&sim, "GET", "/media/files/1/none.png", &[], "").unwrap().status, 404);
    let voice = send(&sim, "GET", "/media/voice/vc_maren.wav", &[], "").unwrap();
    assert!(voice.bytes.starts_with(b"RIFF"));
}

#[tokio::test(flavor = "multi_thread")]
async fn media_can_have_another_host() {
    let options =
        gen_sim::Options { media_host: Some("http://localhost:1234/".to_owned()), ..Default::default() };
    let sim = super::start(options).await;
    let output = cell_at(&spring_glazes(&sim), 0, "HERO")["default_user_job"]["output_resources"][0].clone();
    assert!(output["url"].as_str().unwrap().starts_with("http://localhost:1234/media/files/"));
}
