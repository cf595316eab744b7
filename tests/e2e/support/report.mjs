// Reports of leaks from different senders: this machine has a whole network of addresses.

import assert from "node:assert/strict";
import http from "node:http";

/** Sends the form of /emergency/ from the address `from`. */
export function reportLeak(site, form, from = "127.0.0.1") {
  const { hostname, port } = new URL(site.urlFor());
  const body = new URLSearchParams(form).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: "127.0.0.1", port, path: "/emergency/", method: "POST", localAddress: from, headers: { host: `${hostname}:${port}`, ...headers } },
      (answer) => {
        answer.resume();
        answer.on("end", () => {
          try {
            assert.equal(answer.statusCode, 303);
            resolve();
          } catch (error) {
            reject(error);
          }
        });
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}
