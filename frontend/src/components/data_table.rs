//! A table of figures: caption, sticky header, columns that sort, numbers that line up.
//!
//! It shows what it is given, in the order it is given: sorting is the caller's. For lists over a hundred rows on a
//! small screen use [`super::virtual_list`].

use super::icon::{Icon, IconMark};
use crate::i18n::{t, use_locale};
use std::rc::Rc;
use yew::prelude::*;

/// A column.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Column {
    /// Unique in the table; emitted when it is to be sorted by.
    pub key: AttrValue,
    /// Its heading.
    pub label: AttrValue,
    /// Numbers: figures of one width, at the end of the cell.
    pub numeric: bool,
    /// Can be sorted by.
    pub sortable: bool,
}

impl Column {
    /// A column of words.
    pub fn words(key: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self { key: key.into(), label: label.into(), numeric: false, sortable: false }
    }

    /// A column of numbers.
    pub fn numbers(key: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self { numeric: true, ..Self::words(key, label) }
    }

    /// The same, to be sorted by.
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The domain id of what it shows.
    pub key: AttrValue,
    /// One a column; the first is the row's heading.
    pub cells: Vec<Html>,
}

/// The column the rows are sorted by.
#[derive(Clone, Debug, PartialEq)]
pub struct Sorted {
    /// The column's key.
    pub by: AttrValue,
    /// Largest first.
    pub descending: bool,
}

/// What a table takes.
#[derive(Properties, PartialEq)]
pub struct DataTableProps {
    /// Unique on the page; the caption's id is made from it.
    pub id: AttrValue,
    /// What the table shows.
    pub caption: AttrValue,
    /// The caption is for those who do not see the heading above.
    #[prop_or_default]
    pub caption_hidden: bool,
    /// The columns.
    pub columns: Rc<[Column]>,
    /// The rows.
    pub rows: Rc<[Row]>,
    /// A last row of totals.
    #[prop_or_default]
    pub total: Option<Row>,
    /// How the rows are sorted.
    #[prop_or_default]
    pub sorted: Option<Sorted>,
    /// Scrolls inside itself, the header staying in view.
    #[prop_or_default]
    pub tall: bool,
    /// A column's heading was pressed.
    #[prop_or_default]
    pub on_sort: Callback<AttrValue>,
    /// What stands in place of rows when there are none.
    #[prop_or_default]
    pub empty: Html,
}

/// A table of figures.
#[component]
pub fn DataTable(props: &DataTableProps) -> Html {
    let caption_id = format!("{}-caption", props.id);
    html! {
        <div class={classes!("data-table", props.tall.then_some("data-table--tall"))}
            role="region" tabindex="0" aria-labelledby={caption_id.clone()}>
            <table id={props.id.clone()}>
                <caption id={caption_id} class={props.caption_hidden.then_some("visually-hidden")}>
                    { &props.caption }
                </caption>
                <thead>
                    <tr>
                        { for props.columns.iter().map(|column| html! {
                            <Heading key={column.key.to_string()} column={column.clone()}
                                sorted={props.sorted.clone().filter(|s| s.by == column.key)}
                                on_sort={props.on_sort.clone()} />
                        }) }
                    </tr>
                </thead>
                <tbody>
                    { for props.rows.iter().map(|row| line(&props.columns, row)) }
                    if props.rows.is_empty() {
                        <tr><td class="data-table__empty" colspan={props.columns.len().to_string()}>
                            { props.empty.clone() }
                        </td></tr>
                    }
                </tbody>
                if let Some(total) = &props.total { <tfoot>{ line(&props.columns, total) }</tfoot> }
            </table>
        </div>
    }
}

fn line(columns: &[Column], row: &Row) -> Html {
    let cell = |(at, cell): (usize, &Html)| {
        let numeric = columns.get(at).is_some_and(|c| c.numeric).then_some("numeric");
        if at == 0 {
            html! { <th key={at} scope="row" class={classes!(numeric)}>{ cell.clone() }</th> }
        } else {
            html! { <td key={at} class={classes!(numeric)}>{ cell.clone() }</td> }
        }
    };
    html! { <tr key={row.key.to_string()}>{ for row.cells.iter().enumerate().map(cell) }</tr> }
}

#[derive(Properties, PartialEq)]
struct HeadingProps {
    column: Column,
    sorted: Option<Sorted>,
    on_sort: Callback<AttrValue>,
}

#[component]
fn Heading(props: &HeadingProps) -> Html {
    let locale = use_locale();
    let column = &props.column;
    let onclick = use_callback((column.key.clone(), props.on_sort.clone()), |_: MouseEvent, (key, sort)| {
        sort.emit(key.clone());
    });
    let (order, icon) = match &props.sorted {
        Some(sorted) if sorted.descending => (Some("descending"), Some(Icon::SortDown)),
        Some(_) => (Some("ascending"), Some(Icon::SortUp)),
        None => (None, None),
    };
    html! {
        <th scope="col" class={classes!(column.numeric.then_some("numeric"))} aria-sort={order}>
            if column.sortable {
                <button type="button" class="data-table__sort" {onclick}
                    title={t::common_sort_by(locale, &column.label)}>
                    <span>{ &column.label }</span>
                    if let Some(icon) = icon { <IconMark {icon} /> }
                </button>
            } else {
                { &column.label }
            }
        </th>
    }
}
