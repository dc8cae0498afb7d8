//! Facts as name and value, one under the other on a phone, side by side where there is room.

use std::rc::Rc;
use yew::prelude::*;

/// One fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// Its name.
    pub name: AttrValue,
    /// Its value.
    pub value: Html,
    /// A smaller line under the value.
    pub note: Option<AttrValue>,
}

impl Definition {
    /// A fact whose value is text.
    pub fn text(name: impl Into<AttrValue>, value: impl Into<AttrValue>) -> Self {
        let value: AttrValue = value.into();
        Self { name: name.into(), value: html! { { value } }, note: None }
    }

    /// A fact whose value is a link, a badge, or the like.
    pub fn node(name: impl Into<AttrValue>, value: Html) -> Self {
        Self { name: name.into(), value, note: None }
    }

    /// The same with a smaller line under the value.
    pub fn with_note(mut self, note: impl Into<AttrValue>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// What the list takes.
#[derive(Properties, PartialEq)]
pub struct DefinitionListProps {
    /// The facts, in order.
    pub items: Rc<[Definition]>,
}

/// Facts as name and value.
#[component]
pub fn DefinitionList(props: &DefinitionListProps) -> Html {
    html! {
        <dl class="definition-list">
            { for props.items.iter().enumerate().map(|(at, item)| html! {
                // Two facts may have one name: two observers who are called alike.
                <div key={at} class="definition-list__item">
                    <dt>{ &item.name }</dt>
                    <dd>
                        { item.value.clone() }
                        if let Some(note) = &item.note { <small>{ note }</small> }
                    </dd>
                </div>
            }) }
        </dl>
    }
}
