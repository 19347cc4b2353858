// SPDX-License-Identifier: Apache-2.0
// A folder as plain files on loopback, as a static host hands it out: parts of files on request (HTTP ranges, which the
// tiles of a map need), or always whole files as Python's http.server does.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
  ".json": "application/json", ".geojson": "application/geo+json", ".jsonld": "application/ld+json", ".csv": "text/csv",
};

/// `ranges`: whether parts are handed out; may be changed while it runs. `requests`: the paths asked for.
export async function serve(folder, { ranges = true } = {}) {
  const root = resolve(folder);
  const site = { ranges, requests: [] };
  const server = createServer((request, answer) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    site.requests.push(path);
    let file = join(root, normalize(path));
    if (existsSync(file) && statSync(file).isDirectory()) {
      file = join(file, "index.html");
    }
    if (!file.startsWith(root + sep) || !existsSync(file)) {
      answer.writeHead(404).end();
      return;
    }
    const { size } = statSync(file);
    const head = { "content-type": TYPES[extname(file)] ?? "application/octet-stream" };
    const part = site.ranges && /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    if (!part) {
      answer.writeHead(200, { ...head, "content-length": size });
      createReadStream(file).pipe(answer);
      return;
    }
    const start = Number(part[1]);
    const end = Math.min(part[2] === "" ? Infinity : Number(part[2]), size - 1);
    if (start > end) {
      answer.writeHead(416, { "content-range": `bytes */${size}` }).end();
      return;
    }
    answer.writeHead(206, { ...head, "content-length": end - start + 1, "content-range": `bytes ${start}-${end}/${size}` });
    createReadStream(file, { start, end }).pipe(answer);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  site.origin = `http://127.0.0.1:${server.address().port}`;
  site.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return site;
}
