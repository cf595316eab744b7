// The shared worker: one for all pages of a user in a browser. Its name is the user's number.

import type { ToCarrier } from "./live_messages";
import { LiveStream } from "./live_stream";

type Scope = { name: string; onconnect: (event: MessageEvent) => void };

const scope = self as unknown as Scope;
const stream = new LiveStream(scope.name);

scope.onconnect = (event) => {
  const port = event.ports[0]!;
  port.onmessage = (message: MessageEvent<ToCarrier>) => {
    // Without an answer the page looks for another carrier.
    if (typeof EventSource !== "undefined") stream.take(message.data, (told) => port.postMessage(told));
  };
};
