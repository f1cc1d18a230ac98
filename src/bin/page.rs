//! Mounts the page, and is its worker: the loader starts both from one compiled module.

use gotong::browser::worker::{self, Message, Role, Worker, WorkerEvent};
use yew::{Html, UseStateHandle, function_component, html, use_state};

fn main() {
    match worker::role() {
        Role::Page => mount(),
        Role::Worker => serve(),
    }
}

/// Puts the page where `index.html` has its static text.
fn mount() {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|page| page.get_element_by_id("gotong"));
    if let Some(root) = root {
        yew::Renderer::<Placeholder>::with_root(root).render();
    }
}

/// Answers the page's messages.
fn serve() {
    let answered = worker::listen(|message| {
        if let Message::Text(text) = message {
            let _ = worker::post_to_page(&Message::Text(format!("worker heard {text}")));
        }
    });
    debug_assert!(answered.is_ok());
}

/// Stands in for the page until its views are merged: proves rendering, clicks and the worker.
#[function_component]
fn Placeholder() -> Html {
    let count = use_state(|| 0_u32);
    let heard = use_state(String::new);
    let running: UseStateHandle<Option<std::rc::Rc<Worker>>> = use_state(|| None);
    let add = {
        let count = count.clone();
        move |_| count.set(*count + 1)
    };
    let ask = {
        let (heard, running) = (heard.clone(), running.clone());
        move |_| {
            let heard_later = heard.clone();
            let worker = Worker::spawn(move |event| match event {
                WorkerEvent::Message(Message::Text(text)) => heard_later.set(text),
                WorkerEvent::Message(Message::Bytes(_)) => {}
                WorkerEvent::Failed(words) => heard_later.set(format!("failed: {words}")),
            });
            match worker.and_then(|worker| worker.post(&Message::Text("hello".to_owned())).map(|()| worker)) {
                Ok(worker) => running.set(Some(std::rc::Rc::new(worker))),
                Err(error) => heard.set(error.to_string()),
            }
        }
    };
    html! {
        <>
            <h1>{ "Gotong" }</h1>
            <button data-testid="add" onclick={add}>{ "Add" }</button>
            <output data-testid="count">{ *count }</output>
            <button data-testid="ask" onclick={ask}>{ "Ask the worker" }</button>
            <output data-testid="heard">{ (*heard).clone() }</output>
        </>
    }
}
