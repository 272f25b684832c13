//! Where media URLs hide in what GEN says.

use gen_client::model::{
    Agent, Avatar, Cell, ContentResource, Generation, Layer, Organization, Row, Template, Vidsheet, Voice,
};

/// Something that names media.
pub(crate) trait HasMedia {
    /// Shows every place in it that may hold a media URL.
    fn each_url(&mut self, see: &mut dyn FnMut(&mut Option<String>));
}

impl<T: HasMedia> HasMedia for Option<T> {
    fn each_url(&mut self, see: &mut dyn FnMut(&mut Option<String>)) {
        if let Some(value) = self {
            value.each_url(see);
        }
    }
}

impl<T: HasMedia> HasMedia for Vec<T> {
    fn each_url(&mut self, see: &mut dyn FnMut(&mut Option<String>)) {
        self.as_mut_slice().each_url(see);
    }
}

impl<T: HasMedia> HasMedia for [T] {
    fn each_url(&mut self, see: &mut dyn FnMut(&mut Option<String>)) {
        for value in self {
            value.each_url(see);
        }
    }
}

/// Which fields of a type hold a URL, and which hold more of the kind.
macro_rules! media_in {
    ($($name:ident { $($url:ident),* ; $($inner:ident),* })*) => {$(
        impl HasMedia for $name {
            fn each_url(&mut self, see: &mut dyn FnMut(&mut Option<String>)) {
                $(see(&mut self.$url);)*
                $(self.$inner.each_url(see);)*
            }
        }
    )*};
}

media_in! {
    Agent { primary_avatar_url; }
    Avatar { url, thumbnail_url; }
    Organization { picture_url; }
    Voice { preview_url; }
    ContentResource { url, thumbnail_url; }
    Generation { ; outputs }
    Layer { ; default_generation, generations }
    Cell { ; default_generation, generations, layers }
    Row { ; cells }
    Vidsheet { ; rows }
}

impl HasMedia for Template {
    fn each_url(&mut self, see: &mut dyn FnMut(&mut Option<String>)) {
        see(&mut self.cover);
        self.layers.each_url(see);
        for content in &mut self.recent_generated_contents {
            see(&mut content.thumbnail_url);
            see(&mut content.url);
        }
    }
}
