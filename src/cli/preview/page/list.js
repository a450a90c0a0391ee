// The list of several declarations: each with its total and its findings, and the way to its page.

import { $, make, recall } from "./dom.js";
import { listen } from "./server.js";
import { pick, setLanguage, t } from "./words.js";

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function drawTheme() {
  const choice = recall("theme");
  root.dataset.theme = ["light", "dark"].includes(choice) ? choice : dark.matches ? "dark" : "light";
}

function row(unit, place) {
  const link = make("a", { href: `${place}/` }, pick(unit.name) || unit.folder);
  const counts = ["error", "warning"].flatMap((severity) => {
    const n = unit[`${severity}s`];
    return n ? [make("span", { className: severity }, t(`${severity}s`, { n })), " "] : [];
  });
  return make(
    "tr",
    { data: { folder: unit.folder } },
    make("th", { scope: "row" }, link, make("small", {}, unit.folder)),
    make("td", { className: "figure" }, String(unit.projects)),
    make("td", { className: "figure" }, pick(unit.total) || "—"),
    make("td", {}, ...(counts.length ? counts : [make("span", { className: "good" }, t("nothingFound"))])),
  );
}

function show(state) {
  setLanguage(recall("language") || state.lang);
  document.title = `${t("units")} – shenbao`;
  const count = t("unitCount", { n: state.units.length });
  $("summary").textContent = state.total ? `${count} · ${t("totals")} ${pick(state.total)}` : count;
  // The one that is focused stays so.
  const focused = document.activeElement?.closest("tr")?.dataset.folder;
  $("units").replaceChildren(...state.units.map(row));
  if (focused) document.querySelector(`tr[data-folder="${CSS.escape(focused)}"] a`)?.focus({ preventScroll: true });
  root.dataset.version = state.version;
  root.dataset.places = state.version;
}

drawTheme();
dark.addEventListener("change", drawTheme);
listen(show, (connection) => (root.dataset.connection = connection));
