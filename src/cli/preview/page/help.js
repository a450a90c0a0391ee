// The keys and what they do, in a window of its own.

import { $, make } from "./dom.js";
import { t } from "./words.js";

const keys = [
  ["J", "K", "keyPages"],
  ["G", "keyNumber"],
  ["↑", "↓", "PgUp", "PgDn", "keyScroll"],
  ["+", "−", "keyZoom"],
  ["0", "keyActual"],
  ["W", "keyWidth"],
  ["M", "keyMoved"],
  ["N", "P", "keyFindings"],
  ["T", "F", "O", "keyTabs"],
  ["B", "keyPanel"],
  ["↑", "↓", "←", "→", "keyTree"],
  ["Tab", "keyTab"],
  ["Enter", "keyEnter"],
  ["E", "A", "keyAdd"],
  ["C", "keyCopy"],
  ["Ctrl Z", "Ctrl Y", "keyUndo"],
  ["L", "keyLanguage"],
  ["D", "keyTheme"],
  ["?", "keyHelp"],
  ["Esc", "keyEscape"],
];

/** Shows the keys. */
export function openHelp() {
  const close = make("button", { type: "button", className: "primary" }, t("close"));
  close.addEventListener("click", () => $("help").close());
  const rows = keys.flatMap((row) => [
    make("dt", {}, ...row.slice(0, -1).map((key) => make("kbd", {}, key))),
    make("dd", {}, t(row[row.length - 1])),
  ]);
  $("help").replaceChildren(
    make("h2", { id: "help-title" }, t("helpTitle")),
    make("p", {}, t("helpClick")),
    make("dl", {}, ...rows),
    close,
  );
  $("help").showModal();
  close.focus();
}
