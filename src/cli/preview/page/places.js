// Where things come from: what the pointer or the arrow keys are on, and the card that tells its file and line and edits it.

import { $, announce, copy, icon, make, put } from "./dom.js";
import { addsBeside, openAdd } from "./add.js";
import { canEdit, editors } from "./edit.js";
import { goTo, pageAt, point } from "./pages.js";
import { fetchPlaces } from "./server.js";
import { pick, setTitle, t } from "./words.js";

const viewer = $("viewer");
const list = $("pages");
const outlines = [];
let places = { version: -1, places: [], pages: [] };
let coming = Promise.resolve();
let newest = -1;
let card = null;
/** What the arrow keys are on: `{ figure, index }` into the rectangles of its page. */
let chosen = null;

/** Leads to a part of a sum, by its file and line. */
let onPart = () => {};

/** Fetches the places of a version; a click meanwhile waits for them. */
export function updatePlaces(version) {
  newest = version;
  coming = fetchPlaces(version, () => newest === version).then((found) => {
    if (!found) return;
    places = found;
    document.documentElement.dataset.places = places.version;
    openWanted();
  });
}

/** The item that is to be opened once it is on a page. */
let wanted = null;

/** Opens the card of an item that was added; where no page shows it, nothing. */
export function openItem(item) {
  wanted = { ...item, since: newest };
}

function openWanted() {
  if (!wanted || places.version <= wanted.since) return;
  const { file, path } = wanted;
  wanted = null;
  const under = (own) => path.length > 0 && path.every((step, index) => own?.[index] === step);
  const isIt = ({ edit }) => edit?.file === file && (under(edit.item?.path) || (!path.length && edit.values[0]?.path[0] === "name"));
  for (const [page, all] of places.pages.entries()) {
    const index = all.findIndex((rectangle) => places.places[rectangle[4]] && isIt(places.places[rectangle[4]]));
    if (index < 0) continue;
    goTo(page, all[index], true);
    openCard({ figure: pageAt(page), index }, true);
    return;
  }
  announce(t("savedElsewhere"));
}

/** Waits for places that are under way, but not for long: the page is to answer at once. */
const arrived = () => Promise.race([coming, new Promise((done) => setTimeout(done, 1000))]);

/** The rectangles of a page that come from a file and line. */
export function rectanglesOf(place, page) {
  if (!place || page === null) return [];
  return rectangles(page).filter(([, , , , n]) => isAt(places.places[n], place));
}

const rectangles = (page) => places.pages[page] || [];
const pageOf = (figure) => Number(figure.dataset.page);

export function startPlaces(part) {
  onPart = part;
  list.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const hit = hitAt(event);
    hover(hit);
  });
  list.addEventListener("pointerleave", () => hover(null));
  list.addEventListener("mousedown", (event) => {
    if (card?.contains(event.target) || event.button !== 0) return;
    // The view keeps the focus, so that the arrow keys go on scrolling after a click on a page.
    event.preventDefault();
    viewer.focus({ preventScroll: true });
  });
  list.addEventListener("click", async (event) => {
    if (card?.contains(event.target)) return;
    closeCard();
    const at = { target: event.target, clientX: event.clientX, clientY: event.clientY };
    await arrived();
    const hit = hitAt(at);
    if (hit) openCard(hit, false);
  });
  list.addEventListener("keydown", onKey);
  list.addEventListener("focusout", (event) => {
    if (event.target.classList?.contains("sheet") && !card?.contains(event.relatedTarget)) choose(null);
  });
  new ResizeObserver(() => card && settle()).observe(list);
  document.addEventListener("pointerdown", (event) => {
    if (card && !list.contains(event.target)) closeCard();
  });
}

/** The smallest rectangle under the pointer: a figure before the paragraph that it stands in. */
function hitAt({ target, clientX, clientY }) {
  const figure = target.closest?.("figure");
  if (!figure || target.closest(".card")) return null;
  const box = figure.sheet.getBoundingClientRect();
  const scale = figure.page.width / box.width;
  const x = (clientX - box.left) * scale;
  const y = (clientY - box.top) * scale;
  let best = -1;
  const all = rectangles(pageOf(figure));
  all.forEach(([left, top, width, height], index) => {
    if (x < left || y < top || x > left + width || y > top + height) return;
    if (best < 0 || width * height < all[best][2] * all[best][3]) best = index;
  });
  return best < 0 ? null : { figure, index: best };
}

/** All rectangles that light up with one: the lines of its paragraph, or the figure alone. */
function together({ figure, index }) {
  const all = rectangles(pageOf(figure));
  const n = all[index][4];
  return places.places[n]?.kind === "text" ? all.filter((rectangle) => rectangle[4] === n) : [all[index]];
}

function outline(hit, className) {
  for (const old of outlines.filter((element) => element.className === className)) {
    outlines.splice(outlines.indexOf(old), 1);
    old.remove();
  }
  if (!hit) return;
  for (const rectangle of together(hit)) {
    const element = put(make("i", { className }), rectangle, hit.figure.page);
    outlines.push(element);
    hit.figure.sheet.append(element);
  }
}

let hovered = "";
function hover(hit) {
  const now = hit ? `${hit.figure.dataset.id} ${hit.index}` : "";
  if (now === hovered) return;
  hovered = now;
  outline(hit, "hover");
  list.classList.toggle("pointing", Boolean(hit));
}

function choose(hit) {
  chosen = hit;
  outline(hit, "chosen");
}

// --- Keys ----------------------------------------------------------------------------------

function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const sheet = event.target.closest(".sheet");
  if (!sheet || card?.contains(event.target)) return;
  const figure = sheet.parentElement;
  const forward = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (forward) {
    event.preventDefault();
    closeCard();
    step(figure, forward);
  } else if (event.key === "Enter" && chosen?.figure === figure) {
    event.preventDefault();
    openCard(chosen, true);
  }
}

/** Goes to the next place of the page in reading order; the lines of one paragraph are one place. */
function step(figure, forward) {
  const all = rectangles(pageOf(figure));
  if (!all.length) return;
  let index = chosen?.figure === figure ? chosen.index : forward > 0 ? -1 : all.length;
  const before = all[index]?.[4];
  do index += forward;
  while (all[index] && all[index][4] === before && places.places[before]?.kind === "text");
  if (!all[index]) return;
  choose({ figure, index, id: figure.dataset.id });
  outlines[outlines.length - 1]?.scrollIntoView({ block: "nearest" });
  const place = places.places[all[index][4]];
  if (place) announce(`${place.excerpt} ${place.file} ${t("place", { line: place.line })}`);
}

// --- The card ------------------------------------------------------------------------------

/** A file and line with a button that copies them. */
export function placeLine(place) {
  const button = make("button", { type: "button", className: "copy", textContent: t("copy") });
  button.addEventListener("click", async (event) => {
    event.stopPropagation();
    await copy(`${place.file}:${place.line}`);
    button.textContent = t("copied");
    announce(t("copied"));
    setTimeout(() => (button.textContent = t("copy")), 1500);
  });
  return make("div", { className: "place" }, nameOf(place), button);
}

/** A file and line. */
export const nameOf = ({ file, line }) =>
  make("span", { className: "file" }, `${file} `, make("span", { className: "number" }, `: ${line}`));

/** A line of TOML as it stands in the file, without the spaces before it. */
export const excerptOf = (text) => make("pre", { className: "excerpt", lang: "zh-CN" }, make("code", {}, text.trim()));

function openCard(hit, focus) {
  closeCard();
  const rectangle = rectangles(pageOf(hit.figure))[hit.index];
  const place = places.places[rectangle[4]];
  if (!place) return;
  const close = make("button", { type: "button", className: "icon" }, icon("M5.5 5.5l9 9M14.5 5.5l-9 9"));
  setTitle(close, t("close"));
  close.addEventListener("click", closeCard);
  const parts = [make("header", {}, make("span", {}, t("placeTitle")), close), placeLine(place)];
  const editing = canEdit() && place.edit ? editors(place, closeCard) : [];
  const form = editing.find((element) => element.control);
  if (!form && place.excerpt) parts.push(excerptOf(place.excerpt));
  parts.push(...editing);
  const beside = canEdit() && place.edit ? addsBeside(place.edit) : null;
  if (beside) parts.push(addBar(beside));
  if (place.derivation?.length) {
    const lines = place.derivation.map(({ words, part }) => make("li", {}, part ? partButton(part, words) : pick(words)));
    parts.push(make("h3", {}, t("howCome")), make("ul", {}, ...lines));
  }
  const name = `${place.file} ${t("place", place)}`;
  card = make("div", { className: "card", role: "dialog", tabIndex: -1, "aria-label": name }, ...parts);
  card.hit = { id: hit.figure.dataset.id, figure: hit.figure, focus };
  card.addEventListener("keydown", (event) => {
    if (event.target.closest("form")) return;
    if (event.key === "c" && !event.ctrlKey && !event.metaKey) card.querySelector(".copy").click();
  });
  outline(hit, "opened");
  card.rectangle = rectangle;
  list.append(card);
  settle();
  if (form) form.control.focus({ preventScroll: true });
  else if (focus) card.querySelector(".copy").focus({ preventScroll: true });
  else announce(name);
}

/** The button that leads to a part of a sum. */
function partButton(part, words) {
  const button = make("button", { type: "button" }, pick(words), " ", nameOf(part));
  button.addEventListener("click", () => {
    closeCard();
    onPart(part);
  });
  return button;
}

const isAt = (own, { file, line }) => own?.file === file && own.line === line;

/** The button that adds another item beside one, or the first to its project. */
function addBar({ adds, kind }) {
  const button = make("button", { type: "button" }, t("addBeside"));
  button.addEventListener("click", () => {
    closeCard();
    openAdd(adds, kind);
  });
  return make("div", { className: "actions adding" }, button);
}

/** Puts the card under the rectangle, above it where there is no room, and inside the view at the sides. */
function settle() {
  const { figure } = card.hit;
  const { rectangle } = card;
  card.style.setProperty("--room", `${viewer.clientWidth - 16}px`);
  card.style.left = 0;
  const scale = figure.sheet.offsetWidth / figure.page.width;
  const area = list.getBoundingClientRect();
  const sheet = figure.sheet.getBoundingClientRect();
  const view = viewer.getBoundingClientRect();
  const [x, y, , height] = rectangle.map((value) => value * scale);
  const over = sheet.top + y;
  const under = over + height + 8;
  const room = view.bottom - under - 8;
  let top = under;
  if (room < card.offsetHeight && over - 8 - card.offsetHeight > view.top) top = over - 8 - card.offsetHeight;
  const right = view.left + viewer.clientWidth - card.offsetWidth - 8;
  const left = Math.max(Math.min(sheet.left + x - 8, right), view.left + 8);
  card.style.left = `${left - area.left}px`;
  card.style.top = `${top - area.top}px`;
  const below = card.getBoundingClientRect().bottom - view.bottom;
  if (below > 0) viewer.scrollTop += below + 8;
}

/** Closes the card; true if one was open. */
export function closeCard() {
  if (!card) return false;
  const { figure, focus } = card.hit;
  const inside = card.contains(document.activeElement);
  const open = card;
  card = null;
  if (inside && figure.isConnected) (focus ? figure.sheet : viewer).focus({ preventScroll: true });
  open.remove();
  outline(null, "opened");
  return true;
}

/** After an update: what pointed into a page that changed goes away. */
export function settlePlaces() {
  hover(null);
  if (chosen && chosen.figure.dataset.id !== chosen.id) choose(null);
  if (card && card.hit.figure.dataset.id !== card.hit.id) closeCard();
  if (card && !card.hit.figure.isConnected) closeCard();
}

/** Shows on its page where a file and line is printed; the page is then scrolled to. */
export async function pointAt(place, page, rectangle, className) {
  if (page === null || page === undefined || !pageAt(page)) return null;
  let found = rectangle ? [rectangle] : [];
  if (!found.length) {
    await arrived();
    found = rectanglesOf(place, page).map((entry) => entry.slice(0, 4));
  }
  point(page, found, className);
  return found[0] || null;
}
