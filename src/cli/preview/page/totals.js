// The tree of totals: each amount with the parts that it is the sum of.

import { addButton, canAdd, openAdd } from "./add.js";
import { $, icon, make } from "./dom.js";
import { canEdit, openEditors } from "./edit.js";
import { goTo } from "./pages.js";
import { placeLine, pointAt } from "./places.js";
import { pick, t } from "./words.js";

const panel = $("totals");
let nodes = [];
/** What the reader closed or opened, and chose: kept by id over updates. */
const opened = new Map();
let chosen = null;
/** The amounts of the state before, so that a change shows even if a state in between was missed. */
let amounts = null;
let changed = new Set();
/** What the totals were that changed with this version, which comes in two steps. */
let befores = new Map();
let version = -1;

/** Shows the totals of a state. */
export function showTotals(totals, next) {
  const now = new Map();
  changed = new Set();
  if (next !== version) befores = new Map();
  version = next;
  const visit = (node) => {
    now.set(node.id, node.amount);
    const before = amounts?.get(node.id);
    if (before && before.zh !== node.amount.zh) befores.set(node.id, before);
    if (node.changed || befores.has(node.id)) changed.add(node.id);
    node.children.forEach(visit);
  };
  totals.forEach(visit);
  if (totals.length) amounts = now;
  nodes = totals;
  draw();
}

/** Draws the tree again, in another language. */
export function draw() {
  const focused = panel.contains(document.activeElement) && document.activeElement.closest("[role=treeitem]");
  const scroll = panel.scrollTop;
  if (!nodes.length) {
    panel.replaceChildren(
      make("div", { className: "nothing" }, make("p", {}, t("noTotals")), make("p", {}, t("noTotalsMore"))),
    );
    return;
  }
  const tree = make("ul", { role: "tree", "aria-label": t("totals") }, ...nodes.map((node) => item(node, 1)));
  panel.replaceChildren(tree);
  const items = visible();
  const stop = items.find((element) => element.dataset.id === chosen) || items[0];
  stop.tabIndex = 0;
  if (focused) {
    const same = items.find((element) => element.dataset.id === focused.dataset.id);
    (same || stop).focus({ preventScroll: true });
  }
  panel.scrollTop = scroll;
}

/** The first two levels are open, and every branch with a change in it. */
function isOpen(node, level) {
  return opened.get(node.id) ?? (level < 2 || node.children.some(hasChanged));
}

const hasChanged = (node) => changed.has(node.id) || node.children.some(hasChanged);

function editButton(node) {
  const button = make("button", { type: "button" }, t("edit"));
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    openEditors(node);
  });
  return make("div", { className: "place" }, button);
}

/** What a total was before the last change. */
function beforeOf({ id }) {
  const before = befores.get(id);
  return before ? make("small", { title: t("before") }, make("span", { className: "unseen" }, `${t("before")} `), pick(before), " → ") : null;
}

function item(node, level) {
  const open = node.children.length ? isOpen(node, level) : null;
  const twist = make("span", { className: "twist" });
  if (open !== null) {
    twist.append(icon("M7.5 5l5 5-5 5"));
    twist.addEventListener("click", (event) => {
      event.stopPropagation();
      toggle(node, !isOpen(node, level));
    });
  }
  const line = make(
    "div",
    { className: "line" },
    twist,
    make(
      "span",
      { className: "sum" },
      make("span", { className: "name" }, pick(node.name), node.detail ? make("small", {}, pick(node.detail)) : null),
      make("span", { className: "amount" }, beforeOf(node), pick(node.amount)),
    ),
    canAdd(node.adds) ? addButton(node.adds) : null,
  );
  const element = make("li", {
    role: "treeitem",
    tabIndex: -1,
    "aria-level": level,
    "aria-expanded": open === null ? null : String(open),
    "aria-selected": String(node.id === chosen),
    "aria-label": [pick(node.name), pick(node.amount), befores.has(node.id) ? `${t("before")} ${pick(befores.get(node.id))}` : "", pick(node.detail)].filter(Boolean).join(", "),
    data: { id: node.id },
  });
  element.style.setProperty("--level", level - 1);
  element.classList.toggle("changed", changed.has(node.id));
  line.addEventListener("click", () => choose(node));
  element.append(line);
  if (node.id === chosen && node.place) {
    element.append(placeLine(node.place));
    if (canEdit()) element.append(editButton(node));
  }
  element.node = node;
  element.level = level;
  element.addEventListener("keydown", (event) => onKey(event, element));
  if (open) {
    element.append(make("ul", { role: "group" }, ...node.children.map((child) => item(child, level + 1))));
  }
  return element;
}

const visible = () => [...panel.querySelectorAll("[role=treeitem]")];

function toggle(node, open) {
  opened.set(node.id, open);
  draw();
}

/** Chooses the total of what stands in a line of a file, if there is one. */
export function chooseAt({ file, line }) {
  const under = (all, above) => {
    for (const node of all) {
      if (node.place?.file === file && node.place.line === line) {
        for (const one of above) opened.set(one.id, true);
        choose(node);
        return true;
      }
      if (under(node.children, [...above, node])) return true;
    }
    return false;
  };
  under(nodes, []);
}

async function choose(node) {
  chosen = node.id;
  draw();
  const element = visible().find((entry) => entry.dataset.id === node.id);
  element?.focus({ preventScroll: true });
  element?.querySelector(".line").scrollIntoView({ block: "nearest" });
  if (node.page === null) return;
  goTo(node.page, await pointAt(node.place, node.page, null, "target"));
}

function onKey(event, element) {
  // A treeitem inside another sees the keys of that one, too.
  if (event.target.closest("[role=treeitem]") !== element) return;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("button")) return;
  const items = visible();
  const index = items.indexOf(element);
  const { node, level } = element;
  const move = (target) => {
    if (!target) return;
    for (const entry of items) entry.tabIndex = entry === target ? 0 : -1;
    target.focus({ preventScroll: true });
    target.querySelector(".line").scrollIntoView({ block: "nearest" });
  };
  const open = element.getAttribute("aria-expanded");
  const above = () => items.slice(0, index).reverse().find((entry) => entry.level < level);
  const keys = {
    ArrowDown: () => move(items[index + 1]),
    ArrowUp: () => move(items[index - 1]),
    Home: () => move(items[0]),
    End: () => move(items[items.length - 1]),
    ArrowRight: () => (open === "false" ? toggle(node, true) : open === "true" && move(items[index + 1])),
    ArrowLeft: () => (open === "true" ? toggle(node, false) : move(above())),
    Enter: () => choose(node),
    " ": () => choose(node),
    e: () => canEdit() && node.place && openEditors(node),
    a: () => canAdd(node.adds) && openAdd(node.adds),
    c: () => element.querySelector(":scope > .place .copy")?.click(),
  };
  if (!keys[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  keys[event.key]();
}
