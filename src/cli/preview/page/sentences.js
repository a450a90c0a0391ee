// The control of a text in which {{…}} stands for a computed value: each is one mark that shows the value and its name.

import { make } from "./dom.js";
import { send } from "./server.js";
import { t } from "./words.js";

const written = /(\{\{[^{}]*\}\})/;

/** The text of a field, with a list of the values that it may take. */
export function sentencesOf(file, { text, lang }, id) {
  const box = make("div", { id, className: "sentences", role: "textbox", tabIndex: 0, spellcheck: false });
  box.setAttribute("contenteditable", "plaintext-only");
  box.setAttribute("aria-multiline", "true");
  box.setAttribute("aria-labelledby", `${id}-label`);
  const values = new Map();
  const list = make("select", { "aria-label": t("valueList") });
  const insert = make("button", { type: "button" }, t("valueInsert"));
  const element = make("div", {}, box, make("div", { className: "values" }, list, insert));

  const mark = (source) => {
    const chip = make("span", { className: "value", data: { written: source } });
    chip.setAttribute("contenteditable", "false");
    return name(chip, values);
  };
  const fill = (value) => {
    const parts = value.replace(/\n$/, "").split(written);
    // A last line break gives the line behind it a height.
    box.replaceChildren(...parts.filter(Boolean).map((part) => (written.test(part) ? mark(part) : part)), make("br"));
  };
  const fetchValues = async () => {
    const asked = [...box.querySelectorAll(".value")].map((chip) => chip.dataset.written);
    const known = await send("values", { file, lang, written: asked });
    if (!known) return;
    for (const [source, value] of Object.entries(known.values)) values.set(source, value);
    for (const chip of box.querySelectorAll(".value")) name(chip, values);
    if (list.options.length) return;
    list.append(...known.all.map(({ written: source, value }) => make("option", { value: source }, `${inner(source)}　${short(value)}`)));
  };

  box.addEventListener("input", (event) => {
    if (!event.isComposing && markTyped(box, mark)) fetchValues();
  });
  for (const name of ["copy", "cut"]) box.addEventListener(name, (event) => copy(event, box));
  let last = null;
  box.addEventListener("blur", () => (last = rangeIn(box)));
  insert.addEventListener("click", () => {
    if (!list.value) return;
    put(mark(list.value), box, rangeIn(box) || last || endOf(box));
    box.dispatchEvent(new Event("input", { bubbles: true }));
    fetchValues();
  });
  fill(text);
  fetchValues();
  return {
    element,
    single: false,
    get value() {
      return read(box).replace(/\n$/, "");
    },
    set value(value) {
      fill(value);
      fetchValues();
    },
    focus: (options) => box.focus(options),
    refuse: (is) => (is ? box.setAttribute("aria-invalid", "true") : box.removeAttribute("aria-invalid")),
  };
}

const inner = (source) => source.slice(2, -2).trim();
const short = (text) => (text.length > 24 ? `${text.slice(0, 24)}…` : text);

/** Writes what is known of a mark on it. */
function name(chip, values) {
  const source = chip.dataset.written;
  const value = values.get(source);
  chip.classList.toggle("unknown", value === null);
  chip.title = value ? `${source} = ${value}` : source;
  chip.replaceChildren(make("b", {}, value ? short(value) : inner(source)), value ? make("small", {}, inner(source)) : "");
  return chip;
}

/** The text of a node, each mark as it is written in the file. */
function read(node) {
  let text = "";
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) text += child.data;
    else if (child.dataset?.written) text += child.dataset.written;
    else if (child.nodeName === "BR") text += "\n";
    else text += read(child);
  }
  return text;
}

/** Makes marks of what was typed or pasted as {{…}}; true if there was any. */
function markTyped(box, mark) {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".value") || !written.test(node.data) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const typed = [];
  while (walker.nextNode()) typed.push(walker.currentNode);
  for (const node of typed) {
    const parts = node.data.split(written).filter(Boolean).map((part) => (written.test(part) ? mark(part) : document.createTextNode(part)));
    node.replaceWith(...parts);
    behind(parts.filter((part) => part.dataset?.written).pop());
  }
  return typed.length > 0;
}

/** Copies what is selected as it is written in the file, not as it is shown. */
function copy(event, box) {
  const range = rangeIn(box);
  if (!range || range.collapsed) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", read(range.cloneContents()));
  if (event.type === "cut") document.execCommand("delete");
}

/** Puts a mark into the text, in place of what is selected. */
function put(chip, box, range) {
  range.deleteContents();
  range.insertNode(chip);
  box.focus({ preventScroll: true });
  behind(chip);
}

function rangeIn(box) {
  const selection = getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0) : null;
  return range && box.contains(range.commonAncestorContainer) ? range : null;
}

function endOf(box) {
  const range = document.createRange();
  range.setStartBefore(box.lastChild || box);
  return range;
}

function behind(node) {
  const range = document.createRange();
  range.setStartAfter(node);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}
