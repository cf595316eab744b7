// Tells the server that this page was seen, as soon as somebody sees it, also what arrives while it is open: a GET changes
// nothing. When it fails the button stays.

import { one } from "./dom";
import { post } from "./post";
import { showBadge } from "./unread";

function form(): HTMLFormElement | null {
  return one<HTMLFormElement>("form[data-read]");
}

async function send(seen: HTMLFormElement): Promise<void> {
  try {
    const answer = await post(seen, null, "text/html; fragment", () => undefined);
    if (!answer.isFragment || answer.status !== 200) return;
    seen.hidden = true;
    showBadge(answer.html);
  } catch {
    return;
  }
}

function sendWhenSeen(): void {
  if (document.visibilityState !== "visible") {
    document.addEventListener("visibilitychange", sendWhenSeen, { once: true });
    return;
  }
  const unread = form();
  if (unread && !unread.hidden) void send(unread);
}

export function startReading(): void {
  sendWhenSeen();
}

/** Something arrived that is as new as `until`. */
export function readUntil(until: string): void {
  const unread = form();
  const field = unread && one<HTMLInputElement>('[name="until"]', unread);
  if (!unread || !field) return;
  if (Number(until) > Number(field.value)) field.value = until;
  unread.hidden = false;
  sendWhenSeen();
}
