//! Word files and workbooks of the same content, written by the tests.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A cell of a form: its text, how many columns and how many rows it takes.
pub type Cell = (&'static str, u16, u32);

/// The paragraphs before the form.
pub const TEXT: [&str; 13] = [
    "岚源区公共数据中心2025年财政支出项目绩效目标申报表",
    "绩效目标设置情况",
    "本单位1个预算单位编报2025年项目绩效目标，编报绩效目标的项目1个，涉及项目预算资金134.00万元。",
    "项目经费情况说明1--数据安全保障",
    "一、项目概述",
    "该项目包括2个子项目，分别为机房驻场值守和重点单位安全检查，预算资金总额134万元。",
    "二、立项依据",
    "依据《岚源区公共数据管理办法》（岚府发〔2023〕8号）设立。",
    "五、实施周期",
    "该项目实施周期为2025年1月至2025年12月。",
    "六、年度预算安排",
    "机房驻场值守市场人均20万元/年，预测项目总资金为80万元。",
    "重点单位安全检查每家4万元，预测项目资金共计为54万元。",
];

/// The form, row by row; a cell from above takes its place in the rows below.
pub fn form() -> Vec<Vec<Cell>> {
    vec![
        vec![("财政项目支出绩效目标申报表", 8, 1)],
        vec![("（2025年度）", 8, 1)],
        vec![
            ("项目名称", 2, 1),
            ("数据安全保障", 2, 1),
            ("项目性质", 1, 1),
            ("其他经常性项目", 1, 1),
            ("项目类别", 1, 1),
            ("其他运转类", 1, 1),
        ],
        vec![
            ("主管部门", 2, 1),
            ("岚源区人民政府办公室", 2, 1),
            ("实施单位", 1, 1),
            ("岚源区公共数据中心", 3, 1),
        ],
        vec![("计划开始日期", 2, 1), ("2025-01-01", 2, 1), ("计划完成日期", 1, 1), ("2025-12-31", 3, 1)],
        vec![
            ("项目资金（元）", 2, 4),
            ("项目资金总额", 2, 1),
            ("1,340,000.00", 1, 1),
            ("年度资金申请总额", 2, 1),
            ("1,340,000.00", 1, 1),
        ],
        vec![
            ("其中：财政资金", 2, 2),
            ("1,340,000.00", 1, 2),
            ("其中：当年财政拨款", 2, 1),
            ("1,330,000.00", 1, 1),
        ],
        vec![("上年结转资金", 2, 1), ("10,000.00", 1, 1)],
        vec![("其他资金", 2, 1), ("0.00", 1, 1), ("其他资金", 2, 1), ("0.00", 1, 1)],
        vec![("项目绩效目标", 1, 2), ("项目总目标", 4, 1), ("年度总体目标", 3, 1)],
        vec![
            ("保障机房和重点单位的数据安全，风险及时处置。", 4, 1),
            ("2025年检查重点单位12家，故障及时修复。", 3, 1),
        ],
        vec![
            ("绩效指标", 1, 6),
            ("一级指标", 1, 1),
            ("二级指标", 1, 1),
            ("三级指标", 3, 1),
            ("年度(/项目)指标值", 2, 1),
        ],
        vec![("成本指标", 1, 1), ("经济成本指标", 1, 1), ("年人均成本", 3, 1), ("≤20.00(万元)", 2, 1)],
        vec![("产出指标", 1, 3), ("数量指标", 1, 2), ("检查家数", 3, 1), ("≥12.00(家)", 2, 1)],
        vec![("巡检次数", 3, 1), ("≥4.00(次)", 2, 1)],
        vec![("质量指标", 1, 1), ("故障发生率", 3, 1), ("≤5.00(%)", 2, 1)],
        vec![("满意度指标", 1, 1), ("服务对象满意度指标", 1, 1), ("用户满意度", 3, 1), ("≥90.00(%)", 2, 1)],
    ]
}

/// Each cell of the form with its row and column.
fn placed(rows: &[Vec<Cell>]) -> Vec<(u32, u16, Cell)> {
    let mut taken: BTreeSet<(u32, u16)> = BTreeSet::new();
    let mut all = Vec::new();
    for (row, cells) in (0..).zip(rows) {
        let mut column = 0;
        for cell in cells {
            while taken.contains(&(row, column)) {
                column += 1;
            }
            for below in 0..cell.2 {
                taken.extend((0..cell.1).map(|right| (row + below, column + right)));
            }
            all.push((row, column, *cell));
            column += cell.1;
        }
    }
    all
}

/// The main part of a Word file with these paragraphs and this form.
pub fn document(paragraphs: &[&str], rows: &[Vec<Cell>]) -> String {
    let all = placed(rows);
    let mut table = String::new();
    for row in (0..).take(rows.len()) {
        table.push_str("<w:tr>");
        let mut own: Vec<_> =
            all.iter().filter(|(top, _, cell)| (*top..*top + cell.2).contains(&row)).collect();
        own.sort_by_key(|(_, column, _)| *column);
        for (top, _, (text, span, below)) in own {
            let merge = match (*below > 1, *top == row) {
                (false, _) => "",
                (true, true) => "<w:vMerge w:val=\"restart\"/>",
                (true, false) => "<w:vMerge/>",
            };
            let text = if *top == row { *text } else { "" };
            table.push_str(&format!(
                "<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/>{merge}</w:tcPr>{}</w:tc>",
                paragraph(text)
            ));
        }
        table.push_str("</w:tr>");
    }
    let text: String = paragraphs.iter().map(|text| paragraph(text)).collect();
    let table = if rows.is_empty() { String::new() } else { format!("<w:tbl>{table}</w:tbl>") };
    body(&format!("{text}{table}"))
}

/// A document with this content.
pub fn body(content: &str) -> String {
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"{space}\"><w:body>{content}</w:body></w:document>")
}

pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// An archive with these parts.
pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word file with this main part.
pub fn word(document: &str) -> Vec<u8> {
    archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", document)])
}

/// A workbook with the same paragraphs and form, amounts as numbers.
pub fn workbook(paragraphs: &[&str], rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut top = 0;
    for text in paragraphs {
        sheet.write_string(top, 0, *text).unwrap();
        top += 1;
    }
    let plain = Format::new();
    for (row, column, (text, span, below)) in placed(rows) {
        let row = top + row;
        if span > 1 || below > 1 {
            sheet.merge_range(row, column, row + below - 1, column + span - 1, text, &plain).unwrap();
        }
        match text.replace(',', "").trim_end_matches(".00").parse::<u32>() {
            Ok(number) => sheet.write_number_with_format(row, column, number, &plain).unwrap(),
            Err(_) => sheet.write_string_with_format(row, column, text, &plain).unwrap(),
        };
    }
    workbook.save_to_buffer().unwrap()
}

/// The same as text, cells set apart by tabs.
pub fn text(paragraphs: &[&str], rows: &[Vec<Cell>]) -> String {
    let all = placed(rows);
    let mut lines: Vec<String> = paragraphs.iter().map(|text| (*text).to_owned()).collect();
    for row in (0..).take(rows.len()) {
        let cells: Vec<&str> = (0..8)
            .map(|column| all.iter().find(|own| (own.0, own.1) == (row, column)).map_or("", |own| own.2.0))
            .collect();
        lines.push(cells.join("\t"));
    }
    lines.join("\n")
}

/// An old workbook without sheets: a compound file with the stream of one.
pub fn old_workbook() -> Vec<u8> {
    use std::io::Write;
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    let mut stream = file.create_stream("Workbook").unwrap();
    let begin = [0x09, 0x08, 0x10, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    stream.write_all(&begin).unwrap();
    stream.write_all(&[0x0a, 0, 0, 0]).unwrap();
    stream.write_all(&[0; 8192]).unwrap();
    drop(stream);
    file.into_inner().into_inner()
}
