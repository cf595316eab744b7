// Covers a page of somebody who is not signed in any more. After a sign-out nothing stays of it in this browser: what all tabs have typed and
// not sent goes to the server with the sign-out, but for a public computer. When the session ended by itself it is
// hidden, and what was typed comes back after signing in.

import { all, controls, create, one } from "./dom";
import { type Fields, forgetDraftsOf, isChoice, keyOf as keyOfDraft, keysOf, NAMES, type Typed, typedFields, typedIn } from "./drafts";
import { tabStorage } from "./storage";
import { text } from "./texts";
import { say } from "./toast";

// The other tabs answer at once; one that sleeps is not waited for.
const ANSWER_MS = 250;

type Said = string | { asks: string } | { of: string; unsent: string[] };
type Changed = [name: string, value: string, checked: boolean][];

// What these keep comes back by itself; a password never does.
const KEPT_BY_OTHERS = "[data-draft], [type=hidden], [type=password], [type=file], [type=search]";

const user = document.body.dataset.user ?? "";
const otherTabs = user && "BroadcastChannel" in window ? new BroadcastChannel("signed-out") : null;

function keyOf(form: HTMLFormElement): string {
  return `${keysOf(user)}ended:${form.getAttribute("action") ?? location.pathname}`;
}

function forms(root: ParentNode): HTMLFormElement[] {
  return all<HTMLFormElement>("main form[method=post]:not([data-keep])", root);
}

function fieldsOf(form: HTMLFormElement): Typed[] {
  return controls<Typed>(form, "input, textarea").filter((field) => !field.matches(KEPT_BY_OTHERS));
}

function isChanged(field: Typed): boolean {
  return isChoice(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

function keepTyped(): void {
  for (const form of forms(document)) {
    const changed: Changed = fieldsOf(form)
      .filter(isChanged)
      .map((field) => [field.name, field.value, isChoice(field) && field.checked]);
    if (changed.length > 0) tabStorage?.setItem(keyOf(form), JSON.stringify(changed));
  }
}

function restoreTyped(form: HTMLFormElement): boolean {
  const kept = tabStorage?.getItem(keyOf(form));
  if (!kept) return false;
  tabStorage?.removeItem(keyOf(form));
  const fields = fieldsOf(form);
  for (const [name, value, checked] of JSON.parse(kept) as Changed) {
    for (const field of fields.filter((other) => other.name === name)) {
      if (!isChoice(field)) field.value = value;
      else if (field.value === value) field.checked = checked;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  return true;
}

// The emergency number stays, and what is no word of the person's. What to do about a gas smell is on every cover.
function personalParts(): HTMLElement[] {
  return all(":scope > :not(.estrip, .toasts, [data-texts], svg, script)", document.body);
}

function panel(words: string): HTMLElement {
  const here = location.pathname + location.search;
  const link = create("a", { class: "btn btn--primary", href: `/accounts/login/?next=${encodeURIComponent(here)}` });
  link.append(text("signIn"));
  const title = create("h1", { tabindex: "-1" }, text("signedOut"));
  return create("section", { class: "signed-out wrap page stack", "data-signed-out-page": "" }, title, create("p", {}, words), link, ...all("#smell"));
}

function cover(isLeft: boolean): void {
  if (one("[data-signed-out-page]")) return;
  if (!isLeft) keepTyped();
  for (const part of personalParts()) {
    if (isLeft) part.replaceChildren();
    part.hidden = true;
  }
  // Last: a field that is removed while somebody types in it reports a change, which is kept.
  if (isLeft) forgetDraftsOf(user);
  document.title = text("signedOut");
  document.body.append(panel(text(isLeft ? "signedOutGone" : "signedOutKept")));
  one("[data-signed-out-page] h1")?.focus();
}

export function showSignedOut(): void {
  // The sign-in page that answered a form has nothing of theirs, and may say whom to call.
  if (document.body.dataset.user) cover(document.body.dataset.public !== undefined);
}

// Each form with words or files in it: its path, its fields and the files' names (web::keep_unsent).
function unsent(): string[] {
  const hasWords = (field: Typed): boolean => !isChoice(field) && field.value.trim() !== "" && isChanged(field);
  return all<HTMLFormElement>("main form[method=post]").flatMap((form) => {
    const names = JSON.parse(tabStorage?.getItem(keyOfDraft(form, NAMES)) ?? "[]") as string[];
    const lost: Fields = names.map((name) => ["lost_file", name]);
    if (!lost.length && !typedIn(form).some(hasWords)) return [];
    return `${form.getAttribute("action") ?? location.pathname}?${new URLSearchParams([...typedFields(form), ...lost])}`;
  });
}

async function collect(form: HTMLFormElement): Promise<void> {
  form.dataset.signOut = "asking";
  const found = unsent();
  otherTabs?.addEventListener("message", ({ data }: MessageEvent<Said>) => {
    if (typeof data === "object" && "of" in data && data.of === user) found.push(...data.unsent);
  });
  otherTabs?.postMessage({ asks: user });
  await new Promise((resolve) => setTimeout(resolve, otherTabs ? ANSWER_MS : 0));
  for (const value of found) form.append(create("input", { type: "hidden", name: "unsent", value }));
  form.dataset.signOut = "asked";
  form.requestSubmit();
}

function noteSignOut(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (!form.matches("[data-sign-out]")) return;
  if (form.dataset.signOut !== "asked" && document.body.dataset.public === undefined) {
    event.preventDefault();
    if (!form.dataset.signOut) void collect(form);
    return;
  }
  forgetDraftsOf(user);
  otherTabs?.postMessage(user);
}

export function startSignedOut(): void {
  if (!user) return;
  window.addEventListener("submit", noteSignOut);
  otherTabs?.addEventListener("message", ({ data }: MessageEvent<Said>) => {
    if (typeof data === "object") {
      if ("asks" in data && data.asks === user && unsent().length > 0) otherTabs.postMessage({ of: user, unsent: unsent() });
    } else if (data === user) cover(true);
    else forgetDraftsOf(data);
  });
  if (forms(document).map(restoreTyped).includes(true)) say(text("typedIsBack"));
}
