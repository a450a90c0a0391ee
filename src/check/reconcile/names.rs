//! Which sub-projects and costs a sentence names, also by a shortened name.

use crate::lang::Lang;
use crate::model::Text;
use crate::reading::words::NAMES;

/// Whether `sentence` names what is called `name`.
pub fn names(sentence: &str, name: &Text, lang: Lang) -> bool {
    let Some(prose) = name.exactly(lang).or(Some(name.get(lang))) else { return false };
    let full = prose.value.trim();
    if full.is_empty() {
        return false;
    }
    match lang {
        Lang::Zh => {
            sentence.contains(full) || short_forms(full).iter().any(|form| sentence.contains(form.as_str()))
        }
        Lang::En => names_english(&sentence.to_lowercase(), &full.to_lowercase()),
    }
}

/// 数据安全专项检查 for 数据安全专项检查项目, without what stands in brackets.
fn short_forms(full: &str) -> Vec<String> {
    let mut bare = String::new();
    let mut depth = 0_u32;
    for ch in full.chars() {
        match ch {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(ch),
            _ => {}
        }
    }
    let mut forms = Vec::new();
    let mut core = bare.trim();
    loop {
        // Two characters are too little to be a name.
        if core.chars().count() < 4 {
            return forms;
        }
        forms.push(core.to_owned());
        match NAMES.tails.iter().find_map(|tail| core.strip_suffix(tail.as_str())) {
            Some(shorter) => core = shorter,
            None => return forms,
        }
    }
}

/// Whether most of the words that carry the name stand in the sentence.
fn names_english(sentence: &str, full: &str) -> bool {
    if sentence.contains(full) {
        return true;
    }
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty());
        words
            .filter(|word| !NAMES.small.iter().any(|small| small == word))
            .map(|word| word.trim_end_matches('s').to_owned())
            .collect()
    };
    let (wanted, there) = (words(full), words(sentence));
    let hits = wanted.iter().filter(|word| there.contains(word)).count();
    hits >= 2 && hits * 3 >= wanted.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Prose;
    use crate::source::{Place, Sources, Span};

    fn named(sentence: &str, name: &str, lang: Lang) -> bool {
        let file = Sources::default().add("a.toml".as_ref(), String::new());
        let prose = Prose { value: name.to_owned(), place: Place::whole(Span::new(file, 0..0)) };
        names(sentence, &Text::Zh(prose), lang)
    }

    #[test]
    fn a_shortened_name_is_still_a_name() {
        assert!(named("数据安全专项检查包括内部检查", "数据安全专项检查项目", Lang::Zh));
        assert!(named("驻场运维服务参考原有项目", "驻场运维服务项目", Lang::Zh));
        assert!(named("网站英文版运维1.5万元", "网站英文版（运维）", Lang::Zh));
        assert!(!named("预算总额为80万元", "数据安全专项检查项目", Lang::Zh));
        assert!(!named("翻译共12万元", "翻译费", Lang::Zh));
        assert!(named("the reading lectures cost", "Reading lectures", Lang::En));
        assert!(named(
            "main and standby internet links are rented",
            "Rental of the main Internet links",
            Lang::En
        ));
        assert!(!named("the books are bought", "Reading lectures", Lang::En));
    }
}
