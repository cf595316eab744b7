// What the server refused in a form that stayed on its page: the summary, and each field, say it until it is corrected.

import { all, create, one } from "./dom";
import { place } from "./patch";
import { text } from "./texts";

let plainTitle = "";

function isCorrected(field: HTMLTextAreaElement): boolean {
  return field.value.trim() !== "" && [...field.value].length <= Number(field.dataset.count ?? Infinity);
}

function clearField(field: HTMLTextAreaElement): void {
  field.removeAttribute("aria-invalid");
  const id = `${field.id}-error`;
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((other) => other && other !== id);
  if (others.length) field.setAttribute("aria-describedby", others.join(" "));
  else field.removeAttribute("aria-describedby");
  document.getElementById(id)?.remove();
}

function markField(form: HTMLFormElement, field: HTMLTextAreaElement, words: string): void {
  clearField(field);
  const id = `${field.id}-error`;
  field.before(create("p", { class: "error", id }, words));
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  const listener = (): void => {
    if (!isCorrected(field)) return;
    field.removeEventListener("input", listener);
    forgetErrors(form);
  };
  field.addEventListener("input", listener);
}

export function forgetErrors(form: HTMLFormElement): void {
  for (const field of all<HTMLTextAreaElement>("textarea[aria-invalid]", form)) clearField(field);
  one("[data-form-errors]", form)?.replaceChildren();
  if (plainTitle) document.title = plainTitle;
  plainTitle = "";
}

export function showErrors(form: HTMLFormElement, html: string): void {
  const slot = one("[data-form-errors]", form);
  if (!slot) return;
  forgetErrors(form);
  place(slot, html, "replace");
  for (const link of all<HTMLAnchorElement>(".errsum a", slot)) {
    const field = document.getElementById(link.hash.slice(1));
    if (field instanceof HTMLTextAreaElement) markField(form, field, link.textContent ?? "");
  }
  plainTitle = document.title;
  document.title = text("titleRefused", { title: plainTitle });
  one("[data-focus]", slot)?.focus();
}
