//! The material that an idea wants to use: where it lies at GEN, the page can play it through us.

use gen_client::model::Idea;
use serde_json::Value;

use crate::Store;
use crate::media::{HasMedia, media_id};

/// Addresses of media on their own.
pub(super) struct Addresses(Vec<Option<String>>);

impl HasMedia for Addresses {
    fn each_url(&mut self, see: &mut dyn FnMut(&mut Option<String>)) {
        self.0.iter_mut().for_each(see);
    }
}

/// Every address of the ideas' material.
pub(super) fn addresses(ideas: &[Idea]) -> Addresses {
    let assets = ideas.iter().flat_map(|idea| &idea.data.selected_assets);
    Addresses(assets.filter_map(address).map(|address| Some(address.to_owned())).collect())
}

/// Puts our media id beside every address that lies where media may come from.
pub(super) fn name_media(store: &Store, idea: &mut Idea) {
    for asset in &mut idea.data.selected_assets {
        let Some(media) = address(asset).filter(|url| store.upstream().serves(url)).and_then(media_id) else {
            continue;
        };
        if let Some(asset) = asset.as_object_mut() {
            asset.insert("media".to_owned(), Value::String(media));
        }
    }
}

fn address(asset: &Value) -> Option<&str> {
    asset.get("url")?.as_str()
}
