// Who tells this page what the stream of its browser says: the shared worker, the page that was elected, or itself.

import { ElectedCarrier } from "./live_election";
import type { Carrier, Hear, ToCarrier, ToPage } from "./live_messages";
import { LiveStream } from "./live_stream";
import { policy, scripts } from "./policy";

// A worker that cannot be loaded or has no event streams says nothing.
const LONGEST_ANSWER_MS = 6_000;

function withoutWorker(user: string, hear: Hear): Carrier {
  if ("locks" in navigator && "BroadcastChannel" in window) return new ElectedCarrier(user, hear);
  const own = new LiveStream(user);
  return { say: (message) => own.take(message, hear) };
}

class WorkerCarrier implements Carrier {
  private readonly worker: SharedWorker;
  private other: Carrier | null = null;
  private last: ToCarrier | null = null;
  private timer = 0;

  constructor(
    path: string,
    private readonly user: string,
    private readonly hear: Hear,
  ) {
    scripts.allowed = /^\/static\/live_worker\.[0-9a-f]{10}\.js$/;
    this.worker = new SharedWorker(policy.createScriptURL(path), { name: user });
    this.worker.addEventListener("error", () => this.giveUp());
    this.worker.port.onmessage = (event: MessageEvent<ToPage>) => {
      clearTimeout(this.timer);
      if (!this.other) this.hear(event.data);
    };
  }

  say(message: ToCarrier): void {
    this.last = message;
    if (this.other) {
      this.other.say(message);
      return;
    }
    this.worker.port.postMessage(message);
    clearTimeout(this.timer);
    if (message.shown) this.timer = window.setTimeout(() => this.giveUp(), LONGEST_ANSWER_MS);
  }

  private giveUp(): void {
    if (this.other) return;
    clearTimeout(this.timer);
    if (this.last) this.worker.port.postMessage({ page: this.last.page, shown: null });
    this.other = withoutWorker(this.user, this.hear);
    if (this.last) this.other.say(this.last);
  }
}

export function findCarrier(workerPath: string, user: string, hear: Hear): Carrier {
  if (!("SharedWorker" in window)) return withoutWorker(user, hear);
  return new WorkerCarrier(workerPath, user, hear);
}
