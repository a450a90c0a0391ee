// The fix of a finding: what it would change, and the button that makes it.

import { announce, make } from "./dom.js";
import { answered, reasonOf } from "./edit.js";
import { send } from "./server.js";
import { t } from "./words.js";

/** What a fix would change, with the button that makes the change. */
export function fixOf(wish, safety) {
  const lines = make("pre", { className: "patch", lang: "zh-CN" });
  const refused = make("p", { className: "refused", role: "alert" });
  const button = make("button", { type: "button", className: "primary" }, t(safety === "safe" ? "fix" : "fixSuggested"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    const answer = await send("fix", wish);
    button.disabled = false;
    if (answer?.done) {
      answered(answer);
      announce(t("fixed"));
    } else refused.textContent = reasonOf(answer);
  });
  const element = make("div", { className: "fix" }, lines, refused, button);
  show(wish, lines, element);
  return element;
}

async function show(wish, lines, element) {
  const answer = await send("patch", wish);
  const changed = (answer?.patch || "").split("\n").filter((line) => /^[-+]/.test(line));
  // The program would refuse it: there is nothing to offer.
  element.hidden = !changed.length;
  const names = { "-": ["del", t("fixBefore")], "+": ["ins", t("fixAfter")] };
  lines.replaceChildren(
    ...changed.map((line) => {
      const [tag, name] = names[line[0]];
      return make(tag, {}, make("span", { className: "unseen" }, `${name} `), line.slice(1).trim());
    }),
  );
}
