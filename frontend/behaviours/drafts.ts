// Keeps the text of [data-draft] fields until it has been accepted: through reloads, sign-in and lost connections.

import { all, controls, one } from "./dom";
import { tabStorage } from "./storage";

type Draft = { text: string; visibility: string | null };

const SENT = "draft:sent";

// The user is part of the key: on a shared computer nobody finds somebody else's words. The form's address and not the
// page's: a refused form comes back at another one, and what is sent from there must not return as a draft.
function keyOf(field: HTMLTextAreaElement): string {
  const form = field.form?.getAttribute("action") ?? location.pathname;
  return `draft:${document.body.dataset.user ?? ""}:${form}:${field.name}`;
}

function visibilityOf(field: HTMLTextAreaElement): HTMLInputElement | null {
  return one<HTMLInputElement>('[name="visibility"]:checked', field.form ?? document);
}

function keep(field: HTMLTextAreaElement): void {
  const draft: Draft = { text: field.value, visibility: visibilityOf(field)?.value ?? null };
  if (draft.text) tabStorage?.setItem(keyOf(field), JSON.stringify(draft));
  else tabStorage?.removeItem(keyOf(field));
}

function restore(field: HTMLTextAreaElement): void {
  const kept = tabStorage?.getItem(keyOf(field));
  if (!kept || field.value) return;
  const draft = JSON.parse(kept) as Draft;
  field.value = draft.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  // An internal note must not come back as a public reply.
  const choice = one<HTMLInputElement>(`[name="visibility"][value="${draft.visibility}"]`, field.form ?? document);
  if (choice) choice.checked = true;
}

export function forgetDrafts(form: HTMLFormElement): void {
  for (const field of controls<HTMLTextAreaElement>(form, "[data-draft]")) tabStorage?.removeItem(keyOf(field));
}

function wasRefused(): boolean {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return (
    navigation?.type === "back_forward" || location.pathname === "/accounts/login/" || one("[data-refused]") !== null
  );
}

// A plain post is known to be accepted only on the page that follows it.
function settleSentDrafts(): void {
  const sent = JSON.parse(tabStorage?.getItem(SENT) ?? "[]") as string[];
  tabStorage?.removeItem(SENT);
  if (!wasRefused()) for (const key of sent) tabStorage?.removeItem(key);
}

function noteSubmission(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.matches("[data-sign-out]")) {
    tabStorage?.clear();
  } else if (!event.defaultPrevented && controls(form, "[data-draft]").length > 0) {
    tabStorage?.setItem(SENT, JSON.stringify(controls<HTMLTextAreaElement>(form, "[data-draft]").map(keyOf)));
  }
}

export function startDrafts(): void {
  settleSentDrafts();
  window.addEventListener("submit", noteSubmission);
}

export function enhanceDrafts(root: ParentNode): void {
  for (const field of all<HTMLTextAreaElement>("textarea[data-draft]", root)) {
    restore(field);
    field.addEventListener("input", () => keep(field));
    field.form?.addEventListener("change", () => keep(field));
  }
}
