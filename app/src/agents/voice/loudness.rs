use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gen_client::model::VoiceSample;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// No proposal is turned down to less than this: next to one that is nearly silent the others would be too.
const SOFTEST: f64 = 0.1;

/// How loud to play each proposal so that all sound alike: the louder one of two is chosen for being louder. All
/// play as they are until they are measured.
pub(super) fn levelled(samples: Memo<Vec<VoiceSample>>) -> Signal<Vec<f64>> {
    let volumes = RwSignal::new(Vec::new());
    Effect::new(move || {
        let samples = samples.get();
        spawn_local(async move {
            let mut loudnesses = Vec::new();
            for sample in &samples {
                match loudness(&sample.audio).await {
                    Ok(loudness) => loudnesses.push(loudness),
                    Err(error) => return leptos::logging::error!("a proposal cannot be measured: {error:?}"),
                }
            }
            // The step may have been left meanwhile.
            drop(volumes.try_set(alike(&loudnesses)));
        });
    });
    volumes.into()
}

/// The mean loudness of a sound in base64, between nothing and one.
async fn loudness(sound: &str) -> Result<f64, JsValue> {
    let bytes = STANDARD.decode(sound.trim()).map_err(|error| JsValue::from(error.to_string()))?;
    let context =
        web_sys::OfflineAudioContext::new_with_number_of_channels_and_length_and_sample_rate(1, 1, 44_100.0)?;
    let data = js_sys::Uint8Array::from(bytes.as_slice()).buffer();
    let decoded: web_sys::AudioBuffer =
        JsFuture::from(context.decode_audio_data(&data)?).await?.unchecked_into();
    let curve = decoded.get_channel_data(0)?;
    let power: f64 = curve.iter().map(|value| f64::from(*value).powi(2)).sum();
    Ok((power / curve.len().max(1) as f64).sqrt())
}

/// Turns all down to the softest that is not silent.
fn alike(loudnesses: &[f64]) -> Vec<f64> {
    let heard = loudnesses.iter().copied().filter(|loudness| *loudness > 0.0);
    let softest = heard.fold(f64::INFINITY, f64::min);
    loudnesses
        .iter()
        .map(|loudness| if *loudness > softest { (softest / loudness).max(SOFTEST) } else { 1.0 })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loud_are_turned_down_to_the_soft() {
        assert_eq!(alike(&[0.2, 0.1, 0.4]), [0.5, 1.0, 0.25]);
        assert_eq!(alike(&[0.3, 0.0, 0.3]), [1.0, 1.0, 1.0]);
        assert_eq!(alike(&[0.001, 0.5]), [1.0, SOFTEST]);
        assert!(alike(&[]).is_empty());
    }
}
