//! The stable codes of findings. A code is never given a second meaning.

use std::fmt;

/// The number of a finding, printed as `SB` and three digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(pub u16);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SB{:03}", self.0)
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $number:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: Code = Code($number);)+

        /// Every code with the sentence that documents it, ascending.
        pub const ALL: &[(Code, &str)] = &[$(($name, concat!($($doc),+))),+];
    };
}

codes! {
    /// A file or folder cannot be read or written.
    UNREADABLE = 1;
    /// A file is not UTF-8 text.
    NOT_UTF8 = 2;
    /// The text is not TOML.
    SYNTAX = 3;
    /// A key is written in Chinese characters without quotes.
    CHINESE_KEY = 4;
    /// The format has no such key.
    UNKNOWN_KEY = 5;
    /// A key that must be there is missing.
    MISSING_KEY = 6;
    /// A value has another type than the key takes.
    WRONG_TYPE = 7;
    /// A key is given twice.
    DUPLICATE_KEY = 8;
    /// No form profile has this name.
    UNKNOWN_FORM = 9;
    /// A folder holds no declaration, or a declaration no projects.
    EMPTY_FOLDER = 10;
    /// The name of a project's file does not say place and id, or says what another says.
    PROJECT_FILE = 11;
    /// A value is none of those that the key allows.
    UNKNOWN_VALUE = 12;
    /// A form profile cannot be used.
    BAD_PROFILE = 13;
    /// A text is empty.
    EMPTY_TEXT = 14;
    /// Keys that exclude each other, or none of those of which one is needed.
    EXCLUSIVE_KEYS = 15;

    /// An amount cannot be read.
    BAD_AMOUNT = 101;
    /// An amount has no unit.
    NO_UNIT = 102;
    /// An amount is too large to compute with.
    TOO_LARGE = 103;
    /// A quantity or a percentage cannot be read.
    BAD_QUANTITY = 104;
    /// A share is taken of something that is not there.
    UNKNOWN_SHARE = 105;
    /// Shares are taken of each other in a circle.
    CIRCULAR_SHARE = 106;
    /// Carried-over and other funds exceed the whole.
    NEGATIVE_REMAINDER = 107;
    /// A year of an amount by years cannot be read, or lies outside the project.
    BAD_YEAR = 108;
    /// What is printed exceeds what the department declares.
    DECLARED_EXCEEDED = 109;

    /// A date cannot be read.
    BAD_DATE = 201;
    /// An id is given twice.
    DUPLICATE_ID = 202;
    /// An id has characters that ids do not take.
    BAD_ID = 203;
    /// A period ends before it starts.
    REVERSED_PERIOD = 204;
    /// The form does not list this nature or category.
    UNLISTED_VALUE = 205;

    /// A `{{…}}` is not closed, or empty.
    BAD_PLACEHOLDER = 301;
    /// A `{{…}}` names no value.
    UNKNOWN_PATH = 302;
    /// A `{{…}}` asks for a format that there is not, or that does not fit the value.
    BAD_FORMAT = 303;
    /// The form has no such section.
    UNKNOWN_SECTION = 304;

    /// The form's tree has no indicator of this kind.
    UNKNOWN_KIND = 401;
    /// A target cannot be read.
    BAD_TARGET = 402;

    /// No font serves a role.
    NO_FONT = 501;
    /// No font of a role has a character.
    MISSING_GLYPH = 502;
    /// A template failed.
    TEMPLATE = 503;
    /// The page layout had something to say.
    LAYOUT = 504;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_and_none_is_given_twice() {
        assert!(ALL.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn a_code_prints_with_three_digits() {
        assert_eq!(SYNTAX.to_string(), "SB003");
        assert_eq!(LAYOUT.to_string(), "SB504");
    }
}
