// What can be had besides the pages: the PDF, the forms as a workbook, and what changed since the last commit.

import { $, make } from "./dom.js";
import { ask } from "./server.js";
import { getLanguage, pick, t } from "./words.js";

const panel = $("output");
/** What can be asked for, by its button: what the program makes, and what is done with that. */
const kinds = {
  pdf: ["pdf", saved(".pdf")],
  print: ["pdf", printed],
  forms: ["forms", saved(".xlsx")],
  redline: ["redline", saved("-redline.pdf")],
  diff: ["diff", async (answer) => (await answer.text()).trim() || t("outputSame")],
};
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
  const buttons = Object.keys(kinds).map((kind) => {
    const button = make("button", { type: "button", data: { kind } }, t(`output-${kind}`));
    button.addEventListener("click", async () => {
      const all = [...panel.querySelectorAll("button")];
      for (const each of all) each.disabled = true;
      said.textContent = t("outputMaking");
      said.textContent = await made(...kinds[kind]);
      for (const each of all) each.disabled = false;
      button.focus({ preventScroll: true });
    });
    return make("li", {}, button, make("p", {}, t(`output-${kind}-more`)));
  });
  panel.replaceChildren(make("ul", {}, ...buttons), said);
}

/** Asks for it, does with it what is wanted, and gives what is to be said of that. */
async function made(what, use) {
  const answer = await ask("output", { what, lang: getLanguage() });
  if (!answer?.ok) return t("lost");
  if (answer.headers.get("Content-Type") === "application/json") return pick((await answer.json()).reason);
  return use(answer);
}

/** Hands a file to the browser, which puts it among its downloads. */
function saved(ending) {
  return async (answer) => save(URL.createObjectURL(await answer.blob()), folder + ending);
}

function save(url, name) {
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return t("outputSaved", { name });
}

/** Has the browser's own viewer print the PDF, in a frame that nobody sees; where it does not let itself, it is downloaded. */
async function printed(answer) {
  const url = URL.createObjectURL(await answer.blob());
  const frame = make("iframe", { className: "unseen", src: url, title: t("output-print"), tabIndex: -1 });
  frame.ariaHidden = "true";
  const before = panel.querySelector("iframe");
  if (before) URL.revokeObjectURL(before.src);
  before?.remove();
  await new Promise((done) => {
    frame.addEventListener("load", done, { once: true });
    panel.append(frame);
  });
  try {
    frame.contentWindow.print();
    return t("outputPrinting");
  } catch {
    frame.remove();
    return save(url, `${folder}.pdf`);
  }
}
