//! Loading a programme: one that ships with the product, or a file.

use super::Msg;
use crate::effect::{Answer, Effect, Failure, HttpCall, Method, TokenFor};
use crate::model::Model;
use shared::programme::{PackProblem, Programme, read};
use std::rc::Rc;

/// The programmes that ship with the product, by their folder's name.
pub const SHIPPED: [&str; 1] = ["kyrgyzstan-2021"];

/// A programme on its way in.
#[derive(Debug, Default)]
pub struct Packs {
    /// Read and sound, not loaded yet.
    pub candidate: Option<Candidate>,
    /// What is wrong in the pack that was tried.
    pub problems: Rc<Vec<PackProblem>>,
    /// Being fetched or loaded.
    pub working: bool,
    /// Why it could not be fetched or loaded.
    pub failure: Option<Failure>,
}

/// A sound pack.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The file's text, as it will be sent.
    pub text: Rc<str>,
    /// What it says.
    pub programme: Rc<Programme>,
}

/// What happens on the screen.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum PackMsg {
    /// Fetch one that ships with the product.
    Pick(&'static str),
    /// The text of a pack came, from there or from a file.
    TextCame(Result<String, Failure>),
    /// Load the candidate.
    Load,
    Loaded(Result<(), Failure>),
    /// Put the candidate away.
    Drop,
}

/// The reader came to the screen.
pub fn entered(model: &mut Model) -> Vec<Effect> {
    model.hq.packs.failure = None;
    vec![]
}

/// Takes a message in.
pub fn update(model: &mut Model, msg: PackMsg) -> Vec<Effect> {
    let packs = &mut model.hq.packs;
    match msg {
        PackMsg::Pick(slug) => {
            *packs = Packs { working: true, ..Packs::default() };
            let then = |answer: Result<Answer, Failure>| {
                let text = answer.and_then(|a| if a.status == 200 { Ok(a.body) } else { Err(a.refusal()) });
                crate::Msg::Hq(Msg::Pack(PackMsg::TextCame(text)))
            };
            let call = HttpCall {
                method: Method::Get,
                path: format!("/programmes/{slug}.json"),
                body: None,
                token: TokenFor::Nobody,
                then: Box::new(then),
            };
            return vec![Effect::Http(call)];
        }
        PackMsg::TextCame(Ok(text)) => {
            *packs = Packs::default();
            match read(&text) {
                Ok(programme) => {
                    packs.candidate = Some(Candidate { text: text.into(), programme: Rc::new(programme) });
                }
                Err(problems) => packs.problems = Rc::new(problems),
            }
        }
        PackMsg::TextCame(Err(failure)) => *packs = Packs { failure: Some(failure), ..Packs::default() },
        PackMsg::Load => {
            let Some(candidate) = packs.candidate.as_ref().filter(|_| !packs.working) else { return vec![] };
            let body = candidate.text.to_string();
            packs.working = true;
            packs.failure = None;
            let then = |answer: Result<Answer, Failure>| {
                let loaded = answer.and_then(|a| a.read::<u64>()).map(|_| ());
                crate::Msg::Hq(Msg::Pack(PackMsg::Loaded(loaded)))
            };
            return vec![HttpCall::send(Method::Put, "/api/v1/programme", body, TokenFor::Registry, then)];
        }
        PackMsg::Loaded(Ok(())) => {
            *packs = Packs::default();
            let mut effects = crate::update::ask_me(model);
            effects.extend(super::refresh(model));
            return effects;
        }
        PackMsg::Loaded(Err(failure)) => {
            packs.working = false;
            packs.failure = Some(failure);
        }
        PackMsg::Drop => *packs = Packs::default(),
    }
    vec![]
}
