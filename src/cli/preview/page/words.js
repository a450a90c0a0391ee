// All words of the interface, and which language they are in.

const words = {
  skip: ["跳到文件内容", "Skip to the document"],
  document: ["文件各页", "Pages of the document"],
  pages: ["翻页", "Pages"],
  panel: ["侧栏", "Side panel"],
  closePanel: ["关闭侧栏", "Close the side panel"],
  totals: ["合计", "Totals"],
  findings: ["检查", "Findings"],
  draft: ["草稿", "Draft"],
  draftTitle: ["草稿：未通过检查，不能上报", "A draft: it did not pass the check and is not for submission"],
  previousPage: ["上一页", "Previous page"],
  nextPage: ["下一页", "Next page"],
  pageNumber: ["页码", "Page number"],
  zoom: ["缩放", "Zoom"],
  zoomIn: ["放大", "Zoom in"],
  zoomOut: ["缩小", "Zoom out"],
  zoomAuto: ["自动", "Auto"],
  zoomWidth: ["适合宽度", "Fit width"],
  zoomPage: ["适合整页", "Fit page"],
  language: ["English", "中文"],
  languageShort: ["EN", "中"],
  themeAuto: ["颜色：跟随系统", "Colours: as the system"],
  themeLight: ["颜色：浅色", "Colours: light"],
  themeDark: ["颜色：深色", "Colours: dark"],
  help: ["按键说明", "Keys"],
  close: ["关闭", "Close"],
  copy: ["复制", "Copy"],
  copied: ["已复制", "Copied"],
  page: ["第 {n} 页", "Page {n}"],
  pageLabel: ["第 {n} 页，{label}", "Page {n}, {label}"],
  pageCount: ["共 {n} 页", ["{n} page", "{n} pages"]],
  error: ["错误", "Error"],
  warning: ["警告", "Warning"],
  note: ["提示", "Note"],
  errors: ["{n} 处错误", ["{n} error", "{n} errors"]],
  warnings: ["{n} 处警告", ["{n} warning", "{n} warnings"]],
  notes: ["{n} 处提示", ["{n} note", "{n} notes"]],
  nothingFound: ["没有发现问题", "Nothing to correct"],
  nothingFoundMore: ["每次保存后都会重新检查。", "Every save is checked again."],
  noTotals: ["还没有合计。", "There are no totals yet."],
  noTotalsMore: ["改正错误并保存后，合计会显示在这里。", "Once the mistake is corrected and saved, they show here."],
  noPages: ["还没有可以显示的页面", "No pages to show yet"],
  noPagesMore: ["改正错误并保存后，页面会自动出现。", "Once the mistake is corrected and saved, the pages appear by themselves."],
  loading: ["正在载入……", "Loading…"],
  stale: ["有错误，下面是出错之前的页面。", "There is a mistake. The pages are those before it."],
  refused: ["检查出错误，改正之前不会生成文件。", "The check finds errors. No file is built before they are fixed."],
  staleNone: ["有错误，还不能生成页面。", "There is a mistake, so there are no pages yet."],
  showMistake: ["查看错误", "Show it"],
  updated: ["{time} 更新 · {took} 毫秒", "updated {time} · {took} ms"],
  moved: ["{n} 页有变化", ["{n} page changed", "{n} pages changed"]],
  nextMoved: ["下一处变化", "Next change"],
  connected: ["已连接", "Connected"],
  lost: ["连接中断，正在重试", "Connection lost, retrying"],
  gone: ["程序已重新启动，请打开终端中的新网址", "The program was started anew: open its new address"],
  announceUpdate: ["已更新：合计 {total}。", "Updated: total {total}."],
  announceSame: ["已更新。", "Updated."],
  announceMoved: ["有变化的页：{pages}。", "Pages that changed: {pages}."],
  announceRefused: ["检查出错误：{message}", "The check finds errors: {message}"],
  announceStale: ["有错误，页面没有更新：{message}", "There is a mistake, and the pages are not updated: {message}"],
  place: ["第 {line} 行", "line {line}"],
  placeTitle: ["这里的内容来自", "This comes from"],
  howCome: ["怎么得出", "How it came about"],
  undo: ["撤销", "Undo"],
  redo: ["重做", "Redo"],
  undone: ["已撤销", "Undone"],
  redone: ["已重做", "Done again"],
  save: ["保存", "Save"],
  saved: ["已写入文件", "Written to the file"],
  savedElsewhere: ["已写入文件，各页没有印出这一项", "Written to the file; no page shows it"],
  cancel: ["取消", "Cancel"],
  itemNamed: ["{kind}：{name}", "{kind}: {name}"],
  "item-up": ["上移", "Move up"],
  "item-down": ["下移", "Move down"],
  "item-copy": ["复制", "Copy"],
  "item-delete": ["删除", "Delete"],
  add: ["添加", "Add"],
  addProject: ["添加项目", "Add a project"],
  addTo: ["添加到：{name}", "Add to {name}"],
  addBeside: ["添加……", "Add…"],
  optional: ["{name}（可不填）", "{name} (optional)"],
  "add-what": ["添加内容", "What to add"],
  "add-project": ["项目", "Project"],
  "add-subproject": ["子项目", "Sub-project"],
  "add-cost": ["费用", "Cost"],
  "add-indicator": ["绩效指标", "Indicator"],
  "add-step": ["实施步骤", "Step of the schedule"],
  "add-source": ["资金来源", "Source of funds"],
  "add-name": ["名称", "Name"],
  "add-task": ["工作内容", "Task"],
  "add-english": ["英文名称", "Name in English"],
  "add-id": ["编号", "Id"],
  "add-how": ["金额的写法", "How its amount is given"],
  "add-amount": ["金额", "Amount"],
  "add-product": ["数量 × 单价", "Quantity × price"],
  "add-share": ["按比例计取", "Share of another"],
  "add-quantity": ["数量", "Quantity"],
  "add-unit": ["计量单位", "Unit"],
  "add-price": ["单价", "Price"],
  "add-percent": ["百分之几", "Percent"],
  "add-base": ["计取基数", "What it is a share of"],
  "add-kind": ["指标类别", "Kind of indicator"],
  "add-sourceKind": ["资金来源", "Source"],
  "add-target": ["指标值", "Target"],
  "add-start": ["开始日期", "Start"],
  "add-end": ["完成日期", "End"],
  hintId: ["小写字母、数字和连字符，定下后不改。", "Small letters, digits and hyphens; it does not change later."],
  keyAdd: ["在合计中：添加", "in the totals: add to it"],
  fix: ["改正", "Fix it"],
  fixSuggested: ["按建议改正", "Fix it as suggested"],
  fixed: ["已改正，可撤销", "Fixed; it can be undone"],
  fixBefore: ["改正前：", "before:"],
  fixAfter: ["改正后：", "after:"],
  yes: ["是", "Yes"],
  no: ["否", "No"],
  zh: ["中文", "Chinese"],
  en: ["英文", "English"],
  hintAmount: ["写明单位，如 30万元；只写数字即为元。", "With its unit, such as 30万元; digits alone are CNY."],
  hintParagraphs: ["空一行另起一段。带底色的是程序算出的值。Ctrl+Enter 保存。",
    "An empty line begins a paragraph. Shaded values are computed. Ctrl+Enter saves."],
  valueList: ["可用的值", "Values to insert"],
  valueInsert: ["插入", "Insert"],
  targetSign: ["符号", "Sign"],
  targetNumber: ["数值", "Number"],
  targetUnit: ["单位", "Unit"],
  targetWords: ["文字或范围", "Words or a range"],
  targetMeasured: ["数值", "Number"],
  targetStated: ["文字或范围", "Words or a range"],
  hintTarget: ["如 ≥ 98 %、12 次、定性。", "Such as ≥ 98 %, 12 次 or a phrase."],
  draftKept: ["这是上次没有保存的内容。", "This was typed before and not saved."],
  saveAgain: ["再次保存会替换文件里现在的内容。", "Saving again replaces what the file says now."],
  placesHint: ["用方向键逐处移动，按回车键查看来自哪个文件的哪一行。",
    "Arrow keys go from place to place, Enter tells its file and line."],
  helpTitle: ["按键和操作", "Keys and clicks"],
  helpClick: ["点页面上的金额或段落：看它在哪个文件的哪一行。点合计或检查结果：翻到那一页。",
    "Click a figure or a paragraph to see its file and line, a total or a finding to go to its page."],
  keyPages: ["下一页、上一页", "next page, previous page"],
  keyNumber: ["输入页码", "type a page number"],
  keyScroll: ["滚动", "scroll"],
  keyZoom: ["放大、缩小", "zoom in, zoom out"],
  keyActual: ["实际大小（100%）", "actual size (100%)"],
  keyWidth: ["适合宽度", "fit width"],
  keyPanel: ["打开、关闭侧栏", "show or hide the side panel"],
  keyTabs: ["合计、检查", "totals, findings"],
  keyTree: ["在合计中移动、展开、收起", "move, open and close in the totals"],
  keyFindings: ["下一处、上一处检查结果", "next finding, previous finding"],
  keyMoved: ["下一处变化", "next change"],
  keyTab: ["到下一页，再用方向键逐处移动", "to the next page; arrow keys then go from place to place"],
  keyEnter: ["查看所在位置的文件和行", "file and line of the place"],
  keyCopy: ["复制文件和行", "copy file and line"],
  keyUndo: ["撤销、重做页面上的改动", "undo, redo an edit of the page"],
  keyLanguage: ["中文、英文", "Chinese or English"],
  keyTheme: ["浅色、深色", "light or dark"],
  keyHelp: ["本说明", "this help"],
  keyEscape: ["关闭", "close"],
};

let language = (navigator.language || "zh").toLowerCase().startsWith("zh") ? 0 : 1;

export const getLanguage = () => (language ? "en" : "zh");

/** Sets the language of the interface, `zh` or `en`, and puts its words into the page. */
export function setLanguage(code) {
  language = code === "en" ? 1 : 0;
  document.documentElement.lang = language ? "en" : "zh-CN";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = t(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
  }
  for (const element of document.querySelectorAll("[data-title]")) setTitle(element, t(element.dataset.title));
}

/** Names a button for the pointer and for assistive technology, with its key. */
export function setTitle(element, words) {
  const key = element.dataset.key;
  element.title = key ? `${words} (${key})` : words;
  // A button with words of its own is named by them, a picture or a single letter is not.
  if (element.classList.contains("icon")) element.setAttribute("aria-label", words);
}

/** Returns words of the table with `{name}` filled in; `n` decides between singular and plural. */
export function t(name, values = {}) {
  let text = words[name][language];
  if (Array.isArray(text)) text = text[values.n === 1 ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/** Returns the text of a `{ zh, en }` in the language of the interface, or in the one that there is. */
export function pick(text) {
  if (!text) return "";
  return (language ? text.en || text.zh : text.zh || text.en) || "";
}
