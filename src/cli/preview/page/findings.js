// The findings of `check`, errors first; the chosen one is open.

import { $, announce, icon, make } from "./dom.js";
import { canEdit } from "./edit.js";
import { fixOf } from "./fixes.js";
import { goTo } from "./pages.js";
import { excerptOf, nameOf, placeLine, pointAt } from "./places.js";
import { pick, t } from "./words.js";

const panel = $("findings");
const severities = ["error", "warning", "note"];
export const shapes = {
  error: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM7 7l6 6M13 7l-6 6",
  warning: "M10 2.8l7.6 13.4H2.4zM10 8v4M10 14v.3",
  note: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 9v5M10 6v.3",
};
let findings = [];
let chosen = null;

/** Lines move with every edit, so a finding is known again by what it says and in which file. */
const identify = (finding) => [finding.code, finding.message.zh, finding.place?.file].join("\n");

/** Shows the findings of a state. */
export function showFindings(found) {
  findings = severities.flatMap((severity) => found.filter((finding) => finding.severity === severity));
  const seen = new Map();
  const fixable = new Map();
  for (const finding of findings) {
    // Two that say the same are told apart by their order.
    const name = identify(finding);
    seen.set(name, (seen.get(name) || 0) + 1);
    finding.name = `${name}\n${seen.get(name)}`;
    if (finding.fix) {
      // What the program knows it by: of those with a fix that say the same, which.
      const said = `${finding.code}\n${finding.message.zh}`;
      const place = fixable.get(said) || 0;
      fixable.set(said, place + 1);
      finding.wish = { code: finding.code, message: finding.message.zh, place };
    }
  }
  if (!findings.some(({ name }) => name === chosen)) chosen = null;
  draw();
}

export const countOf = (severity) => findings.filter((finding) => finding.severity === severity).length;
export const firstFinding = () => findings[0] || null;

/** Draws the list again, in another language. */
export function draw() {
  const focused = panel.contains(document.activeElement) && document.activeElement.closest("li")?.dataset.name;
  const scroll = panel.scrollTop;
  if (!findings.length) {
    const tick = icon("M4.5 10.5l3.5 3.5 7.5-8");
    const words = [make("p", {}, t("nothingFound")), make("p", {}, t("nothingFoundMore"))];
    panel.replaceChildren(make("div", { className: "nothing good" }, tick, ...words));
    return;
  }
  const groups = severities.flatMap((severity) => {
    const members = findings.filter((finding) => finding.severity === severity);
    if (!members.length) return [];
    const heading = make("h2", { className: severity }, t(`${severity}s`, { n: members.length }));
    return [heading, make("ul", {}, ...members.map(item))];
  });
  panel.replaceChildren(...groups);
  const buttons = heads();
  const stop = buttons.find((button) => button.parentElement.dataset.name === chosen) || buttons[0];
  for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
  if (focused) {
    (buttons.find((button) => button.parentElement.dataset.name === focused) || stop).focus({ preventScroll: true });
  }
  panel.scrollTop = scroll;
}

const heads = () => [...panel.querySelectorAll(".head")];

function item(finding) {
  const { severity, code, place, page } = finding;
  const open = finding.name === chosen;
  const head = make(
    "button",
    { type: "button", className: "head", "aria-expanded": String(open) },
    icon(shapes[severity]),
    make("span", { className: "unseen" }, t(severity)),
    make("span", { className: "message" }, pick(finding.message)),
    make(
      "span",
      { className: "where" },
      make("span", { className: "code" }, code),
      page === null ? null : make("span", {}, t("page", { n: page + 1 })),
      place && !open ? nameOf(place) : null,
    ),
  );
  head.addEventListener("click", () => choose(finding));
  head.addEventListener("keydown", (event) => onKey(event, head));
  const element = make("li", { className: severity, data: { code, name: finding.name } }, head);
  if (open) element.append(more(finding));
  return element;
}

function more({ place, excerpt, help, fix, wish }) {
  const body = make("div", { className: "more" });
  if (place) body.append(placeLine(place));
  if (excerpt) body.append(excerptOf(excerpt));
  if (help.length) body.append(make("ul", { className: "help" }, ...help.map((line) => make("li", {}, pick(line)))));
  if (wish && canEdit()) body.append(fixOf(wish, fix));
  return body;
}

/** Opens a finding and goes to its page. */
export async function choose(finding, focus = true) {
  chosen = finding.name;
  draw();
  const head = heads().find((button) => button.parentElement.dataset.name === chosen);
  if (focus) head?.focus({ preventScroll: true });
  else announce(`${t(finding.severity)}: ${pick(finding.message)}`);
  head?.parentElement.scrollIntoView({ block: "nearest" });
  if (finding.page === null) return;
  goTo(finding.page, await pointAt(finding.place, finding.page, finding.rect, `flaw ${finding.severity}`));
}

/** Chooses the next or the previous finding, around the ends. */
export function chooseNext(direction, focus) {
  if (!findings.length) return;
  const index = findings.findIndex(({ name }) => name === chosen);
  const next = index < 0 ? (direction > 0 ? 0 : findings.length - 1) : index + direction;
  choose(findings[(next + findings.length) % findings.length], focus);
}

function onKey(event, head) {
  const buttons = heads();
  const index = buttons.indexOf(head);
  const target = {
    ArrowDown: buttons[index + 1],
    ArrowUp: buttons[index - 1],
    Home: buttons[0],
    End: buttons[buttons.length - 1],
  }[event.key];
  if (event.key === "c" && !event.ctrlKey && !event.metaKey) head.parentElement.querySelector(".copy")?.click();
  if (!target) return;
  event.preventDefault();
  for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
  target.focus();
}
