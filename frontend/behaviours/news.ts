// Keeps the list of notifications equal to the server's while somebody looks at it. Nothing is marked as read by that.

import { all } from "./dom";
import { adoptIcons, parsePage } from "./fragment";
import { replaceKeepingFocus } from "./patch";

let asked = 0;

/** The count of unread notifications has changed: there is a new one, or some were read elsewhere. */
export async function refreshNews(): Promise<void> {
  const boxes = all("[data-news]");
  if (boxes.length === 0) return;
  const number = ++asked;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = parsePage(await answer.text());
  const fresh = all("[data-news]", page);
  // A later answer knows more.
  if (fresh.length !== boxes.length || number !== asked) return;
  adoptIcons(page);
  boxes.forEach((box, i) => replaceKeepingFocus(box, [...fresh[i]!.children].map((child) => document.importNode(child, true))));
}
