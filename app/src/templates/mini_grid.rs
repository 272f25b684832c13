use gen_client::model::{Column, ColumnKind, Layer, LayerKind};
use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// The columns of a template as a small grid with one row, and the stack of layers that its video begins with.
#[component]
pub(super) fn MiniGrid(
    /// Its columns, in order.
    columns: Vec<Column>,
    /// The layers, lowest first.
    layers: Vec<Layer>,
) -> impl IntoView {
    let heads = columns
        .iter()
        .map(|column| {
            view! {
                <th scope="col">
                    {column.title.clone()}
                    {column.role.is_system().then(|| view! { <SystemMark /> })}
                </th>
            }
        })
        .collect_view();
    let cells = columns
        .iter()
        .map(|column| {
            let (icon, kind) = (icon_of(&column.kind), column.kind.as_str().to_owned());
            view! {
                <td>
                    <span class="mini-kind">
                        <Icon name=icon />
                        {kind}
                    </span>
                </td>
            }
        })
        .collect_view();
    view! {
        <div class="table-frame mini-grid" tabindex="0" role="region" aria-label="Columns of this template">
            <table>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>
                    <tr>{cells}</tr>
                </tbody>
            </table>
        </div>
        {(!layers.is_empty())
            .then(|| {
                view! {
                    <h3>"Layers of the video"</h3>
                    <Stack layers />
                }
            })}
    }
}

/// Top layer first, as it is seen.
#[component]
fn Stack(layers: Vec<Layer>) -> impl IntoView {
    let lines = layers
        .iter()
        .rev()
        .map(|layer| {
            let icon = match layer.kind {
                LayerKind::Text => IconName::Text,
                LayerKind::Clip => IconName::Video,
                LayerKind::Sound => IconName::Audio,
                LayerKind::Image => IconName::Image,
                _ => IconName::Sheets,
            };
            let name =
                if layer.name.is_empty() { layer.kind.as_str().to_owned() } else { layer.name.clone() };
            view! {
                <li>
                    <Icon name=icon />
                    {name}
                </li>
            }
        })
        .collect_view();
    view! {
        <ol role="list" class="mini-stack" aria-label="Layers, from the top">
            {lines}
        </ol>
    }
}

#[component]
fn SystemMark() -> impl IntoView {
    view! {
        <span class="template-system" title="Filled by GEN, not edited by hand">
            <Icon name=IconName::Lock />
            <span class="visually-hidden">"filled by GEN"</span>
        </span>
    }
}

fn icon_of(kind: &ColumnKind) -> IconName {
    match kind {
        ColumnKind::Text => IconName::Text,
        ColumnKind::Image => IconName::Image,
        ColumnKind::Video => IconName::Video,
        ColumnKind::Audio => IconName::Audio,
        ColumnKind::Stats => IconName::Chart,
        ColumnKind::Unknown(_) => IconName::Table,
    }
}
