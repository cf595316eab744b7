// What is typed for one choice makes that choice; emptied again, the earlier choice comes back.

import { all, one } from "./dom";

function enhanceField(field: HTMLInputElement, choice: HTMLInputElement): void {
  let earlier: HTMLInputElement | null = null;
  field.addEventListener("input", () => {
    const isFilled = field.value.trim() !== "";
    if (isFilled && !choice.checked) {
      earlier = one<HTMLInputElement>(`[name="${choice.name}"]:checked`, field.form ?? document);
      choice.checked = true;
    } else if (!isFilled && choice.checked && earlier) {
      earlier.checked = true;
    }
  });
}

export function enhanceChoosingFields(root: ParentNode): void {
  for (const field of all<HTMLInputElement>("input[data-chooses]", root)) {
    const choice = one<HTMLInputElement>(`#${CSS.escape(field.dataset.chooses ?? "")}`);
    if (choice) enhanceField(field, choice);
  }
}
