//! What an agent writes in Markdown, drawn as nodes: nothing it writes is ever read as HTML, and only plain https
//! is followed.

use leptos::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::drawer::OutsideLink;

/// Deeper than this, only the text is drawn: nobody means it.
const DEPTH_MAX: usize = 12;

/// A text of GEN's.
#[component]
pub fn Prose(
    /// Hostile text, in Markdown.
    text: String,
) -> impl IntoView {
    let mut events = Parser::new_ext(&text, Options::ENABLE_STRIKETHROUGH);
    view! { <div class="prose">{nodes(&mut events, 0)}</div> }
}

/// Everything up to the end of what is open.
fn nodes(events: &mut Parser<'_>, depth: usize) -> Vec<AnyView> {
    let mut all = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::Start(_) if depth >= DEPTH_MAX => all.push(flat(events).into_any()),
            Event::Start(tag) => {
                let inner = nodes(events, depth + 1);
                all.push(element(tag, inner));
            }
            Event::End(_) => break,
            Event::SoftBreak => all.push(" ".into_any()),
            Event::HardBreak => all.push(view! { <br /> }.into_any()),
            Event::Rule => all.push(view! { <hr /> }.into_any()),
            Event::Code(code) => all.push(view! { <code>{code.into_string()}</code> }.into_any()),
            other => all.push(words(other).into_any()),
        }
    }
    all
}

fn element(tag: Tag<'_>, inner: Vec<AnyView>) -> AnyView {
    match tag {
        Tag::Paragraph => view! { <p>{inner}</p> }.into_any(),
        // The page's own headings say where things are; these are a part of a text.
        Tag::Heading { .. } => view! { <p class="prose-head">{inner}</p> }.into_any(),
        Tag::BlockQuote(_) => view! { <blockquote>{inner}</blockquote> }.into_any(),
        Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
            view! { <pre>{inner}</pre> }.into_any()
        }
        Tag::List(None) => view! { <ul>{inner}</ul> }.into_any(),
        Tag::List(Some(_)) => view! { <ol>{inner}</ol> }.into_any(),
        Tag::Item => view! { <li>{inner}</li> }.into_any(),
        Tag::Emphasis => view! { <em>{inner}</em> }.into_any(),
        Tag::Strong => view! { <strong>{inner}</strong> }.into_any(),
        Tag::Strikethrough => view! { <s>{inner}</s> }.into_any(),
        // The words first, then where the link truly leads.
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
            view! { {inner} " " <OutsideLink url=dest_url.into_string() /> }.into_any()
        }
        _ => view! { <div>{inner}</div> }.into_any(),
    }
}

/// The text of what is open, whatever is in it.
fn flat(events: &mut Parser<'_>) -> String {
    let (mut text, mut open) = (String::new(), 1_usize);
    for event in events.by_ref() {
        match event {
            Event::Start(_) => open += 1,
            Event::End(_) => open -= 1,
            other => text.push_str(&words(other)),
        }
        if open == 0 {
            break;
        }
    }
    text
}

fn words(event: Event<'_>) -> String {
    match event {
        Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
            text.into_string()
        }
        Event::SoftBreak | Event::HardBreak => " ".to_owned(),
        _ => String::new(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let owner = Owner::new();
        owner.with(|| view! { <Prose text=text.to_owned() /> }.to_html())
    }

    #[test]
    fn x2_markup_of_gens_is_text_and_only_https_is_followed() {
        for hostile in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div\nonclick=alert(1)>x</div>",
            "<!-- <script> -->",
            "`<script>`",
            "    <script>",
        ] {
            let drawn = html(hostile);
            assert!(!drawn.contains("<script") && !drawn.contains("<img"), "{hostile:?}: {drawn}");
            assert!(!drawn.contains("<div\n"), "{hostile:?}: {drawn}");
        }
        for link in
            ["[go](javascript:alert(1))", "![x](http://a.test/p)", "[x](data:text/html,y)", "[x](//a.test)"]
        {
            let drawn = html(link);
            assert!(!drawn.contains("<a ") && !drawn.contains("src="), "{link:?}: {drawn}");
        }
        let good = html("[go](https://a.test/x)");
        assert!(good.contains("href=\"https://a.test/x\"") && good.contains("noopener"), "{good}");
    }

    #[test]
    fn what_is_meant_is_drawn() {
        let drawn = html("# One\n\nTwo **three** `four`\n\n- five\n- six\n\n1. seven\n");
        for part in ["prose-head", "<strong>", "<code>", "<ul>", "<ol>"] {
            assert!(drawn.contains(part), "{part}: {drawn}");
        }
    }

    #[test]
    fn endless_nesting_ends() {
        let drawn = html(&format!("{}deep", ">".repeat(20_000)));
        assert!(drawn.contains("deep") && drawn.matches("<blockquote").count() <= DEPTH_MAX);
        assert!(html(&"*a ".repeat(20_000)).contains('a'));
    }
}
