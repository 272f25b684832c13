//! Writes every scene in the three video ratios as PNG, for making the clips in `assets/`.
//!
//! `cargo run -p gen-sim --release --example scenes -- FOLDER [PIXELS]`

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = std::path::PathBuf::from(arguments.next().ok_or("usage: scenes FOLDER [PIXELS]")?);
    let shorter = arguments.next().map_or(Ok(720), |pixels| pixels.parse())?;
    std::fs::create_dir_all(&folder)?;
    for scene in 0..gen_sim::SCENES {
        for (name, ratio) in
            [("9x16", gen_sim::Ratio(9, 16)), ("16x9", gen_sim::Ratio(16, 9)), ("1x1", gen_sim::Ratio(1, 1))]
        {
            let picture = gen_sim::draw_picture(scene, ratio, shorter, "");
            std::fs::write(folder.join(format!("{scene:02}-{name}.png")), picture.png()?)?;
        }
    }
    Ok(())
}
