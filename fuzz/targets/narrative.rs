//! A text of a declaration, with templates, lists and amounts: what is printed of it has no template left.
#![no_main]

use std::sync::LazyLock;

use shenbao::check::examine;
use shenbao::lang::Lang;
use shenbao::load::Texts;
use shenbao::narrative::Block;
use shenbao::pipeline::prepare_with;
use shenbao_fuzz::bundle::words;
use shenbao_fuzz::samples::repository;
use shenbao_fuzz::sound::of_findings;
use shenbao_fuzz::target;
use toml_edit::{DocumentMut, value};

static PROJECT: LazyLock<DocumentMut> = LazyLock::new(|| {
    let path = repository("tests/rules/base/projects/1-reading.toml");
    let text = std::fs::read_to_string(path).expect("the sample is there");
    text.parse().expect("the sample is TOML")
});

target!(words, hold);

fn hold(input: &[u8]) {
    let text = &*String::from_utf8_lossy(input);
    let mut document = PROJECT.clone();
    document["narrative"]["overview"]["zh"] = value(text);
    let folder = repository("tests/rules/base");
    let texts = Texts::from([(folder.join("projects/1-reading.toml"), Some(document.to_string()))]);
    let mut prepared = prepare_with(&folder, &texts, &mut |_| {});
    let found = prepared.of_texts.clone();
    of_findings(&found, &prepared.sources);
    if let Some(whole) = prepared.whole.as_ref().filter(|_| !prepared.has_errors()) {
        let all = whole.narrative.projects.iter().flat_map(|project| &project.sections);
        for block in all.flat_map(|(_, section)| Lang::ALL.map(|lang| section.get(lang))).flatten() {
            let printed = match block {
                Block::Paragraph(text) | Block::Subheading(text) => text.clone(),
                Block::List(items) => items.iter().map(|item| item.text.as_str()).collect(),
            };
            assert!(!printed.contains("{{"), "a template is printed: {printed}");
        }
    }
    let examined = examine(&mut prepared);
    of_findings(&examined.findings, &prepared.sources);
}
