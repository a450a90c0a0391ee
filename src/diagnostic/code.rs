//! The stable codes of findings. A code is never given a second meaning.

use std::fmt;

use crate::lang::Words;

/// The number of a finding, printed as `SB` and three digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(pub u16);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SB{:03}", self.0)
    }
}

impl Code {
    /// Reads a code as it is printed, or only its number: `SB312`, `sb312`, `312`.
    pub fn parse(text: &str) -> Option<Code> {
        let text = text.trim();
        let digits = match text.get(..2) {
            Some(letters) if letters.eq_ignore_ascii_case("sb") => text.get(2..)?,
            _ => text,
        };
        let number: u16 = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
        ALL.iter().map(|(code, _)| *code).find(|code| code.0 == number)
    }

    /// The sentence that documents it, without a full stop.
    pub fn meaning(self) -> Words {
        let find = |list: &[(Code, &'static str)]| {
            list.iter().find(|(code, _)| *code == self).map(|(_, text)| *text)
        };
        Words {
            zh: find(ALL_ZH).unwrap_or_default().to_owned(),
            en: find(ALL).unwrap_or_default().trim().trim_end_matches('.').to_owned(),
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $number:literal, $zh:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: Code = Code($number);)+

        /// Every code with the sentence that documents it, ascending.
        pub const ALL: &[(Code, &str)] = &[$(($name, concat!($($doc),+))),+];

        /// The same in Chinese.
        pub const ALL_ZH: &[(Code, &str)] = &[$(($name, $zh)),+];
    };
}

codes! {
    /// A file or folder cannot be read or written.
    UNREADABLE = 1, "文件或文件夹读不出来，或写不进去";
    /// A file is not UTF-8 text.
    NOT_UTF8 = 2, "文件不是 UTF-8 编码的文本";
    /// The text is not TOML.
    SYNTAX = 3, "文件不合 TOML 的写法";
    /// A key is written in Chinese characters without quotes.
    CHINESE_KEY = 4, "键写成了不带引号的汉字";
    /// The format has no such key.
    UNKNOWN_KEY = 5, "没有这个键";
    /// A key that must be there is missing.
    MISSING_KEY = 6, "缺少必填的键";
    /// A value has another type than the key takes.
    WRONG_TYPE = 7, "值的类型不对";
    /// A key is given twice.
    DUPLICATE_KEY = 8, "同一个键写了两次";
    /// No form profile has this name.
    UNKNOWN_FORM = 9, "没有这个名称的表样";
    /// A folder holds no declaration, or a declaration no projects.
    EMPTY_FOLDER = 10, "文件夹里没有申报，或申报里没有项目";
    /// A project's file is in the wrong folder, or its name does not say place and id, or says what another says.
    PROJECT_FILE = 11, "项目文件放错了文件夹，或文件名没有写明序号和编号，或与别的文件重复";
    /// A value is none of those that the key allows.
    UNKNOWN_VALUE = 12, "值不在这个键允许的范围内";
    /// A form profile cannot be used.
    BAD_PROFILE = 13, "表样文件不能用";
    /// A text is empty.
    EMPTY_TEXT = 14, "文字是空的";
    /// Keys that exclude each other, or none of those of which one is needed.
    EXCLUSIVE_KEYS = 15, "几个键只能写一个，却都写了或都没有写";
    /// A file, a text or a folder is larger than a declaration can be.
    OVER_LIMIT = 16, "文件、文字或文件夹超过申报的上限";

    /// An amount cannot be read.
    BAD_AMOUNT = 101, "金额读不出来";
    /// An amount has no unit.
    NO_UNIT = 102, "金额没有写单位";
    /// An amount is too large to compute with.
    TOO_LARGE = 103, "金额太大，无法计算";
    /// A quantity or a percentage cannot be read.
    BAD_QUANTITY = 104, "数量或百分比读不出来";
    /// A share is taken of something that is not there.
    UNKNOWN_SHARE = 105, "按比例计算的对象不存在";
    /// Shares are taken of each other in a circle.
    CIRCULAR_SHARE = 106, "按比例计算的费用互为基数，成了循环";
    /// Carried-over and other funds exceed the whole.
    NEGATIVE_REMAINDER = 107, "结转资金与其他资金之和超过总额";
    /// A year of an amount by years cannot be read, or lies outside the project.
    BAD_YEAR = 108, "分年度金额的年份读不出来，或不在项目周期内";
    /// What is printed exceeds what the department declares.
    DECLARED_EXCEEDED = 109, "印出的项目超过部门填报的总数或总额";
    /// A project of several years has money in one only.
    YEARS_WITHOUT_MONEY = 110, "跨年度项目的资金只列在一个年度";
    /// Parts that the text states do not add up to the whole.
    PARTS_DIFFER = 111, "文字写出的各部分之和与总额不符";
    /// The sources of fiscal funds do not add up to them.
    SOURCES_DIFFER = 112, "各财政资金来源之和与财政资金不符";
    /// The income of a department differs from its outlay.
    BUDGET_UNBALANCED = 113, "部门收入合计与支出合计不符";
    /// What a department states of its projects differs from what they request.
    PROJECTS_OUTLAY_DIFFERS = 114, "部门填写的项目支出与各项目之和不符";
    /// A project is in none of the department's tasks.
    PROJECT_WITHOUT_TASK = 115, "项目没有列入部门的任何一项任务";

    /// A date cannot be read.
    BAD_DATE = 201, "日期读不出来";
    /// An id is given twice.
    DUPLICATE_ID = 202, "编号重复";
    /// An id has characters that ids do not take.
    BAD_ID = 203, "编号里有不允许的字符";
    /// A period ends before it starts.
    REVERSED_PERIOD = 204, "结束日期早于开始日期";
    /// The form does not list this nature or category.
    UNLISTED_VALUE = 205, "表样没有列出这个项目性质或类别";
    /// Results are of an indicator that the project does not have.
    UNKNOWN_INDICATOR = 206, "自评的指标在项目里没有";
    /// A task of the department names a project that the declaration does not have.
    UNKNOWN_PROJECT = 207, "部门任务列的项目在申报里没有";
    /// The declaration's year lies outside the project's period.
    YEAR_OUTSIDE_PERIOD = 210, "申报年度不在项目周期内";
    /// Two projects, sub-projects or costs have the same name.
    DUPLICATE_NAME = 211, "两个项目、子项目或费用重名";
    /// A sub-project or a step of the schedule lies outside the project's period.
    PART_OUTSIDE_PERIOD = 212, "子项目或进度安排超出项目周期";
    /// The text names another period than the form.
    PERIOD_DIFFERS = 213, "文字写的周期与表中不同";

    /// A `{{…}}` is not closed, or empty.
    BAD_PLACEHOLDER = 301, "{{…}} 没有写完，或里面是空的";
    /// A `{{…}}` names no value.
    UNKNOWN_PATH = 302, "{{…}} 引用的数值不存在";
    /// A `{{…}}` asks for a format that there is not, or that does not fit the value.
    BAD_FORMAT = 303, "{{…}} 要求的格式不存在，或不适合这个数值";
    /// The form has no such section.
    UNKNOWN_SECTION = 304, "表样没有这一部分";
    /// An amount beside a word for the total differs from the computed total.
    TOTAL_DIFFERS = 310, "总额一类词语旁的金额与计算出的总额不符";
    /// An amount in the text equals none of the project's.
    UNKNOWN_AMOUNT = 311, "文字中的金额与项目的任何金额都对不上";
    /// A product in the text differs from the amount stated beside it.
    PRODUCT_DIFFERS = 312, "文字中数量与单价的乘积与写出的金额不符";
    /// The budget section names no amount of the year.
    BUDGET_WITHOUT_AMOUNT = 313, "年度预算安排没有写明当年的金额";
    /// The budget section names fewer items than there are.
    BUDGET_INCOMPLETE = 314, "年度预算安排列出的项数少于实际项数";
    /// An exact amount is said to be approximate.
    ABOUT_EXACT = 315, "确切的金额前后写了“约”“左右”等词";
    /// 万 stands without 元.
    WAN_WITHOUT_YUAN = 316, "“万”后面漏了“元”";
    /// Amounts are grouped by thousands in one place and not in another.
    MIXED_GROUPING = 317, "金额的千分位有的写、有的不写";
    /// The text states the exact amount, the form the rounded one.
    TEXT_EXACT_FORM_ROUNDED = 318, "文字写的是精确数，表中是取整后的数";
    /// A count in the text differs from what there is.
    COUNT_DIFFERS = 320, "文字中的个数与实际不符";
    /// The text names another year where the declaration's belongs.
    FOREIGN_YEAR = 321, "文字在应写申报年度的地方写了别的年份";
    /// A name is written differently in different places.
    NAME_VARIES = 322, "同一名称在不同地方写法不同";
    /// A placeholder was left in the text.
    PLACEHOLDER_LEFT = 330, "文字中留有没有填写的占位符";
    /// A section of the narrative is missing.
    SECTION_MISSING = 331, "项目经费情况说明缺少一部分";
    /// A text is too short to say anything.
    TEXT_TOO_SHORT = 332, "文字太短，没有说明内容";
    /// A text is longer than the form takes.
    TEXT_TOO_LONG = 333, "文字超过表格能容纳的长度";
    /// The basis cites no document.
    BASIS_CITES_NOTHING = 334, "立项依据没有引用任何文件";
    /// The year of a document number is not in 〔〕.
    DOCUMENT_NUMBER_BRACKETS = 335, "发文字号的年份没有用六角括号〔〕";
    /// The overall and the annual goal are the same.
    GOALS_EQUAL = 336, "项目总目标与年度总体目标相同";
    /// The numbers of a list jump.
    NUMBERING_JUMPS = 337, "序号不连续";
    /// A list mixes styles of numbers.
    NUMBERING_MIXED = 338, "同一组序号混用几种写法";
    /// Half-width punctuation stands between Chinese characters.
    HALF_WIDTH_PUNCTUATION = 339, "汉字之间用了半角标点";
    /// Punctuation is doubled.
    DOUBLED_PUNCTUATION = 340, "标点重复";
    /// Traditional characters stand among simplified ones.
    TRADITIONAL_CHARACTERS = 341, "简体文字中夹有繁体字";
    /// A telephone or identity number would be published.
    PERSONAL_DATA = 342, "文字中有电话或证件号码，公开后会泄露个人信息";
    /// English is to be printed, but a text has none.
    ENGLISH_MISSING = 343, "要印英文，却没有英文文字";
    /// An English text is left in Chinese.
    ENGLISH_LEFT_CHINESE = 344, "英文文字里仍是中文";
    /// A text has a character that nobody sees.
    INVISIBLE_CHARACTER = 345, "文字中有看不见的字符";
    /// Printed parts do not add up to the printed total.
    PRINTED_PARTS_DIFFER = 346, "印出的各部分相加不等于印出的总额";
    /// An amount is finer than 0.01 元.
    FINER_THAN_FEN = 347, "金额不足一分的部分无法印出";
    /// A sentence about the year has the total of all years.
    TOTAL_FOR_YEAR = 348, "写年度的句子用了各年的总额";
    /// A bracket or quotation mark has no other.
    UNPAIRED_MARK = 349, "括号、引号或书名号不成对";
    /// An acceptance matches no finding.
    STALE_ACCEPTANCE = 350, "一条接受说明没有对应的问题";
    /// An acceptance names a code that cannot be accepted, or not one finding.
    BAD_ACCEPTANCE = 351, "一条接受说明写的编号不能接受，或说不清是哪一个问题";

    /// The form's tree has no indicator of this kind.
    UNKNOWN_KIND = 401, "表样的指标体系里没有这一类";
    /// A target cannot be read whole, or differs between the languages.
    BAD_TARGET = 402, "指标值读不出来";
    /// A first level of indicators that the form needs is missing.
    LEVEL_MISSING = 410, "缺少表样要求的一级指标";
    /// A kind of indicator that the form needs is missing.
    KIND_MISSING = 411, "缺少表样要求的二级指标";
    /// A target repeats the indicator's name.
    TARGET_REPEATS_NAME = 412, "指标值重复了指标名称";
    /// A target has a number without a unit.
    TARGET_WITHOUT_UNIT = 413, "指标值有数字而没有单位";
    /// A rate is over 100 % or under 0.
    RATE_OUT_OF_RANGE = 414, "比率超过100%或小于0";
    /// Weights do not add up to what the form asks.
    WEIGHTS_DIFFER = 415, "权重之和与表样要求不符";
    /// A project has too few or too many indicators.
    INDICATOR_COUNT = 416, "指标太少或太多";
    /// One kind has too many indicators.
    KIND_CROWDED = 417, "同一个二级指标下的指标太多";
    /// Two indicators have the same name.
    DUPLICATE_INDICATOR = 418, "指标重名";
    /// An indicator that counts or measures has no number.
    MEASURE_WITHOUT_NUMBER = 419, "应当量化的指标没有数字";
    /// A number stands inside words where sign, number and unit belong.
    NUMBER_IN_WORDS = 420, "数字夹在文字里，应写成符号、数字和单位";
    /// A target is a word that nobody can measure.
    VAGUE_TARGET = 421, "指标值用词笼统，无法衡量";
    /// At least 100 % can only be exactly 100 %.
    AT_LEAST_ALL = 422, "“不低于100%”只能是等于100%";
    /// The sign says the opposite of what is wanted.
    SIGN_AGAINST_SENSE = 423, "指标值的符号与要达到的方向相反";
    /// A cost indicator is above the year's request.
    COST_ABOVE_REQUEST = 424, "成本指标高于年度申请总额";
    /// A cost indicator is below the price that the costs use.
    COST_BELOW_PRICE = 425, "成本指标低于测算所用的单价";
    /// The satisfaction aimed at is low.
    LOW_SATISFACTION = 426, "满意度目标偏低";
    /// No indicator touches a sub-project.
    SUBPROJECT_UNTOUCHED = 427, "有子项目没有任何指标涉及";
    /// A cost and a benefit have the same name.
    COST_IS_BENEFIT = 428, "成本指标与效益指标重名";
    /// No cost indicator has a figure.
    COST_NOT_MEASURED = 429, "成本指标都没有数字";
    /// A form shows what a project does not give.
    FORM_ASKS = 430, "表样要印的内容没有填写";
    /// Results of the self-evaluation are missing.
    RESULT_MISSING = 440, "自评有未填写的内容";
    /// A target was missed, or the budget not spent, and no reason is given.
    REASON_MISSING = 441, "未达到指标值或预算未执行，没有写原因";
    /// An actual value has no unit, another one than the target, or no number.
    ACTUAL_UNIT = 442, "实际完成值没有单位、单位不同或没有数字";
    /// More was spent than was budgeted.
    SPENT_ABOVE_BUDGET = 443, "执行数超过预算数";
    /// Weights or scores of the self-evaluation are not as the form says.
    SCORES_DIFFER = 444, "自评的分值或得分不合表样";
    /// A target was changed after the declaration.
    TARGET_CHANGED = 445, "指标值与申报时不同";
    /// A text of the self-evaluation is too long.
    RESULT_TOO_LONG = 446, "自评文字超过规定字数";

    /// No font serves a role.
    NO_FONT = 501, "没有可用的字体";
    /// No font of a role has a character.
    MISSING_GLYPH = 502, "字体里没有这个字";
    /// A template failed.
    TEMPLATE = 503, "模板出错";
    /// The page layout had something to say.
    LAYOUT = 504, "排版程序有提示";
    /// A font file is damaged or cannot be used.
    BROKEN_FONT = 505, "字体文件损坏或不能使用";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_and_none_is_given_twice() {
        assert!(ALL.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        assert_eq!(["SB312", "sb312", " 312 "].map(Code::parse), [Some(PRODUCT_DIFFERS); 3]);
        assert_eq!(["SB999", "SB", "SB3x2", "三百", ""].map(Code::parse), [None; 5]);
        assert_eq!(SYNTAX.meaning().zh, "文件不合 TOML 的写法");
        assert_eq!(SYNTAX.meaning().en, "The text is not TOML");
    }

    #[test]
    fn a_code_prints_with_three_digits() {
        assert_eq!(SYNTAX.to_string(), "SB003");
        assert_eq!(LAYOUT.to_string(), "SB504");
    }
}
