// Editing: the form of a value, what becomes of it, and undo and redo.

import { controlOf } from "./controls.js";
import { $, announce, forget, make, recall, remember } from "./dom.js";
import { send } from "./server.js";
import { pick, t } from "./words.js";

/** How many edits can be undone and redone; null where nothing can be edited. */
let steps = null;
let folder = "";
let number = 0;
let onAdded = () => {};

export const canEdit = () => steps !== null;

/** Takes over what a new state says. */
export function updateEdits(state) {
  folder = state.folder;
  draw(state.edits);
}

function draw(now) {
  steps = now || null;
  $("editing").hidden = !steps;
  $("undo").disabled = !steps?.undo;
  $("redo").disabled = !steps?.redo;
}

/** `added` gets the file and path of a copy of a project. */
export function startEdits(added) {
  onAdded = added;
  $("undo").addEventListener("click", () => step("undo"));
  $("redo").addEventListener("click", () => step("redo"));
}

/** Undoes the last edit, or makes it again. */
export async function step(which) {
  if (!steps?.[which]) return;
  const answer = await send(which, {});
  if (answer) draw(answer);
  announce(answer?.done ? t(`${which}ne`) : reasonOf(answer));
}

/** `undo` or `redo`, where a key asks for that. */
export function undoing({ ctrlKey, metaKey, shiftKey, altKey, key }) {
  if (!(ctrlKey || metaKey) || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === "y" || (letter === "z" && shiftKey)) return "redo";
  return letter === "z" ? "undo" : null;
}

/** Takes over how many edits there are after one. */
export const answered = (answer) => draw(answer);

export const reasonOf = (answer) => (answer ? [answer.reason, ...answer.help].map(pick).join("\n") : t("lost"));

/** What edits a place: a form for each value, and what can be done with its item. `close` is called once that is done. */
export function editors(place, close) {
  const { file, values, item } = place.edit;
  const forms = values.map((value) => editor(file, value, close));
  return item ? [...forms, itemBar(file, item, close)] : forms;
}

/** Opens the values of an item that the totals show: not all of them are on a page. */
export async function openEditors(node) {
  const found = await send("fields", { file: node.place.file, line: node.place.line });
  if (!found) {
    announce(t("lost"));
    return;
  }
  const dialog = $("edit");
  const before = document.activeElement;
  const shut = make("button", { type: "button" }, t("close"));
  shut.addEventListener("click", () => dialog.close());
  const parts = editors({ edit: found }, () => dialog.close());
  dialog.replaceChildren(
    make("h2", { id: "edit-title" }, pick(node.name)),
    make("div", { className: "card" }, ...parts),
    make("div", { className: "actions" }, shut),
  );
  dialog.addEventListener("close", () => before?.isConnected && before.focus({ preventScroll: true }), { once: true });
  dialog.showModal();
  parts.find((part) => part.control)?.control.focus();
}

function itemBar(file, item, close) {
  const refused = make("p", { className: "refused", role: "alert" });
  const button = (how) => {
    const element = make("button", { type: "button", data: { how } }, t(`item-${how}`));
    let sure = how !== "delete" || item.path.length > 0;
    element.addEventListener("click", async () => {
      if (!sure) {
        // A file as a whole goes: that is asked for twice.
        sure = true;
        refused.textContent = t("deleteAgain", { file });
        return;
      }
      const answer = await send("item", { file, path: item.path, name: item.name, how });
      if (answer) draw(answer);
      if (answer?.done) {
        announce(t("saved"));
        close();
        if (answer.added) onAdded(answer.added);
      } else refused.textContent = reasonOf(answer);
    });
    return element;
  };
  const name = make("span", {}, item.name ? t("itemNamed", { kind: pick(item.label), name: item.name }) : pick(item.label));
  const buttons = ["up", "down", "copy", "delete"].map(button);
  return make("div", { className: "item", role: "group", "aria-label": pick(item.label) }, name, make("div", { className: "actions" }, ...buttons), refused);
}

/** The form that edits a value. */
function editor(file, edit, close) {
  const draft = `draft.${folder}/${file}/${edit.path.join(".")}`;
  const id = `value-${(number += 1)}`;
  const control = controlOf(file, edit, id);
  let was = edit.text;
  const kept = recall(draft);
  const isDraft = kept !== null && kept !== was;
  if (isDraft) control.value = kept;
  const refused = make("p", { className: "refused", role: "alert" });
  const note = make("p", { className: "hint" }, isDraft ? t("draftKept") : hintOf(edit));
  // An amount in words has its line from the beginning, so that nothing moves when it comes.
  const spoken = make("p", { className: edit.control === "amount" ? "words kept" : "words", role: "status" });
  const save = make("button", { type: "submit", className: "primary" }, t("save"));
  const cancel = make("button", { type: "button" }, t("cancel"));
  const form = make(
    "form",
    { className: "edit" },
    labelOf(edit, control, id),
    control.element,
    spoken,
    note,
    refused,
    make("div", { className: "actions" }, save, cancel),
  );
  const look = reader(edit, control, spoken, refused);
  // What was typed outlives the page, until it is saved or given up.
  control.element.addEventListener("input", () => {
    remember(draft, control.value);
    form.classList.add("typed");
    look();
  });
  form.addEventListener("keydown", (event) => onKey(event, form, cancel));
  cancel.addEventListener("click", () => {
    forget(draft);
    close();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    save.disabled = true;
    const answer = await send("edit", { file, path: edit.path, was, to: control.value });
    save.disabled = false;
    if (answer?.done) {
      forget(draft);
      draw(answer);
      announce(t("saved"));
      close();
      return;
    }
    refused.textContent = reasonOf(answer);
    if (answer?.now !== null && answer?.now !== undefined) {
      // Both are shown: what the file says, and what was typed. Saving again replaces it.
      was = answer.now;
      note.textContent = t("saveAgain");
    }
    control.refuse(true);
    control.focus();
  });
  look();
  form.control = control;
  return form;
}

function labelOf({ label, lang }, control, id) {
  const name = lang ? `${pick(label)}（${t(lang)}）` : pick(label);
  if (control.single) return make("label", { htmlFor: id }, name);
  return make("p", { className: "label", id: `${id}-label` }, name);
}

function onKey(event, form, cancel) {
  event.stopPropagation();
  if (event.key === "Escape") cancel.click();
  if (event.key === "Enter" && event.ctrlKey) form.requestSubmit();
}

/** Says while it is typed how a value is read: an amount in words, and what does not fit. Of many keys the last counts. */
function reader({ control: kind, text: was }, control, spoken, refused) {
  if (!["amount", "number", "target"].includes(kind)) return () => {};
  let asked = 0;
  let timer = 0;
  const ask = async () => {
    const now = (asked += 1);
    const read = await send("reading", { control: kind, text: control.value, was });
    if (now !== asked || !read) return;
    spoken.textContent = pick(read.words);
    refused.textContent = pick(read.refused);
    control.refuse(Boolean(read.refused));
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  };
}

function hintOf({ control }) {
  const hints = { amount: "hintAmount", paragraphs: "hintParagraphs" };
  return hints[control] ? t(hints[control]) : "";
}
