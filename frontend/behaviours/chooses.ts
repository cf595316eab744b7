// What is typed for one choice makes that choice; emptied again, the earlier choice comes back. Another choice empties the
// field, and a gas leak does it with what stood there since an earlier visit, so that the place is asked, and brings the safety advice into sight; that
// it is open at all is the style sheet's work.

import { one } from "./dom";
import { navigation, wasRefused } from "./navigation";

function enhanceField(field: HTMLInputElement, choice: HTMLInputElement, form: HTMLFormElement): void {
  const group = `[name="${choice.name}"]`;
  let earlier: HTMLInputElement | null = null;
  let typed = "";
  let isOld = !!field.value && navigation() !== "reload" && !wasRefused(form);
  const fill = (words: string): void => {
    typed = field.value || typed;
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  field.addEventListener("input", () => {
    isOld = false;
    const isFilled = /\S/.test(field.value);
    if (isFilled && !choice.checked) {
      earlier = one<HTMLInputElement>(`${group}:checked`, form);
      choice.checked = true;
    } else if (!isFilled && choice.checked && earlier) {
      earlier.checked = true;
    }
  });
  form.addEventListener("change", ({ target }) => {
    const chosen = target as HTMLInputElement;
    if (chosen === choice) {
      if (typed && !field.value) fill(typed);
    } else if (chosen.matches(group)) fill("");
    else if (chosen.matches(".pick--danger *")) {
      one(".emerg")?.scrollIntoView();
      if (!isOld) return;
      choice.checked = false;
      one("[data-kept-place]", form)?.remove();
      fill("");
    }
  });
}

export function enhanceChoosingFields(root: ParentNode): void {
  const field = one<HTMLInputElement>("[data-chooses]", root);
  const choice = one<HTMLInputElement>(`#${field?.dataset.chooses}`);
  if (choice && field?.form) enhanceField(field, choice, field.form);
}
