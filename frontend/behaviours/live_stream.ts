// The one event stream (Server-Sent Events) of a browser, shared by its pages: in the worker, or in the page that
// carries it for the others. A page's own position goes into the address, so each hears everything exactly once: a
// round of the server is one message, which brings all pages on the stream to the same position.

import { type Hear, type Message, randomKey, type Shown, type State, type ToCarrier } from "./live_messages";

type Page = { shown: Shown; hear: Hear };
type Round = ({ for: number[] } & Message)[];

// Pages that come together, as when a browser starts, share one opening.
const TOGETHER_MS = 20;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
// The server says something every 20 seconds. A connection that is dead without a word looks like a quiet one.
const LONGEST_SILENCE_MS = 45_000;
const LONGEST_OPENING_MS = 10_000;
// What the server takes as the head of a request is 8 KiB, and 64 pages.
const LONGEST_ADDRESS = 6_000;
const MOST_PAGES = 60;

export class LiveStream {
  private readonly pages = new Map<string, Page>();
  private readonly browser = randomKey();
  /** Keys of the pages in the address, in its order: messages name them by number. */
  private carried: string[] = [];
  private source: EventSource | null = null;
  // Two, because a word on the open stream must not put off opening it anew for a page that has just come.
  private opening: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private retryMs = FIRST_RETRY_MS;

  constructor(private readonly user: string) {}

  take({ page, shown }: ToCarrier, hear: Hear): void {
    if (shown && this.source && this.carried.includes(page)) {
      // Only asks whether somebody is there.
      hear(this.source.readyState === EventSource.OPEN ? { page, state: "on" } : { page });
    } else if (shown) {
      this.pages.set(page, { shown, hear });
      hear({ page });
      this.openIn(TOGETHER_MS);
    } else if (this.pages.delete(page) && this.pages.size === 0) {
      this.close();
    }
  }

  close(): void {
    clearTimeout(this.opening);
    clearTimeout(this.silence);
    this.source?.close();
    this.source = null;
  }

  private openIn(milliseconds: number): void {
    clearTimeout(this.opening);
    this.opening = setTimeout(() => this.open(), milliseconds);
  }

  private open(): void {
    this.close();
    if (this.pages.size === 0) return;
    const source = new EventSource(this.address());
    source.addEventListener("open", () => {
      this.retryMs = FIRST_RETRY_MS;
      this.tell("on");
      this.expectWord(LONGEST_SILENCE_MS);
    });
    source.addEventListener("error", () => this.failed());
    source.addEventListener("beat", () => {
      this.expectWord(LONGEST_SILENCE_MS);
      this.tell("on");
    });
    source.addEventListener("round", (event) => this.relay(event));
    source.addEventListener("signed-out", () => this.end());
    this.source = source;
    this.expectWord(LONGEST_OPENING_MS);
  }

  // The newest pages first: what does not fit says that it is not live.
  private address(): string {
    let address = `/events/?user=${this.user}&browser=${this.browser}`;
    this.carried = [];
    for (const [key, { shown, hear }] of [...this.pages].reverse()) {
      const page = `&page=${encodeURIComponent(`${shown.after} ${shown.topics}`)}`
        .replace(/%3A/g, ":")
        .replace(/%2C/g, ",");
      if (this.carried.length < MOST_PAGES && address.length + page.length < LONGEST_ADDRESS) {
        address += page;
        this.carried.push(key);
      } else {
        hear({ page: key, state: "off" });
      }
    }
    return address;
  }

  // The browser would come back to the old address by itself; the pages' positions have moved on since.
  private failed(): void {
    this.close();
    this.tell("off");
    this.openIn(this.retryMs * (0.5 + Math.random()));
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
  }

  private expectWord(milliseconds: number): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.failed(), milliseconds);
  }

  private tell(state: State): void {
    for (const page of this.carried) this.pages.get(page)?.hear({ page, state });
  }

  private relay(event: MessageEvent<string>): void {
    this.expectWord(LONGEST_SILENCE_MS);
    const round = JSON.parse(event.data) as Round;
    this.carried.forEach((key, number) => {
      const page = this.pages.get(key);
      if (!page) return;
      page.shown.after = event.lastEventId;
      const own = round.filter((message) => message.for.includes(number));
      const messages = own.map(({ name, data }) => ({ name, data }));
      page.hear({ page: key, after: event.lastEventId, messages });
    });
  }

  private end(): void {
    this.close();
    const pages = [...this.pages];
    this.pages.clear();
    for (const [page, { hear }] of pages) hear({ page, state: "ended" });
  }
}
