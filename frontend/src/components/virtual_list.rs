//! A long list of rows of one height: only the rows in view are in the page.
//!
//! The list scrolls inside itself. Its geometry is four custom properties, set through the CSSOM.

use super::geometry::use_css_properties;
use web_sys::HtmlElement;
use yew::prelude::*;
use yew::virtual_dom::Key;

/// Rows drawn beyond the view on each side.
const BEYOND: u32 = 6;

/// What the list takes.
#[derive(Properties, PartialEq)]
pub struct VirtualListProps {
    /// What it lists.
    pub label: AttrValue,
    /// How many rows.
    pub count: u32,
    /// Height of each row in CSS pixels; what does not fit is cut off.
    pub row_height_px: u32,
    /// Height of the view in CSS pixels; the list is never taller than its rows.
    #[prop_or(560)]
    pub view_height_px: u32,
    /// The key of a row: the domain id of what it shows.
    pub row_key: Callback<u32, Key>,
    /// A row.
    pub row: Callback<u32, Html>,
}

/// The first row drawn and the one after the last.
fn drawn(top_px: u32, view_px: u32, row_px: u32, count: u32) -> (u32, u32) {
    let row_px = row_px.max(1);
    let first = (top_px / row_px).saturating_sub(BEYOND).min(count);
    let last = (top_px.saturating_add(view_px) / row_px).saturating_add(BEYOND + 1).min(count);
    (first, last)
}

/// A long list of rows of one height.
#[component]
pub fn VirtualList(props: &VirtualListProps) -> Html {
    let node = use_node_ref();
    let first_in_view = use_state_eq(|| 0_u32);
    let row_px = props.row_height_px.max(1);
    let onscroll = use_callback((first_in_view.setter(), row_px), |event: Event, (first, row_px)| {
        if let Some(list) = event.target_dyn_into::<HtmlElement>() {
            // Whole rows, so that a few pixels of scrolling draw nothing anew.
            first.set(list.scroll_top().max(0) as u32 / row_px);
        }
    });
    let (first, last) = drawn(*first_in_view * row_px, props.view_height_px, row_px, props.count);
    use_css_properties(
        node.clone(),
        vec![
            ("--virtual-view", format!("{}px", props.view_height_px.min(row_px.saturating_mul(props.count)))),
            ("--virtual-row", format!("{row_px}px")),
            ("--virtual-total", format!("{}px", row_px.saturating_mul(props.count))),
            ("--virtual-skipped", format!("{}px", row_px.saturating_mul(first))),
        ],
    );
    html! {
        <div class="virtual-list" ref={node} tabindex="0" role="group" aria-label={props.label.clone()} {onscroll}>
            <ol class="virtual-list__rows">
                { for (first..last).map(|at| html! {
                    <li key={props.row_key.emit(at)} aria-setsize={props.count.to_string()}
                        aria-posinset={(at + 1).to_string()}>{ props.row.emit(at) }</li>
                }) }
            </ol>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_in_view_are_always_drawn_and_never_more_than_there_are() {
        for (top, view, row, count) in
            [(0, 560, 56, 36), (0, 560, 56, 0), (55_999, 560, 56, 1_000), (u32::MAX, 560, 0, 5)]
        {
            let (first, last) = drawn(top, view, row, count);
            assert!(first <= last && last <= count, "{top} {view} {row} {count}");
            let row = row.max(1);
            for visible in top / row..(u64::from(top) + u64::from(view)).div_ceil(row.into()) as u32 {
                assert!(visible >= count || (first..last).contains(&visible), "{visible} of {count}");
            }
        }
    }
}
