// SPDX-License-Identifier: Apache-2.0
// Opens every page of a finished catalog in Chromium, on a desktop's and on a phone's width, served as plain files on
// loopback. KOKAI_CATALOG names the catalog's folder; KOKAI_CHROMIUM the browser (default /usr/bin/chromium).

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, describe, test } from "node:test";
import { WIDTHS, openBrowser, settled, visit as visitAt } from "./browser.mjs";
import { serve } from "./server.mjs";

const folder = resolve(process.env.KOKAI_CATALOG ?? fileURLToPath(new URL("../../output/catalog", import.meta.url)));
assert.ok(existsSync(join(folder, "catalog.json")), `no catalog in ${folder} (set KOKAI_CATALOG)`);
const catalog = JSON.parse(readFileSync(join(folder, "catalog.json"), "utf8"));

let site, browser;

before(async () => {
  site = await serve(folder);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  site?.close();
});

const visit = (path, size, look) => visitAt(browser, site.origin, path, size, look);

async function mapDraws(page, place) {
  const state = await settled(page, place);
  if (state === "empty") {
    const answer = await page.request.get(new URL(await place.getAttribute("data-geojson"), page.url()).href);
    const places = await answer.json();
    assert.ok(places.features.every((feature) => feature.geometry === null), "the page overlooked the positions");
    return;
  }
  assert.equal(state, "idle");
  assert.equal(await place.getAttribute("data-source"), (await place.getAttribute("data-pmtiles")) ? "pmtiles" : "geojson");
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
          const tablesWith = (format) => new Set(dataset.files.filter((file) => file.format === format && file.rows > 0).map((file) => file.table));
          assert.equal(await page.locator("[data-geojson]").count(), tablesWith("geojson").size);
          assert.equal(await page.locator("[data-pmtiles]").count(), tablesWith("pmtiles").size);
          for (const place of await page.locator(".map").all()) {
            await mapDraws(page, place);
          }
          assert.equal(await page.locator("script[src$='pmtiles.js']").count(), tablesWith("pmtiles").size > 0 ? 1 : 0);
        });
      });
    }
  });
}
