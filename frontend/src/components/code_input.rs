//! The field for a one-time code: large, grouped, forgiving about case, spaces and look-alike letters.

use super::field::{FieldFrame, described_by};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A typed code without spaces and dashes, in capitals; letters that base-32 codes do not have become the digits they
/// look like (O is 0; I and L are 1). Cyrillic look-alikes become Latin, as a Russian keyboard types them.
pub fn normalised(typed: &str) -> String {
    typed
        .chars()
        .filter_map(|c| {
            let c = match c.to_ascii_uppercase() {
                'О' | 'о' | 'O' => '0',
                'I' | 'L' | 'І' | 'і' => '1',
                'А' | 'а' => 'A',
                'В' | 'в' => 'B',
                'С' | 'с' => 'C',
                'Е' | 'е' => 'E',
                'Н' | 'н' => 'H',
                'К' | 'к' => 'K',
                'М' | 'м' => 'M',
                'Р' | 'р' => 'P',
                'Т' | 'т' => 'T',
                'Х' | 'х' => 'X',
                'У' | 'у' => 'Y',
                other => other,
            };
            (c.is_ascii_digit() || c.is_ascii_uppercase()).then_some(c)
        })
        .collect()
}

/// A code in groups of four: `7KQ2-M4XA`.
pub fn grouped(code: &str) -> String {
    let mut made = String::new();
    for (at, c) in code.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            made.push('-');
        }
        made.push(c);
    }
    made
}

/// What the field takes.
#[derive(Properties, PartialEq)]
pub struct CodeInputProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// Where the code is found.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Characters a code has.
    pub length: u8,
    /// The code so far, normalised.
    pub value: AttrValue,
    /// Each change, normalised and cut to length.
    pub on_input: Callback<AttrValue>,
}

/// The field for a one-time code.
#[component]
pub fn CodeInput(props: &CodeInputProps) -> Html {
    let oninput =
        use_callback((props.on_input.clone(), props.length), |event: InputEvent, (emit, length)| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let code: String = normalised(&input.value()).chars().take(usize::from(*length)).collect();
            // Written back at once, unless the reader edits in the middle: then the caret must not jump.
            let at_end = input.selection_end().ok().flatten() == Some(input.value().chars().count() as u32);
            if at_end {
                input.set_value(&grouped(&code));
            }
            emit.emit(code.into());
        });
    let shown = grouped(&props.value);
    html! {
        <FieldFrame id={props.id.clone()} label={props.label.clone()} hint={props.hint.clone()}
            error={props.error.clone()}>
            <input class="code-input" id={props.id.clone()} type="text" dir="ltr" value={shown} {oninput}
                autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" inputmode="text"
                size={(props.length + props.length / 4).to_string()}
                aria-invalid={props.error.is_some().then_some("true")}
                aria-describedby={described_by(&props.id, props.hint.is_some(), props.error.is_some())} />
        </FieldFrame>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_and_separators_do_not_matter() {
        for typed in ["7kq2-m4xa", " 7KQ2 M4XA ", "7КQ2–М4ХА"] {
            assert_eq!(normalised(typed), "7KQ2M4XA", "{typed}");
        }
        assert_eq!(normalised("oOil"), "0011");
    }

    #[test]
    fn a_grouped_code_reads_back() {
        for code in ["", "7", "7KQ2", "7KQ2M", "7KQ2M4XA7KQ2M4XA"] {
            assert_eq!(normalised(&grouped(code)), code);
        }
    }
}
