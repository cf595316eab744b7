// Without shared workers one page carries the stream and relays it to the others: whoever holds the lock. The browser
// gives the lock to the next page when that one goes.

import { type Carrier, type Hear, randomKey, type ToCarrier, type ToPage } from "./live_messages";
import { LiveStream } from "./live_stream";

type OnChannel = ToCarrier | ToPage | { carrier: string };

// A page that was put to sleep holds the lock and carries nothing.
const LONGEST_ANSWER_MS = 3_000;

export class ElectedCarrier implements Carrier {
  private readonly name: string;
  private readonly channel: BroadcastChannel;
  private readonly key = randomKey();
  private stream: LiveStream | null = null;
  private last: ToCarrier | null = null;
  private timer = 0;

  constructor(
    private readonly user: string,
    private readonly hear: Hear,
  ) {
    this.name = `live-${user}`;
    this.channel = new BroadcastChannel(this.name);
    this.channel.onmessage = (event: MessageEvent<OnChannel>) => this.take(event.data);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.repeat();
    });
    this.stand(false);
  }

  say(message: ToCarrier): void {
    this.last = message.shown ? message : null;
    clearTimeout(this.timer);
    if (this.stream) {
      this.stream.take(message, this.hear);
      return;
    }
    this.channel.postMessage(message);
    if (message.shown && !document.hidden) this.timer = window.setTimeout(() => this.stand(true), LONGEST_ANSWER_MS);
  }

  private repeat(): void {
    if (this.last && !this.stream) this.say(this.last);
  }

  private stand(isForced: boolean): void {
    let own: LiveStream | null = null;
    const carried = (): Promise<void> => {
      own = new LiveStream(this.user);
      this.stream = own;
      this.channel.postMessage({ carrier: this.key });
      if (this.last) this.say(this.last);
      return new Promise(() => undefined);
    };
    // Broken off only when the lock was taken away, perhaps by this page, which had asked twice.
    navigator.locks.request(this.name, { steal: isForced }, carried).catch(() => {
      own?.close();
      if (own && this.stream === own) this.stepBack();
    });
  }

  private stepBack(): void {
    this.stream = null;
    this.stand(false);
    this.repeat();
  }

  private take(message: OnChannel): void {
    if ("carrier" in message) {
      // Until the new one has opened its stream.
      if (this.last) this.hear({ page: this.last.page, state: "off" });
      this.repeat();
    } else if ("shown" in message) {
      this.stream?.take(message, (told) => this.channel.postMessage(told));
    } else if (message.page === this.last?.page) {
      clearTimeout(this.timer);
      this.hear(message);
    }
  }
}
