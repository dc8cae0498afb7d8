//! A QR code, drawn as one path; always dark on light with its quiet zone, so that any camera reads it.

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;
use yew::prelude::*;

/// Modules of quiet zone on each side. Source: ISO/IEC 18004.
const QUIET: i32 = 4;

/// The side in modules with the quiet zone, and the path of the dark ones; nothing if the text is too long.
pub fn path(text: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
            if run > 0 {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run + 1;
        }
    }
    Some((code.size() + 2 * QUIET, path))
}

/// What a QR code takes.
#[derive(Properties, PartialEq)]
pub struct QrProps {
    /// What a camera will read.
    pub text: AttrValue,
    /// What it is, for those who do not see it.
    pub label: AttrValue,
}

/// A QR code.
#[component]
pub fn Qr(props: &QrProps) -> Html {
    let drawn = use_memo(props.text.clone(), |text| path(text));
    let Some((side, path)) = &*drawn else { return Html::default() };
    html! {
        <svg class="qr" role="img" aria-label={props.label.clone()} viewBox={format!("0 0 {side} {side}")}>
            <rect class="qr__paper" width={side.to_string()} height={side.to_string()} />
            <path class="qr__ink" d={path.clone()} />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_in_the_path_once() {
        let text = "https://training.example/#join=7KQ2M4XA";
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).expect("fits");
        let dark = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|(x, y)| code.get_module(*x, *y))
            .count();
        let (side, path) = path(text).expect("fits");
        let drawn: usize = path
            .split('h')
            .skip(1)
            .step_by(2)
            .filter_map(|run| run.split('v').next()?.parse::<usize>().ok())
            .sum();
        assert_eq!((side, drawn), (code.size() + 8, dark));
    }

    #[test]
    fn a_text_that_no_code_can_hold_gives_none() {
        assert_eq!(path(&"x".repeat(4_000)), None);
    }
}
