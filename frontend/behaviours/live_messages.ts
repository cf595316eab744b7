// What pages and the carrier of their browser's stream say to each other.

/** What a page shows (topics separated by spaces), and up to which position it has heard. */
export type Shown = { topics: string; after: string };

/** A page says what it shows, under a new key each time, or with null that it goes. */
export type ToCarrier = { page: string; shown: Shown | null };

export type Message = { name: string; data: unknown };

/** "ended": nobody is signed in any more, or somebody else is. */
export type State = "on" | "off" | "ended";

/** To one page; one without anything in it says only that somebody carries. */
export type ToPage = { page: string; state?: State; after?: string; messages?: Message[] };

export type Hear = (message: ToPage) => void;

/** Somebody who tells this page what its stream says. */
export type Carrier = { say(message: ToCarrier): void };

export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
