// SPDX-License-Identifier: Apache-2.0
// Maps made of PMTiles: made-up datasets through the real program, their pages in Chromium, served with and without
// HTTP ranges. KOKAI names the program, KOKAI_ROOT the checkout.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";
import { WIDTHS, openBrowser, settled, visit as visitAt } from "./browser.mjs";
import { serve } from "./server.mjs";

const root = process.env.KOKAI_ROOT ?? fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.KOKAI ?? join(root, "build/release/kokai");
const attack = `"><img src=x onerror=alert(1)>`;
const POINTS = 6000; // more than a tile below the highest zoom level holds

/// A dataset's folder with one source and one table.
function addDataset(folder, id, source, text, outputs) {
  mkdirSync(join(folder, id, "source"), { recursive: true });
  writeFileSync(join(folder, id, "source", source), text);
  writeFileSync(join(folder, id, "dataset.json"), JSON.stringify({
    title: id, description: "試験用の作りもの。", publisher: { code: "102016", name: "群馬県前橋市" },
    license: { id: "CC-BY-4.0", title: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" }, credit: "試験用",
    sources: [{ name: "a", file: `source/${source}` }],
    tables: [{ name: "places", from: "a", schema: "none", outputs }],
  }));
}

/// Points side by side, so that a click in the middle of the map meets one.
function pointsCsv() {
  const side = Math.ceil(Math.sqrt(POINTS));
  const lines = ["ID,名称,緯度,経度,備考"];
  for (let i = 0; i < POINTS; ++i) {
    const latitude = 36.38 + 0.04 * Math.floor(i / side) / side;
    const longitude = 139.05 + 0.05 * (i % side) / side;
    lines.push(`${i},施設${i},${latitude.toFixed(6)},${longitude.toFixed(6)},`);
  }
  return `${lines.join("\n")}\n`;
}

const feature = (properties, type, coordinates) => ({ type: "Feature", properties, geometry: { type, coordinates } });
const collection = (...features) => JSON.stringify({ type: "FeatureCollection", features });

function area() {
  const square = (x, y, size) => [[[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]];
  return collection(feature({ 名称: attack, 備考: null, 数: 12 }, "Polygon", square(139.05, 36.38, 0.02)));
}

function line() {
  return collection(feature({ 名称: "道", 備考: "線", 数: 3 }, "LineString", [[139.06, 36.38], [139.06, 36.42]]));
}

let work, catalog, site, browser;

before(async () => {
  work = mkdtempSync(join(tmpdir(), "kokai-tiles-"));
  const datasets = join(work, "datasets");
  addDataset(datasets, "many", "points.csv", pointsCsv(), ["csv", "geojson", "pmtiles"]);
  addDataset(datasets, "tiles-only", "area.geojson", area(), ["csv", "pmtiles"]);
  addDataset(datasets, "line", "line.geojson", line(), ["csv", "pmtiles"]);
  addDataset(datasets, "plain", "points.csv", pointsCsv(), ["csv", "geojson"]);
  for (const id of ["no-archive", "no-tiles"]) {
    addDataset(datasets, id, "points.csv", pointsCsv(), ["csv", "geojson", "pmtiles"]);
  }
  execFileSync(program, ["run", "--datasets", datasets, "--schemas", join(root, "schemas"), "--output", join(work, "output"), "--quiet"]);
  catalog = resolve(work, "output/catalog");
  const spoil = (id, change) => {
    const name = readdirSync(join(catalog, id)).find((file) => file.endsWith(".pmtiles"));
    const bytes = readFileSync(join(catalog, id, name));
    change(bytes);
    rmSync(join(catalog, id, name));
    writeFileSync(join(catalog, id, name), bytes);
  };
  spoil("no-archive", (bytes) => bytes.fill(0, 0, 127));
  spoil("no-tiles", (bytes) => bytes.fill(0, Number(bytes.readBigUInt64LE(56)))); // where the tiles begin
  site = await serve(catalog);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  site?.close();
  if (work) {
    rmSync(work, { recursive: true, force: true });
  }
});

async function visit(id, { size, ranges }, look) {
  site.ranges = ranges;
  site.requests.length = 0;
  await visitAt(browser, site.origin, `${id}/`, size, (page) => look(page, page.locator(".map")));
}

const asked = (ending) => site.requests.filter((path) => path.endsWith(ending)).length;

async function drawnFrom(page, place, source) {
  assert.equal(await settled(page, place), "idle");
  assert.equal(await place.getAttribute("data-source"), source);
  assert.ok(Number(await place.getAttribute("data-rendered")) > 0, "nothing was drawn");
  assert.equal(await place.locator("canvas").count(), 1);
}

/// Clicks in the middle of the map and returns what the card says.
async function cardInTheMiddle(page, place) {
  const box = await place.boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const card = place.locator(".card");
  await card.waitFor();
  return { text: await card.innerText(), tags: await card.evaluate((element) => [...element.querySelectorAll("*")].map((each) => each.localName)) };
}

for (const size of WIDTHS) {
  describe(`tiles on a ${size.name}`, () => {
    test("points are drawn from the tiles, and a click shows a place", async () => {
      await visit("many", { size, ranges: true }, async (page, place) => {
        await drawnFrom(page, place, "pmtiles");
        assert.ok(Number(await place.getAttribute("data-rendered")) < POINTS, "tiles are thinned at this size");
        const { text } = await cardInTheMiddle(page, place);
        assert.match(text, /施設\d+/);
        assert.doesNotMatch(text, /備考/); // empty
        assert.equal(asked(".geojson"), 0);
        assert.ok(asked(".pmtiles") >= 3);
      });
    });

    test("the map says that it is thinned, as long as it is", async () => {
      await visit("many", { size, ranges: true }, async (page, place) => {
        await drawnFrom(page, place, "pmtiles");
        const note = place.locator(".map-thinned");
        assert.ok(await note.isVisible());
        assert.equal(await note.innerText(), "縮小時は一部のみ表示しています Zoomed out: not everything is shown");
        const inside = await note.evaluate((element) => {
          const here = element.getBoundingClientRect();
          const buttons = element.parentElement.querySelector(".maplibregl-ctrl-top-right").getBoundingClientRect();
          return here.right <= buttons.left && here.left >= element.parentElement.getBoundingClientRect().left;
        });
        assert.ok(inside, "the note lies over the buttons");
        for (let i = 0; i < 6 && await note.isVisible(); ++i) {
          await place.getByRole("button", { name: "拡大" }).click();
          await page.waitForTimeout(600);
        }
        assert.ok(await note.isHidden());
        await place.getByRole("button", { name: "縮小" }).click();
        for (let i = 0; i < 6 && await note.isHidden(); ++i) {
          await place.getByRole("button", { name: "縮小" }).click();
          await page.waitForTimeout(600);
        }
        assert.ok(await note.isVisible());
      });
    });

    test("lines and areas are drawn, and what a card shows is text", async () => {
      await visit("tiles-only", { size, ranges: true }, async (page, place) => {
        await drawnFrom(page, place, "pmtiles");
        assert.equal(await place.locator(".map-thinned").count(), 0);
        const { text, tags } = await cardInTheMiddle(page, place);
        assert.ok(text.includes(attack), text);
        assert.deepEqual(tags, ["p", "dl", "dt", "dd"]); // 名称 and 数; 備考 is empty
        assert.match(text, /数\s+12$/);
      });
      await visit("line", { size, ranges: true }, async (page, place) => {
        await drawnFrom(page, place, "pmtiles");
        assert.match((await cardInTheMiddle(page, place)).text, /道[^]*線/);
      });
    });

    test("without ranges the GeoJSON is drawn", async () => {
      await visit("many", { size, ranges: false }, async (page, place) => {
        await drawnFrom(page, place, "geojson");
        assert.match((await cardInTheMiddle(page, place)).text, /施設\d+/);
        assert.equal(await place.locator(".map-thinned").count(), 0);
      });
    });

    test("without ranges and without a GeoJSON the page says why there is no map", async () => {
      await visit("tiles-only", { size, ranges: false }, async (page, place) => {
        assert.equal(await settled(page, place), "failed");
        assert.match(await place.innerText(), /HTTP の Range 要求.*ダウンロードのファイルにあります。 This server does not send parts of files/);
      });
    });

    for (const id of ["no-archive", "no-tiles"]) {
      test(`an archive that cannot be read gives way to the GeoJSON (${id})`, async () => {
        await visit(id, { size, ranges: true }, async (page, place) => {
          await page.waitForFunction((element) => element.dataset.source === "geojson" && element.dataset.map, await place.elementHandle());
          await drawnFrom(page, place, "geojson");
        });
      });
    }

    test("a dataset without tiles does not load the script for them", async () => {
      await visit("plain", { size, ranges: true }, async (page, place) => {
        await drawnFrom(page, place, "geojson");
        assert.equal(asked("/pmtiles.js"), 0);
        assert.ok(Number(await place.getAttribute("data-rendered")) >= POINTS);
      });
    });
  });
}

test("a page opened from its folder leads to the file instead of a map", async () => {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(catalog, "many/index.html")).href);
  const place = page.locator(".map");
  assert.match(await place.innerText(), /フォルダーから直接開いたページには出ません。同じ内容が GeoJSON のファイルにあります。/);
  assert.match(await place.locator("a").getAttribute("href"), /\.geojson$/);
  await page.close();
});
