// The only place where HTML from the server becomes nodes. The content security policy stops inline handlers in
// it, and scripts in it never run.

import { policy } from "./policy";

// A <template> and not DOMParser: outside a table the parser would drop the tags of a row.
export function parseFragment(html: string): Element[] {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html);
  return [...template.content.children];
}

export function parsePage(html: string): Document {
  return new DOMParser().parseFromString(policy.createHTML(html), "text/html");
}

// A page prints only the icons it uses; a part taken over from another page brings its own.
export function adoptIcons(page: Document): void {
  const sprite = document.querySelector("symbol")?.parentElement;
  for (const symbol of page.querySelectorAll("symbol[id]")) {
    if (!document.getElementById(symbol.id)) sprite?.append(document.importNode(symbol, true));
  }
}
