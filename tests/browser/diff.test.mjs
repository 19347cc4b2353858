// SPDX-License-Identifier: Apache-2.0
// The page of a comparison in Chromium: a map of what came, went and moved, from the program's own files; nothing of the
// data is markup. KOKAI names the program, KOKAI_ROOT the checkout.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, describe, test } from "node:test";
import { WIDTHS, openBrowser, settled, visit } from "./browser.mjs";
import { serve } from "./server.mjs";

const root = process.env.KOKAI_ROOT ?? fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.KOKAI ?? join(root, "build/release/kokai");
const attack = `"><img src=x onerror=alert(1)>`;

/// Places FIRST to LAST, the first MOVED of them half a kilometre to the east.
function places(first, last, moved) {
  const lines = ["ID,名称,緯度,経度,備考"];
  for (let i = first; i <= last; ++i) {
    lines.push(`${i},"施設${i} ${attack.replaceAll('"', '""')}",36.38${10 + i},${i < first + moved ? 139.066 : 139.060},`);
  }
  return `${lines.join("\n")}\n`;
}

describe("the page of a comparison", () => {
  let folder, site, browser;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "kokai-diff-page-"));
    writeFileSync(join(folder, "old.csv"), places(1, 30, 0));
    writeFileSync(join(folder, "new.csv"), places(3, 33, 4));
    execFileSync(program, ["diff", join(folder, "old.csv"), join(folder, "new.csv"), "--out", join(folder, "page"), "--quiet",
      "--schemas", join(root, "schemas")]);
    site = await serve(join(folder, "page"));
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const size of WIDTHS) {
    test(`${size.name}: map and tables`, async () => {
      await visit(browser, site.origin, "diff.html", size, async (page) => {
        const place = page.locator("[data-geojson]");
        assert.equal(await settled(page, place), "idle");
        assert.ok(Number(await place.getAttribute("data-rendered")) >= 9, await place.getAttribute("data-rendered"));
        assert.equal(await page.locator("section.removed tbody tr").count(), 2);
        assert.equal(await page.locator("section.added tbody tr").count(), 3);
        assert.equal(await page.locator("section.changed tbody tr").count(), 4);
        assert.equal(await page.locator("main img").count(), 0);
        if (process.env.KOKAI_SHOTS) {
          await page.screenshot({ path: `${process.env.KOKAI_SHOTS}/diff-${size.name}.png`, fullPage: true });
        }
      });
    });
  }
});
