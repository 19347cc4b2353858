// SPDX-License-Identifier: Apache-2.0
// Opens every page of a finished catalog in Chromium, on a desktop's and on a phone's width, served as plain files on
// loopback. KOKAI_CATALOG names the catalog's folder; KOKAI_CHROMIUM the browser (default /usr/bin/chromium).

import assert from "node:assert/strict";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
  ".json": "application/json", ".geojson": "application/geo+json", ".jsonld": "application/ld+json", ".csv": "text/csv",
};
const WIDTHS = [{ name: "desktop", width: 1200, height: 900 }, { name: "phone", width: 390, height: 844 }];

const folder = resolve(process.env.KOKAI_CATALOG ?? fileURLToPath(new URL("../../output/catalog", import.meta.url)));
assert.ok(existsSync(join(folder, "catalog.json")), `no catalog in ${folder} (set KOKAI_CATALOG)`);
const catalog = JSON.parse(readFileSync(join(folder, "catalog.json"), "utf8"));

function plainFiles(request, answer) {
  let path = join(folder, normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname)));
  if (existsSync(path) && statSync(path).isDirectory()) {
    path = join(path, "index.html");
  }
  if (!path.startsWith(folder + sep) || !existsSync(path)) {
    answer.writeHead(404).end();
    return;
  }
  answer.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
  createReadStream(path).pipe(answer);
}

let server, browser, origin, profile;

before(async () => {
  server = createServer(plainFiles);
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${server.address().port}`;
  profile = mkdtempSync(join(tmpdir(), "kokai-chromium-"));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.KOKAI_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    locale: "ja-JP",
    args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader"],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
  if (profile) {
    rmSync(profile, { recursive: true, force: true });
  }
});

/// Opens a page and gives it to `look`; then no console error, no request that failed or left this host.
async function visit(path, size, look) {
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      // the software renderer of a machine without a graphics card comments on its own speed
      if (!/GPU stall due to ReadPixels/.test(message.text())) {
        complaints.push(`${message.type()}: ${message.text()}`);
      }
    }
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(`${origin}/`)) {
      complaints.push(`request to ${request.url()}`);
    }
  });
  page.on("response", (response) => {
    if (response.status() >= 400) {
      complaints.push(`${response.status()} ${response.url()}`);
    }
  });
  try {
    await page.setViewportSize(size);
    await page.goto(`${origin}/${path}`, { waitUntil: "load" });
    await look(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `the body is ${overflow} px wider than the screen`);
    assert.deepEqual(complaints, []);
  } finally {
    await page.close();
  }
}

async function mapDraws(page, place) {
  await place.scrollIntoViewIfNeeded();
  const button = place.locator("button", { hasText: "地図を読み込む" });
  if (await button.count()) {
    await button.click();
  }
  await page.waitForFunction((element) => element.dataset.map, await place.elementHandle(), { timeout: 60000 });
  const state = await place.getAttribute("data-map");
  if (state === "empty") {
    const answer = await page.request.get(new URL(await place.getAttribute("data-geojson"), page.url()).href);
    const places = await answer.json();
    assert.ok(places.features.every((feature) => feature.geometry === null), "the page overlooked the positions");
    return;
  }
  assert.equal(state, "idle");
  assert.ok(Number(await place.getAttribute("data-rendered")) > 0, "nothing was drawn");
  assert.equal(await place.locator("canvas").count(), 1);
}

for (const size of WIDTHS) {
  describe(`catalog on a ${size.name}`, () => {
    test("index lists every dataset, and the search narrows it", async () => {
      await visit("", size, async (page) => {
        assert.equal(await page.locator("[data-item]").count(), catalog.datasets.length);
        await page.locator("#search").fill(catalog.datasets[0].title);
        const left = await page.locator("[data-item]:visible").count();
        assert.ok(left >= 1 && left <= catalog.datasets.length, `${left} items found`);
        await page.locator("#search").fill("これに当てはまるデータはない");
        assert.equal(await page.locator("[data-item]:visible").count(), 0);
      });
    });

    test("the card of a place shows properties as text, whatever they hold", async () => {
      await visit("", size, async (page) => {
        const attack = `"><img src=x onerror=alert(1)><script>alert(2)</script>`;
        const card = await page.evaluate(async (text) => {
          const { cardOf } = await import("./assets/catalog.js");
          const element = cardOf({ [text]: text, 名称: text, 備考: null, 住所: "" });
          document.body.append(element);
          return { tags: [...element.querySelectorAll("*")].map((each) => each.localName), text: element.textContent };
        }, attack);
        assert.deepEqual(card.tags, ["p", "dl", "dt", "dd"]);
        assert.equal(card.text, attack + attack + attack);
      });
    });

    for (const dataset of catalog.datasets) {
      test(`${dataset.id}: table, fields, files, and the map of its places`, async () => {
        await visit(dataset.page, size, async (page) => {
          assert.equal(await page.locator("h1").innerText(), dataset.title);
          for (const [i, table] of dataset.tables.entries()) {
            const part = page.locator(".table").nth(i);
            const rows = await part.locator(".preview tbody tr").count();
            assert.ok(table.rows === 0 ? rows === 0 : rows >= 1 && rows <= table.rows, `${rows} of ${table.rows} rows`);
            assert.ok((await part.locator(".dictionary tbody tr").count()) >= 1, "no fields");
          }
          assert.equal(await page.locator("a.file").count(), dataset.files.length);
          for (const link of await page.locator("a.file").all()) {
            const answer = await page.request.head(new URL(await link.getAttribute("href"), page.url()).href);
            assert.equal(answer.status(), 200, await link.getAttribute("href"));
          }
          const withPlaces = new Set(dataset.files.filter((file) => file.format === "geojson" && file.rows > 0).map((file) => file.table));
          assert.equal(await page.locator("[data-geojson]").count(), withPlaces.size);
          for (const place of await page.locator("[data-geojson]").all()) {
            await mapDraws(page, place);
          }
        });
      });
    }
  });
}
