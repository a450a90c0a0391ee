// The little that every part needs: elements, remembered choices, the clipboard.

export const $ = (id) => document.getElementById(id);

/** Makes an element: properties, then children. Children that are null are left out. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (name === "data") Object.assign(element.dataset, value);
    else if (name in element && name !== "role") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Makes one of the small pictures of the interface out of a path. */
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

/** Puts an element where a rectangle of the page is, in shares of the page, so that it holds at any zoom. */
export function put(element, [x, y, width, height], page) {
  element.style.left = `${(x / page.width) * 100}%`;
  element.style.top = `${(y / page.height) * 100}%`;
  element.style.width = `${(width / page.width) * 100}%`;
  element.style.height = `${(height / page.height) * 100}%`;
  return element;
}

// A browser may forbid storage; choices then last as long as the page.
const choices = {};

export function remember(name, value) {
  choices[name] = value;
  try {
    localStorage.setItem(`shenbao.preview.${name}`, value);
  } catch {
    // Nothing is lost but the memory of it.
  }
}

export function recall(name) {
  try {
    return choices[name] ?? localStorage.getItem(`shenbao.preview.${name}`);
  } catch {
    return choices[name] ?? null;
  }
}

export function forget(name) {
  delete choices[name];
  try {
    localStorage.removeItem(`shenbao.preview.${name}`);
  } catch {
    // Then it was not remembered either.
  }
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Where the page may not use the clipboard, the old way still works.
    const field = make("textarea", { value: text, className: "unseen" });
    const focused = document.activeElement;
    (document.querySelector("dialog[open]") || document.body).append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    focused?.focus({ preventScroll: true });
  }
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Says something to assistive technology without moving the focus. */
export function announce(text) {
  $("announcer").textContent = text;
}
