// The controls of values: a field, a list, a text, or the three parts of a target.

import { make } from "./dom.js";
import { sentencesOf } from "./sentences.js";
import { t } from "./words.js";

const signs = ["≥", "≤", "=", ">", "<"];

/** A control: its element, its value, whether it is one field, and what marks it as refused. */
export function controlOf(file, edit, id) {
  if (edit.control === "paragraphs") return sentencesOf(file, edit, id);
  return edit.control === "target" ? targetOf(edit, id) : single(fieldOf(edit, id), edit, id);
}

function single(field, { choices, open }, id) {
  const lists = choices.length && open;
  if (lists) field.setAttribute("list", `${id}-list`);
  const element = lists ? make("div", {}, field, listOf(choices, id)) : field;
  return {
    element,
    single: true,
    get value() {
      return field.value;
    },
    set value(text) {
      field.value = text;
    },
    focus: (options) => field.focus(options),
    refuse: (is) => refuse(field, is),
  };
}

function refuse(field, is) {
  if (is) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

function fieldOf({ control, text, choices, open }, id) {
  const options = (values) => values.map(([value, name]) => make("option", { value, selected: value === text }, name));
  switch (control) {
    case "date":
      return make("input", { id, type: "date", value: text });
    case "switch":
      return make("select", { id }, ...options([["true", t("yes")], ["false", t("no")]]));
    case "choice":
      if (choices.length && !open) {
        const all = choices.includes(text) ? choices : [text, ...choices];
        return make("select", { id }, ...options(all.map((value) => [value, value])));
      }
      break;
    default:
  }
  const field = make("input", { id, type: "text", value: text, autocomplete: "off", spellcheck: false });
  if (control === "number") field.inputMode = "decimal";
  return field;
}

const listOf = (choices, id) =>
  make("datalist", { id: `${id}-list` }, ...choices.map((value) => make("option", { value })));

/** Sign, number and unit of a target, or one field where it is a range or words. */
function targetOf({ text, target, choices }, id) {
  const input = (name, more) => make("input", { type: "text", autocomplete: "off", spellcheck: false, "aria-label": t(name), ...more });
  const sign = make("select", { id, "aria-label": t("targetSign") }, ...signs.map((value) => make("option", { value }, value)));
  const figure = input("targetNumber", { inputMode: "decimal", className: "number" });
  const unit = input("targetUnit", { className: "unit" });
  unit.setAttribute("list", `${id}-list`);
  const words = input("targetWords", {});
  const parts = make("div", { className: "parts" }, sign, figure, unit, listOf(choices, id));
  const radio = (value, name) => {
    const element = make("input", { type: "radio", name: `${id}-how`, value });
    return { element, label: make("label", {}, element, t(name)) };
  };
  const [measured, stated] = [radio("parts", "targetMeasured"), radio("words", "targetStated")];
  const how = make("div", { className: "how" }, measured.label, stated.label);
  const element = make("div", { className: "measure", role: "group", "aria-labelledby": `${id}-label` }, how, parts, words);
  const isMeasured = () => measured.element.checked;
  const written = () => [sign.value, figure.value.trim(), unit.value.trim()].filter(Boolean).join(" ");
  const show = () => {
    parts.hidden = !isMeasured();
    words.hidden = isMeasured();
  };
  const fill = (value, own) => {
    (own ? measured : stated).element.checked = true;
    if (own) [sign.value, figure.value, unit.value] = [own.sign, own.number, own.unit];
    words.value = value;
    show();
  };
  for (const { element: choice } of [measured, stated]) {
    choice.addEventListener("change", () => {
      if (!isMeasured() && figure.value.trim()) words.value = written();
      show();
    });
  }
  fill(text, target);
  return {
    element,
    single: false,
    get value() {
      return isMeasured() ? written() : words.value;
    },
    set value(value) {
      const [, own, rest] = value.match(/^\s*([≥≤=<>])\s*(.*)$/) || [];
      const [, number, of] = rest?.match(/^(-?[\d.,]+)\s*(.*)$/) || [];
      fill(value, number === undefined ? null : { sign: own, number, unit: of });
    },
    focus: (options) => (isMeasured() ? figure : words).focus(options),
    refuse: (is) => [figure, words].forEach((field) => refuse(field, is)),
  };
}
