// What can be had besides the pages: the PDF, the forms as a workbook, and what changed since the last commit.

import { $, announce, make } from "./dom.js";
import { ask } from "./server.js";
import { getLanguage, pick, t } from "./words.js";

const panel = $("output");
/** What can be asked for, with the ending of its file; without one, it is shown. */
const kinds = [["pdf", ".pdf"], ["forms", ".xlsx"], ["redline", "-redline.pdf"], ["diff", null]];
let folder = "";

/** Takes over what a new state says; true where there is anything to ask for. */
export function updateOutput(state) {
  folder = state.folder;
  if (state.edits && !panel.firstChild) draw();
  return Boolean(state.edits);
}

/** Draws the buttons, again in another language. */
export function draw() {
  const said = make("pre", { className: "said", role: "status" });
  const buttons = kinds.map(([what, ending]) => {
    const button = make("button", { type: "button" }, t(`output-${what}`));
    button.addEventListener("click", async () => {
      const all = [...panel.querySelectorAll("button")];
      for (const each of all) each.disabled = true;
      said.textContent = t("outputMaking");
      said.textContent = await made(what, ending);
      for (const each of all) each.disabled = false;
      button.focus({ preventScroll: true });
    });
    return make("li", {}, button, make("p", {}, t(`output-${what}-more`)));
  });
  panel.replaceChildren(make("ul", {}, ...buttons), said);
}

/** Asks for it, and gives what is to be said of it. */
async function made(what, ending) {
  const answer = await ask("output", { what, lang: getLanguage() });
  if (!answer?.ok) return t("lost");
  if (answer.headers.get("Content-Type") === "application/json") return pick((await answer.json()).reason);
  if (!ending) return (await answer.text()).trim() || t("outputSame");
  const name = folder + ending;
  save(await answer.blob(), name);
  const words = t("outputSaved", { name });
  announce(words);
  return words;
}

/** Hands a file to the browser, which puts it among its downloads. */
function save(file, name) {
  const url = URL.createObjectURL(file);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
