// The page as a whole: a new state to its parts, the bar and the strip, and the keys.

import { startAdding, updateAdding } from "./add.js";
import { $, announce, make, recall, remember } from "./dom.js";
import { startEdits, step, undoing, updateEdits } from "./edit.js";
import * as findings from "./findings.js";
import { openHelp } from "./help.js";
import { applyZoom, currentPage, describePages, goTo, goToMoved, loadMissing, movedPages, namePages } from "./pages.js";
import { placeOfReading, scrollBy, setZoom, showPages, startPages, zoomBy, zoomChoice } from "./pages.js";
import * as output from "./output.js";
import { closeCard, nameOf, openItem, settlePlaces, startPlaces, updatePlaces } from "./places.js";
import { listen } from "./server.js";
import * as totals from "./totals.js";
import { getLanguage, pick, setLanguage, setTitle, t } from "./words.js";

const root = document.documentElement;
const narrow = matchMedia("(max-width: 899px)");
const dark = matchMedia("(prefers-color-scheme: dark)");
let state = null;
let connection = "lost";
/** Whether the findings were brought up because of an error, to go back once it is fixed. */
let broughtUp = null;

// --- A new state ---------------------------------------------------------------------------

/** Whether `build` would write what is shown. */
const isSound = (one) => one.fresh && !one.refused;

/** A state comes in two steps: the pages at once, and a moment later what is found on them. */
async function show(next) {
  const before = state;
  const same = before && before.session === next.session && before.version === next.version;
  if (same && before.complete === next.complete) return;
  state = next;
  updateEdits(next);
  updateAdding(next);
  if (!before) setLanguage(recall("language") || next.lang);
  $("back").hidden = !next.listed;
  $("tab-output").hidden = !output.updateOutput(next);
  totals.showTotals(next.totals, next.version);
  findings.showFindings(next.findings);
  if (!isSound(next) && (!before || isSound(before))) {
    broughtUp = tab();
    setTab("findings", false);
  } else if (isSound(next) && broughtUp) {
    setTab(broughtUp, false);
    broughtUp = null;
  }
  if (!same) {
    await showPages(next.pages, {
      fresh: before?.session !== next.session,
      reading: before ? null : history.state,
    });
    settlePlaces();
    root.dataset.pages = next.version;
  } else namePages(next.pages);
  drawWords();
  if (!next.complete) return;
  if (before) tell();
  updatePlaces(next.version);
  root.dataset.version = next.version;
}

/** Says what is new to those who don't see it. */
function tell() {
  const first = findings.firstFinding();
  if (!isSound(state)) {
    announce(t(state.fresh ? "announceRefused" : "announceStale", { message: pick(first?.message) }));
    return;
  }
  const total = state.totals[0];
  const parts = [total ? t("announceUpdate", { total: amountWithChange(total) }) : t("announceSame")];
  const pages = movedPages().slice(0, 12).map((page) => page + 1);
  if (pages.length) parts.push(t("announceMoved", { pages: pages.join(getLanguage() === "zh" ? "、" : ", ") }));
  announce(parts.join(""));
}

function amountWithChange(total) {
  const change = state.change && pick(state.change.amount);
  const amount = pick(total.amount);
  if (!change) return amount;
  return getLanguage() === "zh" ? `${amount}（${change}）` : `${amount} (${change})`;
}

/** Writes what the bar, the banner and the strip say. */
function drawWords() {
  drawConnection();
  drawTheme();
  drawZoom();
  $("language").textContent = t("languageShort");
  // The name has what is seen: whoever speaks to the browser says that.
  setTitle($("language"), `${t("languageShort")} · ${t("language")}`);
  if (!state) return;
  const errors = findings.countOf("error");
  const title = pick(state.title) || state.folder;
  $("title").textContent = title;
  $("title").title = title;
  document.title = `${isSound(state) ? "" : "⚠ "}${title} – shenbao`;
  $("draft").hidden = !state.draft;
  drawBanner();
  drawEmpty();
  drawStrip(errors);
}

/** Shows or hides the banner, and keeps the pages where they are on the screen while it does. */
function drawBanner() {
  const before = $("viewer").getBoundingClientRect().top;
  $("banner").hidden = isSound(state);
  if (!isSound(state)) {
    const first = findings.firstFinding();
    const stale = state.pages.length ? "stale" : "staleNone";
    $("banner-text").replaceChildren(
      make("strong", {}, t(state.fresh ? "refused" : stale)),
      first ? make("span", {}, `${pick(first.message)} `, first.place ? nameOf(first.place) : null) : "",
    );
    $("banner-show").hidden = !first;
  }
  $("pages").classList.toggle("stale", !state.fresh);
  scrollBy($("viewer").getBoundingClientRect().top - before);
}

function drawEmpty() {
  document.querySelector("#viewer > .empty")?.remove();
  if (state.pages.length) return;
  $("viewer").prepend(
    make("div", { className: "empty" }, make("p", {}, t("noPages")), make("p", {}, t("noPagesMore"))),
  );
}

function drawStrip(errors) {
  const total = state.totals[0];
  const strip = $("strip-total");
  strip.replaceChildren();
  if (total) {
    strip.append(`${pick(total.name)} `, make("strong", {}, pick(total.amount)));
    if (state.change) strip.append(" ", make("span", { className: "change" }, pick(state.change.amount)));
  }
  strip.hidden = !total;
  $("strip-pages").textContent = state.pages.length ? t("pageCount", { n: state.pages.length }) : "";
  $("page-count").textContent = state.pages.length;
  const counts = ["error", "warning", "note"].flatMap((severity) => {
    const n = findings.countOf(severity);
    return n ? [make("span", { className: severity }, t(`${severity}s`, { n }))] : [];
  });
  if (!counts.length) counts.push(make("span", { className: "good" }, t("nothingFound")));
  $("strip-findings").replaceChildren(...counts);
  const count = errors || findings.countOf("warning");
  $("findings-count").textContent = count || "";
  $("findings-count").className = `count ${errors ? "error" : "warning"}`;
  $("findings-count").hidden = !count;
  const moved = movedPages().length;
  $("strip-moved").hidden = !moved;
  $("strip-moved").textContent = t("moved", { n: moved });
  const took = state.took < 10 ? state.took.toFixed(1) : Math.round(state.took);
  $("strip-time").textContent = t("updated", { time: state.time, took });
}

function drawConnection() {
  const element = $("connection");
  element.className = connection;
  element.title = t(connection);
  const words = element.firstElementChild;
  if (words.textContent !== t(connection)) words.textContent = t(connection);
}

function connectionChanged(now) {
  if (now === "connected" && connection !== "connected") loadMissing();
  connection = now;
  root.dataset.connection = now;
  drawConnection();
}

// --- The panel -----------------------------------------------------------------------------

const tabs = ["totals", "findings", "output"];
const tab = () => tabs.find((name) => !$(name).hidden);

function setTab(name, chosen = true) {
  const hides = $(tab())?.contains(document.activeElement) && name !== tab();
  for (const other of tabs) {
    const selected = other === name;
    $(other).hidden = !selected;
    $(`tab-${other}`).setAttribute("aria-selected", String(selected));
    $(`tab-${other}`).tabIndex = selected ? 0 : -1;
  }
  // The focus doesn't stay in what is hidden.
  if (hides) $(`tab-${name}`).focus({ preventScroll: true });
  if (!chosen) return;
  broughtUp = null;
  remember("tab", name);
}

// Beside the pages the panel is open unless it was closed, below them it takes their room.
const panelKey = () => (narrow.matches ? "panel.narrow" : "panel.wide");
const panelOpen = () => !root.classList.contains("panel-closed");

function setPanel(open, chosen = true) {
  root.classList.toggle("panel-closed", !open);
  // At once, for whoever is about to scroll somewhere.
  applyZoom();
  $("panel-toggle").setAttribute("aria-expanded", String(open));
  if (!open && $("panel").contains(document.activeElement)) $("panel-toggle").focus();
  if (chosen) remember(panelKey(), open ? "open" : "closed");
}

const recallPanel = () => setPanel((recall(panelKey()) || (narrow.matches ? "closed" : "open")) === "open", false);

/** Opens the panel at a tab and puts the focus into it. */
function openTab(name) {
  setPanel(true);
  setTab(name);
  const inside = $(name).querySelector("[tabindex='0']");
  (inside || $(`tab-${name}`)).focus({ preventScroll: true });
}

// --- Choices -------------------------------------------------------------------------------

const themes = ["auto", "light", "dark"];
const theme = () => (themes.includes(recall("theme")) ? recall("theme") : "auto");

function drawTheme() {
  const choice = theme();
  root.dataset.theme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
  setTitle($("theme"), t({ auto: "themeAuto", light: "themeLight", dark: "themeDark" }[choice]));
  $("theme").dataset.choice = choice;
}

function nextTheme() {
  remember("theme", themes[(themes.indexOf(theme()) + 1) % themes.length]);
  drawTheme();
  announce($("theme").title);
}

function changeLanguage() {
  const next = getLanguage() === "zh" ? "en" : "zh";
  remember("language", next);
  setLanguage(next);
  closeCard();
  drawWords();
  totals.draw();
  findings.draw();
  if (state?.edits) output.draw();
  describePages();
}

function drawZoom() {
  const choices = { auto: t("zoomAuto"), width: t("zoomWidth"), page: t("zoomPage") };
  for (const percent of [50, 75, 100, 125, 150, 200, 300]) choices[percent / 100] = `${percent}%`;
  const choice = zoomChoice();
  if (!choices[choice]) choices[choice] = `${Math.round(choice * 100)}%`;
  // Objects put whole numbers first.
  const order = ["auto", "width", "page", ...Object.keys(choices).filter(Number).sort((a, b) => a - b)];
  $("zoom").replaceChildren(...order.map((value) => make("option", { value }, choices[value])));
  $("zoom").value = choice;
}

function changeZoom(action) {
  closeCard();
  action();
  drawZoom();
}

// --- Keys ----------------------------------------------------------------------------------

const actions = {
  j: () => goTo(currentPage() + 1),
  k: () => goTo(currentPage() - 1),
  g: () => $("page-number").focus(),
  "+": () => changeZoom(() => zoomBy(1)),
  "=": () => changeZoom(() => zoomBy(1)),
  "-": () => changeZoom(() => zoomBy(-1)),
  0: () => changeZoom(() => setZoom(1)),
  w: () => changeZoom(() => setZoom("width")),
  m: goToMoved,
  n: () => next(1),
  p: () => next(-1),
  t: () => openTab("totals"),
  f: () => openTab("findings"),
  o: () => !$("tab-output").hidden && openTab("output"),
  b: () => setPanel(!panelOpen()),
  l: changeLanguage,
  d: nextTheme,
  "?": openHelp,
  "？": openHelp,
};

function next(direction) {
  const inside = $("panel").contains(document.activeElement);
  setPanel(true);
  setTab("findings");
  findings.chooseNext(direction, inside);
}

function onKey(event) {
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    if (!closeCard() && document.activeElement !== document.body) $("viewer").focus({ preventScroll: true });
    return;
  }
  if (event.isComposing || event.target.matches("input, select, [contenteditable]")) return;
  const which = undoing(event);
  if (which) {
    event.preventDefault();
    step(which);
  }
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

// --- Start ---------------------------------------------------------------------------------

function startTabs() {
  for (const name of tabs) {
    $(`tab-${name}`).addEventListener("click", () => setTab(name));
    $(`tab-${name}`).addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const shown = tabs.filter((entry) => !$(`tab-${entry}`).hidden);
      const step = event.key === "ArrowRight" ? 1 : shown.length - 1;
      const other = shown[(shown.indexOf(name) + step) % shown.length];
      setTab(other);
      $(`tab-${other}`).focus();
    });
  }
}

function start() {
  setLanguage(recall("language") || getLanguage());
  drawWords();
  recallPanel();
  setTab(recall("tab") === "findings" ? "findings" : "totals", false);
  narrow.addEventListener("change", recallPanel);
  dark.addEventListener("change", drawTheme);

  $("panel-toggle").addEventListener("click", actions.b);
  $("panel-close").addEventListener("click", () => setPanel(false));
  startTabs();
  $("previous").addEventListener("click", actions.k);
  $("next").addEventListener("click", actions.j);
  const number = $("page-number");
  number.addEventListener("change", () => {
    // Full-width digits are what a Chinese keyboard writes.
    const page = parseInt(number.value.normalize("NFKC"), 10);
    if (page) goTo(Math.min(Math.max(page, 1), state?.pages.length || 1) - 1);
    number.value = currentPage() + 1;
    $("viewer").focus({ preventScroll: true });
  });
  number.addEventListener("focus", () => number.select());
  $("zoom-in").addEventListener("click", actions["+"]);
  $("zoom-out").addEventListener("click", actions["-"]);
  $("zoom").addEventListener("change", () => changeZoom(() => setZoom($("zoom").value)));
  $("language").addEventListener("click", changeLanguage);
  $("theme").addEventListener("click", nextTheme);
  $("help-open").addEventListener("click", openHelp);
  $("banner-show").addEventListener("click", () => {
    setPanel(true);
    setTab("findings", false);
    const first = findings.firstFinding();
    if (first) findings.choose(first);
  });
  $("strip-total").addEventListener("click", actions.t);
  $("strip-findings").addEventListener("click", actions.f);
  $("strip-moved").addEventListener("click", goToMoved);
  document.addEventListener("keydown", onKey);

  let rest = 0;
  startPages((index, count) => {
    // A browser forgets how far a box was scrolled when the page is loaded again.
    clearTimeout(rest);
    rest = setTimeout(() => history.replaceState(placeOfReading(), ""), 200);
    if (document.activeElement !== number) number.value = count ? index + 1 : "";
  });
  startPlaces((part) => {
    openTab("totals");
    totals.chooseAt(part);
  });
  startEdits(openItem);
  startAdding(openItem);
  $("viewer").focus({ preventScroll: true });
  listen(show, connectionChanged);
}

start();
