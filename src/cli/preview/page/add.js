// What is added: the form of a new project, sub-project, cost, indicator, step or source.

import { $, announce, forget, icon, make, recall, remember } from "./dom.js";
import { answered, reasonOf } from "./edit.js";
import { send } from "./server.js";
import { pick, setTitle, t } from "./words.js";

const dialog = $("add");
let editing = null;
let folder = "";
/** What can be added where: `{ project, of, kinds }` of each total, and its id. */
let places = [];
let onAdded = () => {};

/** `added` gets the file and path of each new item. */
export function startAdding(added) {
  onAdded = added;
}

/** Takes over what a new state says. */
export function updateAdding(state) {
  editing = state.edits;
  folder = state.folder;
  places = [];
  const visit = (node, at) => {
    if (node.adds) places.push({ ...node.adds, id: node.id, name: node.name, at });
    node.children.forEach(visit);
  };
  state.totals.forEach(visit);
}

export const canAdd = (adds) => Boolean(editing && adds?.kinds.length);

/** The button that opens the form for what a total can have. */
export function addButton(adds) {
  const button = make("button", { type: "button", className: "icon add", tabIndex: -1 }, icon("M10 4.5v11M4.5 10h11"));
  setTitle(button, titleOf(adds));
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    openAdd(adds);
  });
  return button;
}

/** What can be added beside an item of a project, and which kind of it that is; null where nothing can. */
export function addsBeside({ project, item }) {
  const own = places.find((place) => place.project === project && !place.of);
  if (!own || !editing) return null;
  const [first, index, below] = item?.path || [];
  if (first === "subproject" && below === "cost") {
    const whole = places.find((place) => place.project === project && place.of && place.at === Number(index));
    if (whole?.kinds.length) return { adds: whole, kind: "cost" };
  }
  const kind = { schedule: "step", funding: "source" }[first] || first;
  return { adds: own, kind: own.kinds.includes(kind) ? kind : own.kinds[0] };
}

// --- The form ------------------------------------------------------------------------------

/** The fields of each kind: name, control, and what it begins with. */
const fields = {
  project: () => [...named(), field("id", { value: freeId("project", null) }), field("amount", { optional: true })],
  subproject: (adds) => [...named(), field("id", { value: freeId("part", adds.project) }), field("amount")],
  cost: () => [...named(), field("how", { choices: ["amount", "product", "share"] })],
  indicator: () => [field("kind", { list: editing.indicators.map((kind) => [kind, kind]) }), ...named(), field("target")],
  step: () => [...named("task"), field("start", { type: "date" }), field("end", { type: "date" })],
  source: () => [field("kind", { list: editing.sources.map((kind) => [kind, kind]), label: "sourceKind" }), field("amount")],
};
const sums = {
  amount: () => [field("amount")],
  product: () => [field("quantity"), field("unit", { optional: true }), field("price")],
  share: (adds) => [field("percent"), field("base", { list: partsOf(adds.project) })],
};

const named = (label = "name") => [
  field("name", { label }),
  ...(editing.english ? [field("english")] : []),
];
const field = (name, more = {}) => ({ name, label: name, ...more });

/** An id that nothing has, such as `project-5`. */
function freeId(stem, project) {
  const taken = new Set(places.map((place) => (project ? place.id : place.project)));
  const of = (n) => (project ? `${project}/${stem}-${n}` : `${stem}-${n}`);
  let n = places.filter((place) => (project ? place.project === project && place.of : place.project && !place.of)).length + 1;
  while (taken.has(of(n))) n += 1;
  return `${stem}-${n}`;
}

/** The sub-projects that a cost may be a share of, by id and name. */
const partsOf = (project) =>
  places.filter((place) => place.project === project && place.of).map(({ of, name }) => [of, pick(name)]);

/** Opens the form for one of the kinds that can be added. */
export function openAdd(adds, kind = adds.kinds[0]) {
  const before = document.activeElement;
  const draft = `draft.${folder}/add/${adds.project || ""}/${adds.of || ""}`;
  const kept = JSON.parse(recall(draft) || "{}");
  const values = { ...kept, what: adds.kinds.includes(kept.what) && kept.what ? kept.what : kind };
  const body = make("div", { className: "fields" });
  const refused = make("p", { className: "refused", role: "alert" });
  const submit = make("button", { type: "submit", className: "primary" }, t("add"));
  const cancel = make("button", { type: "button" }, t("cancel"));
  const heading = make("h2", { id: "add-title" }, titleOf(adds));
  const form = make("form", { className: "edit" }, heading, body, refused, make("div", { className: "actions" }, submit, cancel));
  const draw = () => drawFields(body, adds, values, draw);
  draw();
  form.addEventListener("input", () => remember(draft, JSON.stringify(values)));
  cancel.addEventListener("click", () => {
    forget(draft);
    dialog.close();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    const answer = await send("add", { project: adds.project || "", of: adds.of, what: values.what, ...shown(body) });
    submit.disabled = false;
    if (!answer?.done) {
      refused.textContent = reasonOf(answer);
      return;
    }
    forget(draft);
    dialog.close();
    answered(answer);
    announce(t("saved"));
    onAdded(answer.added);
  });
  dialog.addEventListener("close", () => before?.isConnected && before.focus({ preventScroll: true }), { once: true });
  dialog.replaceChildren(form);
  dialog.showModal();
  body.querySelector("input, select").focus();
}

function titleOf({ project, of }) {
  const own = places.find((place) => place.project === project && place.of === of);
  return project && own ? t("addTo", { name: pick(own.name) }) : t("addProject");
}

/** What is filled in, by name; of what is left out, nothing. */
const shown = (body) =>
  Object.fromEntries([...body.querySelectorAll("input, select")].map((control) => [control.name, control.value]));

function drawFields(body, adds, values, redraw) {
  const all = fields[values.what](adds);
  if (adds.project) all.unshift(field("what", { choices: adds.kinds }));
  if (values.what === "cost") all.push(...sums[values.how || "amount"](adds));
  body.replaceChildren(...all.map((one) => row(one, values, redraw)));
}

function row({ name, label, choices, list, type, optional, value }, values, redraw) {
  const id = `add-${name}`;
  let control;
  if (choices) {
    control = make("select", { id, name }, ...choices.map((each) => make("option", { value: each }, t(`add-${each}`))));
    control.value = choices.includes(values[name]) ? values[name] : choices[0];
    values[name] = control.value;
  } else if (list?.length) {
    control = make("select", { id, name }, ...list.map(([each, words]) => make("option", { value: each }, words)));
    if (list.some(([each]) => each === values[name])) control.value = values[name];
  } else {
    control = make("input", { id, name, type: type || "text", autocomplete: "off", spellcheck: false });
    control.value = values[name] ?? value ?? "";
    control.required = !optional;
  }
  control.addEventListener("input", () => (values[name] = control.value));
  if (choices) {
    control.addEventListener("change", () => {
      values[name] = control.value;
      redraw();
      $(id).focus();
    });
  }
  const words = optional ? t("optional", { name: t(`add-${label}`) }) : t(`add-${label}`);
  const hint = { amount: "hintAmount", price: "hintAmount", target: "hintTarget", id: "hintId" }[name];
  return make("div", {}, make("label", { htmlFor: id }, words), control, hint ? make("p", { className: "hint" }, t(hint)) : null);
}
