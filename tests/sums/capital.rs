//! A reader of 大写, to see that what is written means the amount.

/// The amount in 分 that 大写 says; `None` when it cannot be read.
pub fn fen(text: &str) -> Option<u64> {
    if text == "零元整" {
        return Some(0);
    }
    let (yuan, rest) = match text.split_once('元') {
        Some((yuan, rest)) => (number(yuan)?, rest),
        None => (0, text),
    };
    if rest == "整" {
        return Some(yuan * 100);
    }
    // 零 stands for 角 that are left out before 分.
    let rest = rest.strip_prefix('零').unwrap_or(rest);
    let (jiao, rest) = match rest.split_once('角') {
        Some((jiao, rest)) => (digit(jiao)?, rest),
        None => (0, rest),
    };
    let fen = match rest.strip_suffix('分') {
        Some(fen) => digit(fen)?,
        None if rest == "整" => 0,
        None => return None,
    };
    Some(yuan * 100 + jiao * 10 + fen)
}

/// A number of 亿, 万 and groups of four digits.
fn number(text: &str) -> Option<u64> {
    for (unit, value) in [('亿', 100_000_000), ('万', 10_000)] {
        // 壹万亿 is 壹万 times 亿, and what follows the last 亿 is below it.
        if let Some((high, low)) = text.rsplit_once(unit) {
            let low = if low.is_empty() { 0 } else { number(low)? };
            return Some(number(high)? * value + low);
        }
    }
    let mut sum = 0;
    let mut chars = text.chars().filter(|ch| *ch != '零').peekable();
    while let Some(ch) = chars.next() {
        let value = digit(&ch.to_string())?;
        let power = match chars.peek() {
            Some('仟') => 1000,
            Some('佰') => 100,
            Some('拾') => 10,
            _ => 1,
        };
        if power > 1 {
            chars.next();
        }
        sum += value * power;
    }
    Some(sum)
}

fn digit(text: &str) -> Option<u64> {
    let place =
        ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"].iter().position(|name| *name == text)?;
    u64::try_from(place).ok()
}
