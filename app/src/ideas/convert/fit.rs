//! Which templates suit which ideas: a template's tags hold the kind of video it makes.

use gen_client::model::{Idea, Template};

/// The templates with how many of the ideas each fits; the best first, otherwise in GEN's order.
pub fn ranked(templates: Vec<Template>, ideas: &[Idea]) -> Vec<(Template, usize)> {
    let fits = |template: &Template| ideas.iter().filter(|idea| suits(template, idea)).count();
    let mut ranked: Vec<_> = templates
        .into_iter()
        .map(|template| {
            let fits = fits(&template);
            (template, fits)
        })
        .collect();
    ranked.sort_by_key(|(_, fits)| std::cmp::Reverse(*fits));
    ranked
}

fn suits(template: &Template, idea: &Idea) -> bool {
    let Some(kind) = idea.video_type.as_deref().map(plain) else { return false };
    template.tags.iter().any(|tag| plain(tag) == kind)
}

/// One spelling for each kind: GEN writes some with blanks or dashes, and says narrated for voiceover.
fn plain(kind: &str) -> String {
    let letters: String = kind.chars().filter(|letter| letter.is_alphanumeric()).collect();
    match letters.to_lowercase().as_str() {
        "narrated" | "narratedvo" | "narratedvoiceover" | "vo" => "voiceover".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn template(slug: &str, tags: &[&str]) -> Template {
        serde_json::from_value(json!({"id": slug, "slug": slug, "tags": tags})).unwrap()
    }

    #[test]
    fn the_template_of_most_ideas_comes_first() {
        let idea = |kind: &str| serde_json::from_value(json!({"id": 1, "video_type": kind})).unwrap();
        let ideas = [idea("narrated"), idea("talking_avatar"), idea("voiceover"), idea("unheard")];
        let all = vec![
            template("plain", &["tiktok"]),
            template("avatar", &["Talking Avatar"]),
            template("story", &["voice-over", "story"]),
        ];
        let ranked: Vec<_> =
            ranked(all, &ideas).into_iter().map(|(template, fits)| (template.slug, fits)).collect();
        assert_eq!(ranked, [("story".to_owned(), 2), ("avatar".to_owned(), 1), ("plain".to_owned(), 0)]);
    }
}
