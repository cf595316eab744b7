// Keeps what is typed until it has been accepted: through reloads, sign-in and lost connections. Of a [data-draft] field
// its text, of a [data-keep] form every field.

import { all, controls, one } from "./dom";
import { restoring } from "./earlier_visit";
import { wasRefused } from "./navigation";
import { tabStorage } from "./storage";

type Draft = { text: string; visibility: string | null };
export type Fields = [name: string, value: string][];
export type Typed = HTMLInputElement | HTMLTextAreaElement;
const SENT = "draft:sent";
/** A leak could not be sent (not_sent.ts). */
export const NOT_SENT = "not-sent";
/** Of a form's chosen files (lost_files.ts). */
export const NAMES = "files";
/** Of a form that was sent and not answered yet (unsure.ts). */
export const SUBMISSION = "submission";

// The user is part of the key: on a shared computer nobody finds somebody else's words.
export function keysOf(user: string): string {
  return `draft:${user}:`;
}

const user = document.body.dataset.user ?? "";

// The form's address and not the page's: a refused form comes back at another one, and what is sent from there must not
// return as a draft.
export function keyOf(form: HTMLFormElement | null, name: string): string {
  return `${keysOf(user)}${(form?.getAttribute("action") ?? location.pathname).split("?lang")[0]}:${name}`;
}

function keyOfField(field: HTMLTextAreaElement): string {
  return keyOf(field.form, field.name);
}

export function keysIn(form: HTMLFormElement): string[] {
  const keys = controls<HTMLTextAreaElement>(form, "[data-draft]").map(keyOfField);
  if (form.matches("[data-keep]")) keys.push(keyOf(form, ""));
  if (controls(form, "[type=file]").length) keys.push(keyOf(form, NAMES));
  if (keys.length) keys.push(keyOf(form, SUBMISSION));
  return keys;
}

function visibilityOf(field: HTMLTextAreaElement): HTMLInputElement | null {
  return one<HTMLInputElement>('[name="visibility"]:checked', field.form ?? document);
}

function keep(field: HTMLTextAreaElement): void {
  const draft: Draft = { text: field.value, visibility: visibilityOf(field)?.value ?? null };
  if (draft.text) tabStorage?.setItem(keyOfField(field), JSON.stringify(draft));
  else tabStorage?.removeItem(keyOfField(field));
}

// What this tab keeps is newer than a draft of the server's, and older than what was just refused.
function restore(field: HTMLTextAreaElement): void {
  const kept = tabStorage?.getItem(keyOfField(field));
  if (!kept || (field.value && wasRefused())) return;
  const draft = JSON.parse(kept) as Draft;
  field.value = draft.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  // An internal note must not come back as a public reply.
  const choice = one<HTMLInputElement>(`[name="visibility"][value="${draft.visibility}"]`, field.form ?? document);
  if (choice) choice.checked = true;
  if (field.form) showKept(field.form);
}

export function typedIn(form: HTMLFormElement): Typed[] {
  return controls<Typed>(form, "textarea, input[name]:not([type=hidden], [type=password], [type=file])");
}

export function typedFields(form: HTMLFormElement): Fields {
  const isSet = (field: Typed): boolean => (isChoice(field) ? field.checked : field.value !== "");
  return typedIn(form).filter(isSet).map((field) => [field.name, field.value]);
}

function keepForm(form: HTMLFormElement): void {
  // The time is a field without a name.
  tabStorage?.setItem(keyOf(form, ""), JSON.stringify([["", `${Date.now()}`], ...typedFields(form)]));
}

export function isChoice(field: Typed): field is HTMLInputElement {
  return field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type);
}

// Not over a refused form or the browser's own memory, nor over the choice that a link made, but for a form that is kept for it.
function restoreForm(form: HTMLFormElement): void {
  const kept = tabStorage?.getItem(keyOf(form, ""));
  if (!kept || !(form.getAttribute("action") ?? "").includes(location.search) || wasRefused(form)) return;
  const all = JSON.parse(kept) as Fields;
  const names = restoring.names(form, all);
  const fields = all.filter(([name]) => names.test(name));
  for (const field of typedIn(form).filter(({ name }) => names.test(name))) {
    const values = fields.flatMap(([name, value]) => (name === field.name ? [value] : []));
    if (isChoice(field)) field.checked = values.includes(field.value) || (field.type === "radio" && !values.length && field.checked);
    else field.value = values[0] ?? "";
  }
  if (fields.length) showKept(form);
}

// Not beside a message about the same, after signing in again.
function showKept(form: HTMLFormElement): void {
  const notice = one("[data-kept]", form);
  if (notice && !one(".flash")) notice.hidden = false;
}

export function forgetDrafts(form: HTMLFormElement): void {
  for (const key of keysIn(form)) tabStorage?.removeItem(key);
}

// A plain post is known to be accepted only on the page that follows it.
function settleSentDrafts(): void {
  const sent = JSON.parse(tabStorage?.getItem(SENT) ?? "[]") as string[];
  tabStorage?.removeItem(SENT);
  if (!wasRefused()) for (const key of sent) tabStorage?.removeItem(key);
}

// Those of others, whose session ended in this tab, wait for them.
export function forgetDraftsOf(who: string): void {
  if (!tabStorage) return;
  for (const key of Object.keys(tabStorage)) if (key.startsWith(keysOf(who))) tabStorage.removeItem(key);
}

function noteSubmission(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (!event.defaultPrevented && keysIn(form).length > 0) {
    tabStorage?.setItem(SENT, JSON.stringify(keysIn(form)));
  }
}

export function startDrafts(): void {
  settleSentDrafts();
  window.addEventListener("submit", noteSubmission);
}

export function enhanceKeptForms(root: ParentNode): void {
  for (const form of all<HTMLFormElement>("form[data-keep]", root)) {
    restoreForm(form);
    form.addEventListener("input", () => keepForm(form));
  }
}

export function enhanceDrafts(root: ParentNode): void {
  enhanceKeptForms(root);
  for (const field of all<HTMLTextAreaElement>("textarea[data-draft]", root)) {
    restore(field);
    field.addEventListener("input", () => keep(field));
    field.form?.addEventListener("change", () => keep(field));
  }
}
