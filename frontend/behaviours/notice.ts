// A bar above the page's content that asks for a decision and stays until it is taken.

import { create, one } from "./dom";
import { text } from "./texts";

export function showNotice(words: string, link: { text: string; href: string }): void {
  one("[data-notice]")?.remove();
  const anchor = create("a", { href: link.href }, link.text);
  const bar = create("div", { class: "msg msg--warn live-notice", role: "status", "data-notice": "" });
  one("main")?.prepend(bar);
  // Filled after it is in the document: an empty live region announces what is added to it.
  bar.append(create("p", {}, `${words} `, anchor));
}

// True while leaving the page would lose something the visitor typed or chose.
export function hasTypedSomething(): boolean {
  const typed = [...document.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>("main textarea, main input")];
  return typed.some((field) => {
    if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
    if (field.type === "file") return (field.files?.length ?? 0) > 0;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.type !== "hidden" && field.value !== field.defaultValue;
  });
}

// A page that has to be loaded again right after it was loaded would do so for ever.
const JUST_LOADED_MS = 5_000;

// "gone": the visitor may not see it any more, so nothing of it stays but their own words.
export function reloadOrAsk(data?: { gone?: boolean }): void {
  const typed = one<HTMLTextAreaElement>("main textarea")?.value;
  if (data?.gone && typed) {
    const words = text("gone");
    one("main")!.replaceChildren(create("textarea", { class: "input", readonly: "", "aria-label": words }, typed));
    showNotice(words, { text: text("reload"), href: location.href });
  } else if (!data?.gone && (hasTypedSomething() || performance.now() < JUST_LOADED_MS)) {
    showNotice(text("pageChanged"), { text: text("reload"), href: location.href });
  } else {
    location.reload();
  }
}
