// The pages: which stand where, their pictures, the zoom, and the place that the reader looks at.

import { $, announce, calm, make, put, recall, remember } from "./dom.js";
import { refresh } from "./server.js";
import { pick, t } from "./words.js";

const viewer = $("viewer");
const list = $("pages");
/** The figures in their order, each with the page of the state as `page`. */
let figures = [];
let current = 0;
let zoom = recall("zoom") || "auto";
let onCurrent = () => {};
const near = new Set();

export const pageAt = (index) => figures[index];
export const zoomChoice = () => zoom;
export const currentPage = () => current;
export const movedPages = () => figures.flatMap((figure, index) => (figure.changed ? [index] : []));

// Pictures come a screen and a half before they are seen; the browser's own lazy loading ignores
// the margins of a scrolling box.
const approaching = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) {
        near.add(target);
        load(target);
      } else near.delete(target);
    }
  },
  { root: viewer, rootMargin: "150% 0px" },
);

export function startPages(currentChanged) {
  onCurrent = currentChanged;
  let asked = false;
  viewer.addEventListener("scroll", () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      findCurrent();
    });
  });
  new ResizeObserver(() => applyZoom()).observe(viewer);
}

// --- Which figure shows which page ---------------------------------------------------------

/**
 * For each new page the index of the old one that it continues, else -1: the same picture first; then
 * the same words with other figures, as when all page numbers rise; then what is left at the same place.
 */
export function align(before, after) {
  const result = new Array(after.length).fill(-1);
  let gaps = [{ old: [0, before.length], fresh: [0, after.length] }];
  for (const key of [(page) => page.id, (page) => (page.text || "").replace(/[\d.,]+/g, "0") || page.id]) {
    const [a, b] = [before.map(key), after.map(key)];
    gaps = gaps.flatMap((gap) => matchWithin(gap, a, b, result));
  }
  for (const { old, fresh } of gaps) {
    for (let i = 0; old[0] + i < old[1] && fresh[0] + i < fresh[1]; i += 1) result[fresh[0] + i] = old[0] + i;
  }
  return result;
}

/** Matches equal keys of a gap in their order, and returns the gaps between them. */
function matchWithin({ old, fresh }, a, b, result) {
  let [i, j] = [old[0], fresh[0]];
  let [iEnd, jEnd] = [old[1], fresh[1]];
  while (i < iEnd && j < jEnd && a[i] === b[j]) result[j++] = i++;
  while (iEnd > i && jEnd > j && a[iEnd - 1] === b[jEnd - 1]) result[--jEnd] = --iEnd;
  const pairs = common(a.slice(i, iEnd), b.slice(j, jEnd)).map(([x, y]) => [x + i, y + j]);
  const gaps = [];
  for (const [x, y] of [...pairs, [iEnd, jEnd]]) {
    if (y < jEnd) result[y] = x;
    gaps.push({ old: [i, x], fresh: [j, y] });
    [i, j] = [x + 1, y + 1];
  }
  return gaps;
}

/** The longest common sequence of two lists, as pairs of indices. */
function common(a, b) {
  const width = b.length + 1;
  // A thousand pages on each side that all changed have nothing in common worth the time.
  if (a.length * b.length > 4e6) return [];
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      best[i * width + j] =
        a[i] === b[j]
          ? best[(i + 1) * width + j + 1] + 1
          : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

/**
 * Shows the pages of a state. Resolves when the pictures in view are in place.
 *
 * `fresh`: there is nothing before to compare with. `reading`: the place of reading to go to.
 */
export async function showPages(pages, { fresh, reading }) {
  const olds = figures;
  const first = fresh || !olds.length;
  const from = align(
    olds.map((figure) => figure.page),
    pages,
  );
  // New pictures in or near the view are decoded before anything is replaced: no white flash.
  const ready = new Map();
  const shown = from.flatMap((old, index) => (old >= 0 && near.has(olds[old]) ? [index] : []));
  if (shown.length) {
    const waits = [];
    for (let index = shown[0]; index <= shown[shown.length - 1]; index += 1) {
      if (from[index] >= 0 && olds[from[index]].page.id === pages[index].id) continue;
      const picture = paint(pages[index]);
      picture.decoding = "sync";
      ready.set(index, picture);
      waits.push(picture.decode().catch(() => {}));
    }
    await Promise.race([Promise.all(waits), new Promise((done) => setTimeout(done, 4000))]);
  }

  const anchor = capture();
  figures = pages.map((page, index) => {
    const figure = from[index] >= 0 ? olds[from[index]] : makeFigure();
    const same = figure.page?.id === page.id;
    figure.changed = page.moved.length > 0 || (!same && !first);
    figure.page = page;
    if (!same) {
      figure.picture?.remove();
      figure.picture = null;
      if (ready.has(index)) hang(figure, ready.get(index));
    }
    return figure;
  });
  const stay = new Set(figures);
  for (const figure of olds) {
    if (stay.has(figure)) continue;
    approaching.unobserve(figure);
    near.delete(figure);
    figure.remove();
  }
  // A figure that already stands where it should isn't touched, or it would lose the focus.
  figures.forEach((figure, index) => {
    const there = list.children[index];
    if (there !== figure) list.insertBefore(figure, there || null);
    describe(figure, index);
    mark(figure);
  });
  for (const figure of figures) approaching.observe(figure);
  applyZoom(anchor);
  if (figures[reading?.page]) restore([{ figure: figures[reading.page], share: reading.share }]);
  findCurrent();
  await Promise.race([visibleReady(), new Promise((done) => setTimeout(done, 4000))]);
}

function makeFigure() {
  const sheet = make("div", { className: "sheet", tabIndex: 0, role: "group" });
  const figure = make("figure", { className: "page" }, sheet);
  figure.sheet = sheet;
  figure.caption = make("figcaption");
  figure.words = make("p", { className: "unseen" });
  figure.marks = make("div", { className: "marks" });
  sheet.append(figure.words, figure.marks);
  figure.append(figure.caption);
  return figure;
}

function describe(figure, index) {
  const { page } = figure;
  figure.dataset.id = page.id;
  figure.dataset.page = index;
  figure.style.setProperty("--width", page.width);
  figure.style.setProperty("--height", page.height);
  const label = pick(page.label);
  const n = index + 1;
  figure.sheet.setAttribute("aria-label", label ? t("pageLabel", { n, label }) : t("page", { n }));
  figure.sheet.setAttribute("aria-description", t("placesHint"));
  const caption = label ? `${n} · ${label}` : String(n);
  if (figure.caption.textContent !== caption) figure.caption.textContent = caption;
  if (figure.words.textContent !== page.text) figure.words.textContent = page.text;
}

/** Writes the words of the pages again, in another language. */
export const describePages = () => figures.forEach(describe);

/** Takes over what is known of the same pages only later: what each is about. */
export function namePages(pages) {
  figures.forEach((figure, index) => {
    figure.page = pages[index] ?? figure.page;
    describe(figure, index);
  });
}

// --- Pictures ------------------------------------------------------------------------------

function paint(page) {
  // The text of the page stands beside the picture, so the picture itself says nothing.
  const picture = make("img", { alt: "", draggable: false, decoding: "async" });
  picture.width = Math.round(page.width);
  picture.height = Math.round(page.height);
  picture.src = `page/${page.id}.svg`;
  return picture;
}

function hang(figure, picture) {
  const { id } = figure.page;
  figure.picture = picture;
  figure.sheet.prepend(picture);
  picture.addEventListener("error", () => {
    // The program has gone on to newer pages, or away: what it says now decides.
    if (figure.picture !== picture) return;
    picture.remove();
    figure.picture = null;
    refresh();
    setTimeout(() => {
      if (near.has(figure) && figure.page.id === id) load(figure);
    }, 1000);
  });
}

function load(figure) {
  if (!figure.picture) hang(figure, paint(figure.page));
}

function visibleReady() {
  const { top, bottom } = viewer.getBoundingClientRect();
  const waits = [];
  for (const figure of figures) {
    const box = figure.getBoundingClientRect();
    if (box.bottom < top || box.top > bottom) continue;
    load(figure);
    waits.push(figure.picture.decode().catch(() => {}));
  }
  return Promise.all(waits);
}

/** Tries again the pictures that could not be fetched. */
export const loadMissing = () => near.forEach(load);

// --- What changed --------------------------------------------------------------------------

function mark(figure) {
  const { page } = figure;
  const marks = page.moved.map((rectangle) => put(make("i", { className: "moved" }), rectangle, page));
  // A thin bar in the margin, as in a printed revision; the whole page where only words went.
  const spans = page.moved.map(([, y, , height]) => [y, y + height]).sort((a, b) => a[0] - b[0]);
  const bars = [];
  for (const [top, bottom] of spans) {
    const last = bars[bars.length - 1];
    if (last && top - last[1] < 14) last[1] = Math.max(last[1], bottom);
    else bars.push([top, bottom]);
  }
  if (figure.changed && !bars.length) bars.push([page.height * 0.03, page.height * 0.97]);
  for (const [top, bottom] of bars) {
    marks.push(put(make("i", { className: "edge" }), [0, top, 0, bottom - top], page));
  }
  figure.marks.replaceChildren(...marks);
}

/** Outlines rectangles of one page until something else is chosen: what a finding or a total is about. */
export function point(index, rectangles, className = "target") {
  for (const old of list.querySelectorAll(".target, .flaw")) old.remove();
  const figure = figures[index];
  if (!figure) return;
  for (const rectangle of rectangles) {
    figure.sheet.append(put(make("i", { className }), rectangle, figure.page));
  }
}

// --- Where the reader is -------------------------------------------------------------------

const topOf = (figure) => figure.getBoundingClientRect().top - viewer.getBoundingClientRect().top;

/** Remembers which page stands at the top of the view, and how far into it the view begins. */
function capture() {
  if (viewer.scrollTop <= 0) return [];
  const places = [];
  for (const figure of figures) {
    const top = topOf(figure);
    const height = figure.sheet.offsetHeight || 1;
    // Those above serve only when all below are gone.
    if (top + figure.offsetHeight > 0) places.push({ figure, share: top / height });
    else places.unshift({ figure, share: top / height, above: true });
  }
  return [...places.filter((place) => !place.above), ...places.filter((place) => place.above)];
}

function restore(places) {
  const place = places.find(({ figure }) => figure.isConnected);
  if (!place) return;
  scrollBy(topOf(place.figure) - place.share * place.figure.sheet.offsetHeight);
}

/** Moves the view at once; by nothing, it leaves a scrolling under way alone. */
export function scrollBy(distance) {
  if (Math.abs(distance) > 0.5) viewer.scrollTop += distance;
}

function findCurrent() {
  const middle = viewer.scrollTop + viewer.clientHeight * 0.4;
  let index = figures.findIndex((figure) => figure.offsetTop + figure.offsetHeight > middle);
  if (index < 0) index = figures.length - 1;
  current = Math.max(index, 0);
  onCurrent(current, figures.length);
}

/** The page at the top of the view and how far into it the view begins, to come back to after a reload. */
export function placeOfReading() {
  const place = capture()[0];
  return place ? { page: figures.indexOf(place.figure), share: place.share } : null;
}

/** Scrolls to a page, or to a rectangle of it so that it is in view with what stands around it; `now` without moving there. */
export function goTo(index, rectangle = null, now = false) {
  const figure = figures[index];
  if (!figure) return;
  let top = figure.offsetTop - 12;
  if (rectangle) {
    const scale = figure.sheet.offsetHeight / figure.page.height;
    const place = figure.offsetTop + rectangle[1] * scale;
    const height = rectangle[3] * scale;
    const [start, end] = [viewer.scrollTop, viewer.scrollTop + viewer.clientHeight];
    if (place > start + 24 && place + height < end - 24) return;
    top = place - Math.max((viewer.clientHeight - height) * 0.35, 24);
  }
  const short = Math.abs(top - viewer.scrollTop) < viewer.clientHeight * 1.5;
  viewer.scrollTo({ top, behavior: short && !now && !calm() ? "smooth" : "auto" });
}

/** Goes to the next page with changes, from the top again after the last. */
export function goToMoved() {
  const changed = movedPages();
  if (!changed.length) return;
  const index = changed.find((page) => page > current) ?? changed[0];
  const rectangle = figures[index].page.moved[0] || null;
  goTo(index, rectangle);
  // They flashed when nobody saw them.
  mark(figures[index]);
  announce(t("page", { n: index + 1 }));
}

// --- Zoom ----------------------------------------------------------------------------------

const steps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
const pixels = 96 / 72;
let scale = 1;

function measure() {
  const room = viewer.clientWidth - 2 * parseFloat(getComputedStyle(list).paddingLeft);
  const page = figures.map((figure) => figure.page).reduce((a, b) => (b.width > a.width ? b : a));
  const width = room / (page.width * pixels);
  if (zoom === "width") return width;
  if (zoom === "page") return Math.min(width, (viewer.clientHeight - 44) / (page.height * pixels));
  // Wider than this, lines of 仿宋 are harder to follow than they are to read.
  if (zoom === "auto") return Math.min(width, 1.25);
  return Number(zoom) || 1;
}

/** Fits the pages to a view that changed its size, and keeps the place of reading. */
export function applyZoom(anchor = capture()) {
  if (!figures.length) return;
  const wide = viewer.scrollWidth;
  const centre = (viewer.scrollLeft + viewer.clientWidth / 2) / wide;
  scale = Math.max(measure(), 0.1);
  list.style.setProperty("--scale", scale * pixels);
  if (viewer.scrollWidth !== wide) viewer.scrollLeft = centre * viewer.scrollWidth - viewer.clientWidth / 2;
  restore(anchor);
}

/** Sets the zoom: `auto`, `width`, `page`, or a number with 1 for the size on paper. */
export function setZoom(choice) {
  zoom = String(choice);
  remember("zoom", zoom);
  applyZoom();
}

export function zoomBy(direction) {
  const next =
    direction > 0
      ? steps.find((step) => step > scale + 0.01)
      : [...steps].reverse().find((step) => step < scale - 0.01);
  if (next) setZoom(next);
}
