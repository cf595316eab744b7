// What the server sent to one person, recorded below the page: documents, answers to scripts and every event.

/** Starts recording everything that `person.page` is sent. */
export async function record(person) {
  // The stream of a shared worker would be beside the page, where nothing is recorded.
  await person.context.addInitScript("delete window.SharedWorker");
  const session = await person.context.newCDPSession(person.page);
  await session.send("Network.enable");
  const bodies = [];
  const events = [];
  person.page.on("response", (response) => {
    const type = response.request().resourceType();
    const isRead = type !== "eventsource" && response.status() < 300;
    // A page that is left while its answer is read has no body; what was shown is in the next one.
    if (isRead) bodies.push(response.text().catch(() => ""));
  });
  session.on("Network.eventSourceMessageReceived", (event) => events.push(event));
  return {
    events,
    everything: async () => [...(await Promise.all(bodies)), ...events.map((event) => event.data)].join("\n"),
    slowUploads: (bytesPerSecond) =>
      session.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: bytesPerSecond,
      }),
  };
}

/** Weighs what the browser is sent from here on: heads and bodies, as compressed on the wire. */
export async function weigh(person) {
  const session = await person.context.newCDPSession(person.page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const loading = new Map();
  const parts = [];
  session.on("Network.requestWillBeSent", ({ requestId, type, request }) => loading.set(requestId, { type, url: request.url }));
  session.on("Network.loadingFailed", ({ requestId }) => loading.delete(requestId));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    parts.push({ ...loading.get(requestId), bytes: encodedDataLength });
    loading.delete(requestId);
  });
  // A page with a stream is never idle, and its worker loads elsewhere.
  const isBusy = () => [...loading.values()].some(({ type }) => ["Document", "Stylesheet", "Image", "Font"].includes(type));
  return {
    /** What has arrived, once nothing has been under way for half a second. */
    parts: async () => {
      await person.page.waitForLoadState();
      for (let quiet = 0; quiet < 10; quiet = isBusy() ? 0 : quiet + 1) await person.page.waitForTimeout(50);
      return parts;
    },
  };
}
