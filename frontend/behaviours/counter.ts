// Says how many characters are left. Counts Unicode code points, as the server does: an emoji is one, not two.

import { all, create } from "./dom";
import { countedText } from "./texts";

const WARN_BELOW = 400;

function leftIn(field: HTMLTextAreaElement): number {
  return Number(field.dataset.count) - [...field.value].length;
}

export function enhanceCounters(root: ParentNode): void {
  for (const field of all<HTMLTextAreaElement>("textarea[data-count]", root)) {
    const output = create("p", { class: "counter", role: "status" });
    field.after(output);
    const show = (): void => {
      const left = leftIn(field);
      output.classList.toggle("counter--over", left < 0);
      if (left < 0) output.textContent = countedText("charactersOver", -left);
      else output.textContent = left < WARN_BELOW ? countedText("charactersLeft", left) : "";
    };
    field.addEventListener("input", show);
    field.form?.addEventListener("reset", () => setTimeout(show));
    show();
  }
}
