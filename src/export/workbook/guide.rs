//! The first sheet: how the workbook is filled in.

use rust_xlsxwriter::{Format, FormatAlign, XlsxError};

use crate::export::sheet::{Book, FONT, height, lines};
use crate::lang::{Lang, Words, say};
use crate::pipeline::Whole;

/// The width of the sheet, in characters of half width.
const WIDTH: u16 = 100;

/// Adds the sheet.
pub(super) fn write(book: &mut Book, whole: &Whole, lang: Lang) -> Result<(), XlsxError> {
    let name = book.reserve(say!("说明", "How to").get(lang));
    let sheet = book.sheet(&name)?;
    let text =
        Format::new().set_font_name(FONT).set_font_size(11).set_text_wrap().set_align(FormatAlign::Top);
    let title = text.clone().set_bold().set_font_size(15);
    sheet.set_column_width(0, WIDTH)?;
    sheet.set_screen_gridlines(false);
    for (words, row) in sentences(whole).iter().zip(0_u32..) {
        let format = if row == 0 { &title } else { &text };
        let taken = lines(words.get(lang), usize::from(WIDTH - 4)) + usize::from(row == 0);
        sheet.set_row_height(row, height(taken))?;
        sheet.write_string_with_format(row, 0, words.get(lang), format)?;
    }
    sheet.protect();
    Ok(())
}

fn sentences(whole: &Whole) -> Vec<Words> {
    let declaration = &whole.declaration;
    let (year, unit) = (declaration.year, declaration.unit.name.words());
    let (zh, en) = (unit.zh, unit.en);
    let form = whole.profile.title.clone();
    let (form_zh, form_en) = (form.zh, form.en);
    vec![
        say!("{zh} {year} 年绩效目标申报：填报工作簿", "{en}: declaration of {year}, workbook to fill in"),
        say!("表样：{form_zh}", "Form: {form_en}"),
        say!(
            "白色的单元格可以填写，灰色的由程序算出或不能在这里改。鼠标停在标题上，可以看到填写说明。",
            "White cells can be filled in; grey ones are computed, or cannot be changed here. Notes on the heads say what to write."
        ),
        say!(
            "金额一律以元填写，只写数字；数量、比例、权重也只写数字。日期写成 2026-01-31。",
            "Amounts are in CNY, numbers alone, and so are quantities, percentages and weights. Dates are written as 2026-01-31."
        ),
        say!(
            "新增费用或指标：写在表末的空行里，并选好项目编号。删除：清空这一行的名称。",
            "To add a cost or an indicator, use the empty rows at the end and choose the project. To remove one, clear its name."
        ),
        say!(
            "正文和目标里的 {{{{…}}}} 由程序填入金额、个数等，请保留；改了项目的费用，这些数会自动更新。",
            "{{{{…}}}} in texts stands for amounts and counts that the program fills in: keep it. It follows the costs by itself."
        ),
        say!(
            "请勿插入或移动列，也不要改工作表的名称；保存为 .xlsx。",
            "Do not insert or move columns or rename sheets; save the file as .xlsx."
        ),
    ]
}
