// An S3-speaking server for the tests: s3rver, which knows the protocol but does not look at version 4 signatures,
// behind a gate that does, with Amazon's algorithm as another implementation (aws4) has it.
//   node tests/s3/server.mjs DIRECTORY    prints its address when it is ready

import crypto from "node:crypto";
import http from "node:http";
import aws4 from "aws4";
import S3rver from "s3rver";

const KEY = "S3RVER";
const SECRET = "S3RVER";
const BUCKET = "gas-test";

function error(code) {
  return `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>Told by the gate.</Message></Error>`;
}

/** The S3 error code of what is wrong with the request; nothing when it is signed right. */
function fault(request, body) {
  const given = request.headers.authorization ?? "";
  const [, key, region] = given.match(/Credential=([^/]+)\/\d{8}\/([^/]+)\/s3\/aws4_request/) ?? [];
  const [, names] = given.match(/SignedHeaders=([^,]+)/) ?? [];
  if (!names) return "AccessDenied";
  // The server behind knows the keys.
  if (key !== KEY) return undefined;
  for (const name of ["host", "x-amz-content-sha256", "x-amz-date"]) {
    if (!names.split(";").includes(name)) return "AccessDenied";
  }
  const headers = Object.fromEntries(names.split(";").map((name) => [name, request.headers[name]]));
  const { headers: signed } = aws4.sign(
    { service: "s3", region, method: request.method, path: request.url, headers },
    { accessKeyId: KEY, secretAccessKey: SECRET },
  );
  const signature = (text) => text.match(/Signature=([0-9a-f]{64})/)?.[1];
  if (signature(given) !== signature(signed.Authorization)) return "SignatureDoesNotMatch";
  const sha256 = crypto.createHash("sha256").update(body).digest("hex");
  return sha256 === request.headers["x-amz-content-sha256"] ? undefined : "XAmzContentSHA256Mismatch";
}

/** The whole body; nothing when the program that sent it was killed in the middle. */
async function bytes(request) {
  const pieces = [];
  try {
    for await (const piece of request) pieces.push(piece);
  } catch (error) {
    if (error.code === "ECONNRESET") return undefined;
    throw error;
  }
  return Buffer.concat(pieces);
}

const behind = new S3rver({
  address: "127.0.0.1",
  port: 0,
  silent: true,
  directory: process.argv[2],
  serviceEndpoint: "localhost",
  configureBuckets: [{ name: BUCKET }],
});
const { port } = await behind.run();

const gate = http.createServer(async (request, response) => {
  const body = await bytes(request);
  if (!body) return;
  const code = fault(request, body);
  if (code) {
    response.writeHead(code === "XAmzContentSHA256Mismatch" ? 400 : 403, { "Content-Type": "application/xml" });
    response.end(error(code));
    return;
  }
  const { method, url, headers } = request;
  const passed = http.request({ host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  passed.on("error", () => response.destroy());
  passed.end(body);
});
gate.listen(0, "127.0.0.1", () => console.log(`http://localhost:${gate.address().port}`));
