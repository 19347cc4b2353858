// SPDX-License-Identifier: Apache-2.0
// What the tests of the pages share: Debian's Chromium with a profile of its own, and a visit that tolerates nothing.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const WIDTHS = [{ name: "desktop", width: 1200, height: 900 }, { name: "phone", width: 390, height: 844 }];

/// KOKAI_CHROMIUM names the browser (default /usr/bin/chromium).
export async function openBrowser() {
  const profile = mkdtempSync(join(tmpdir(), "kokai-chromium-"));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.KOKAI_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    locale: "ja-JP",
    args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader"],
  });
  return {
    newPage: () => browser.newPage(),
    close: async () => {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/// Opens a page and gives it to `look`; then no console error, no request that failed or left this host.
export async function visit(browser, origin, path, size, look) {
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

/// Brings a map into view and waits until it is drawn, or says why not. Returns its state.
export async function settled(page, place) {
  await place.scrollIntoViewIfNeeded();
  const button = place.locator("button", { hasText: "地図を読み込む" });
  if (await button.count()) {
    await button.click();
  }
  await page.waitForFunction((element) => element.dataset.map, await place.elementHandle(), { timeout: 60000 });
  return place.getAttribute("data-map");
}
