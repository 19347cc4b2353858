// SPDX-License-Identifier: Apache-2.0
// What the catalog's pages do beyond being read: the map of a dataset and the search of the index. Whatever comes from
// the data reaches the page as text nodes only, never as HTML; nothing is fetched from another host.

const AUTOMATIC_BYTES = 8 * 1024 * 1024; // a larger file is loaded only when asked for

const JAPANESE = {
  "CooperativeGesturesHandler.WindowsHelpText": "地図を拡大・縮小するには Ctrl キーを押しながらスクロールしてください",
  "CooperativeGesturesHandler.MacHelpText": "地図を拡大・縮小するには ⌘ キーを押しながらスクロールしてください",
  "CooperativeGesturesHandler.MobileHelpText": "地図を動かすには 2 本の指を使ってください",
  "Map.Title": "地図",
  "NavigationControl.ZoomIn": "拡大",
  "NavigationControl.ZoomOut": "縮小",
  "FullscreenControl.Enter": "全画面にする",
  "FullscreenControl.Exit": "全画面をやめる",
  "Popup.Close": "閉じる",
  "ScaleControl.Meters": "m",
  "ScaleControl.Kilometers": "km",
};

const INK = "#173f63";
const VERMILION = "#d2512c";
const CHANGES = ["追加", "#1d6b45", "削除", "#6b7280", "移動", "#8a5a00"]; // of places on the page of a comparison

// What is drawn of the places, from below to above.
const DRAWN = [
  { id: "areas", type: "fill", of: "Polygon", paint: { "fill-color": INK, "fill-opacity": 0.16 } },
  { id: "area-lines", type: "line", of: "Polygon", paint: { "line-color": INK, "line-width": 1.4 } },
  { id: "lines", type: "line", of: "LineString", paint: { "line-color": INK, "line-width": 2.6 } },
  { id: "points", type: "circle", of: "Point",
    paint: { "circle-color": ["match", ["get", "前回との違い"], ...CHANGES, VERMILION], "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.4,
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 8, 3.2, 12, 5.2, 16, 9] } },
];

class NoRanges extends Error {}

let protocol = null; // pmtiles://, one for all maps of the page

for (const place of document.querySelectorAll("[data-pmtiles], [data-geojson]")) {
  if (place.dataset.pmtiles) {
    drawTiles(place); // loads only what is in view, so it needs no button
  } else {
    startGeoJson(place);
  }
}
startSearch();

function startGeoJson(place) {
  if (Number(place.dataset.bytes) <= AUTOMATIC_BYTES) {
    drawGeoJson(place);
    return;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `地図を読み込む（${place.dataset.size}）`;
  button.addEventListener("click", () => drawGeoJson(place), { once: true });
  place.replaceChildren(button);
}

function say(place, words, english = "") {
  const message = document.createElement("p");
  message.className = "map-message";
  message.textContent = words;
  if (english) {
    message.append(" ", inEnglish(english));
  }
  place.replaceChildren(message);
}

function inEnglish(words) {
  const element = document.createElement("span");
  element.className = "en";
  element.lang = "en";
  element.textContent = words;
  return element;
}

async function getJson(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }
  return answer.json();
}

async function loadLibrary() {
  const library = await import("./maplibre-gl.js");
  library.setWorkerUrl(new URL("./maplibre-gl-worker.js", import.meta.url).href);
  return library;
}

// The outline is a courtesy: without it the places are shown all the same.
async function outlineOf(place) {
  return place.dataset.outline ? getJson(place.dataset.outline).catch(() => null) : null;
}

async function drawGeoJson(place) {
  say(place, "地図を読み込んでいます…");
  try {
    const [library, places, outline] = await Promise.all([loadLibrary(), getJson(place.dataset.geojson), outlineOf(place)]);
    const bounds = boundsOf(places);
    if (!bounds) {
      place.dataset.map = "empty";
      say(place, "位置のある行がありません。内容は下の表か CSV をご覧ください。");
      return;
    }
    drawMap(library, place, { kind: "geojson", bounds, source: { type: "geojson", data: places, tolerance: 0.2 },
      sourceLayers: [null] }, outline);
  } catch (failure) {
    place.dataset.map = "failed";
    say(place, "地図を表示できませんでした。同じ内容がダウンロードのファイルにあります。");
    console.warn(failure);
  }
}

// Tiles where there are some; the GeoJSON where they cannot be had.
async function drawTiles(place) {
  say(place, "地図を読み込んでいます…");
  try {
    const [library, tiles, outline] = await Promise.all([loadLibrary(), openTiles(place.dataset.pmtiles), outlineOf(place)]);
    drawMap(library, place, tiles, outline, (failure) => withoutTiles(place, failure));
  } catch (failure) {
    withoutTiles(place, failure);
  }
}

function withoutTiles(place, failure) {
  console.info(`${place.dataset.pmtiles}: ${failure?.message}`);
  if (place.dataset.geojson) {
    startGeoJson(place);
    return;
  }
  place.dataset.map = "failed";
  if (failure instanceof NoRanges) {
    say(place, "地図を表示できませんでした。このページを置いたサーバーが、ファイルの一部だけを送ること（HTTP の Range 要求）に対応していないためです。" +
      "同じ内容がダウンロードのファイルにあります。",
    "This server does not send parts of files (HTTP range requests), which the map needs. The files to download hold the same.");
  } else {
    say(place, "地図のファイルを読めないため、地図を表示できませんでした。同じ内容がダウンロードのファイルにあります。",
      "The map's file cannot be read. The files to download hold the same.");
  }
}

// Asks for the header of the archive. A server that does not know ranges sends the whole file, of which nothing is read.
async function requireRanges(address) {
  const stop = new AbortController();
  const answer = await fetch(address, { headers: { range: "bytes=0-126" }, cache: "no-store", signal: stop.signal });
  if (answer.status !== 206) {
    stop.abort();
    throw answer.ok ? new NoRanges(`${answer.status} instead of 206`) : new Error(`${answer.status}`);
  }
  const start = new TextDecoder().decode((await answer.arrayBuffer()).slice(0, 8));
  if (start !== "PMTiles\x03") {
    throw new Error("not PMTiles 3");
  }
}

function loadScript(address) {
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", loaded);
    script.addEventListener("error", () => failed(new Error(`${address} cannot be loaded`)));
    document.head.append(script);
  });
}

// The bundle is a plain script that leaves `pmtiles` behind.
async function tileProtocol() {
  const [library] = await Promise.all([loadLibrary(), loadScript(new URL("./pmtiles.js", import.meta.url).href)]);
  const added = new window.pmtiles.Protocol();
  library.addProtocol("pmtiles", added.tile);
  return added;
}

async function openTiles(path) {
  const address = new URL(path, document.baseURI).href;
  await requireRanges(address);
  protocol ??= tileProtocol();
  const archives = await protocol;
  const archive = new window.pmtiles.PMTiles(address);
  archives.add(archive);
  const [header, about] = await Promise.all([archive.getHeader(), archive.getMetadata()]);
  if (header.tileType !== window.pmtiles.TileType.Mvt || !about.vector_layers?.length) {
    throw new Error("no vector tiles");
  }
  return {
    kind: "pmtiles",
    bounds: [[header.minLon, header.minLat], [header.maxLon, header.maxLat]],
    source: { type: "vector", tiles: [`pmtiles://${address}/{z}/{x}/{y}`], minzoom: header.minZoom, maxzoom: header.maxZoom },
    sourceLayers: about.vector_layers.map((layer) => layer.id),
    minZoom: header.minZoom, // below it there is nothing to draw
    completeFrom: about.complete_from_zoom ?? header.maxZoom,
  };
}

function boundsOf(collection) {
  let west = Infinity, south = Infinity, east = -Infinity, north = -Infinity;
  const walk = (coordinates) => {
    if (typeof coordinates[0] !== "number") {
      coordinates.forEach(walk);
      return;
    }
    const [longitude, latitude] = coordinates;
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  };
  const visit = (geometry) => {
    if (geometry?.type === "GeometryCollection") {
      geometry.geometries.forEach(visit);
    } else if (geometry?.coordinates?.length) {
      walk(geometry.coordinates);
    }
  };
  collection?.features.forEach((feature) => visit(feature.geometry));
  return west <= east ? [[west, south], [east, north]] : null;
}

// The box around boxes, some of which may be null.
function around(...boxes) {
  const all = boxes.filter(Boolean);
  return [
    [Math.min(...all.map(([[west]]) => west)), Math.min(...all.map(([[, south]]) => south))],
    [Math.max(...all.map(([, [east]]) => east)), Math.max(...all.map(([, [, north]]) => north))],
  ];
}

function placeLayers(sourceLayers) {
  return DRAWN.flatMap(({ id, type, of, paint }) => sourceLayers.map((name, i) => ({
    id: `${id}-${i}`, type, source: "places", filter: ["==", ["geometry-type"], of], paint,
    ...(name === null ? {} : { "source-layer": name }),
  })));
}

function styleOf(content, outline) {
  const sources = { places: content.source };
  const layers = [{ id: "paper", type: "background", paint: { "background-color": "#eceae3" } }];
  if (outline) {
    sources.outline = { type: "geojson", data: outline, tolerance: 0.2 };
    layers.push(
      { id: "outline-area", type: "fill", source: "outline", paint: { "fill-color": "#fbfaf6" } },
      { id: "outline-line", type: "line", source: "outline", paint: { "line-color": "#8d8a7e", "line-width": 1.2 } },
    );
  }
  layers.push(...placeLayers(content.sourceLayers));
  return { version: 8, sources, layers };
}

// `giveUp` is called instead of showing a map whose content turns out to be unreadable.
function drawMap(library, place, content, outline, giveUp) {
  const frame = document.createElement("div");
  frame.className = "map-frame";
  place.replaceChildren(frame);
  const map = new library.Map({
    container: frame,
    style: styleOf(content, outline),
    bounds: around(content.bounds, boundsOf(outline)),
    fitBoundsOptions: { padding: 36, maxZoom: 15 },
    minZoom: content.minZoom ?? -2, // the library's own
    attributionControl: false, // it prints HTML; the credit stands below the map as text
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    locale: JAPANESE,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new library.ScaleControl({ unit: "metric" }), "bottom-left");
  map.getCanvas().setAttribute("aria-label", `${place.dataset.title}の地図。同じ内容が CSV にあります`);

  const shown = placeLayers(content.sourceLayers).map(({ id }) => id).filter((id) => !id.startsWith("area-lines"));
  let gone = false;
  map.on("error", (event) => {
    if (gone) {
      return;
    }
    if (giveUp && !place.dataset.map) {
      gone = true;
      map.remove();
      giveUp(event.error);
      return;
    }
    place.dataset.map = "failed";
    console.warn(event.error);
  });
  place.dataset.source = content.kind;
  if (content.completeFrom > content.minZoom) {
    noteThinning(place, map, content.completeFrom);
  }
  map.on("idle", () => {
    place.dataset.rendered = String(map.queryRenderedFeatures({ layers: shown }).length);
    place.dataset.map = "idle";
  });
  const popup = new library.Popup({ maxWidth: "320px", focusAfterOpen: true });
  map.on("click", (event) => {
    const reach = 6;
    const box = [[event.point.x - reach, event.point.y - reach], [event.point.x + reach, event.point.y + reach]];
    const [feature] = map.queryRenderedFeatures(box, { layers: shown });
    if (feature) {
      popup.setLngLat(event.lngLat).setDOMContent(cardOf(feature.properties)).addTo(map);
    }
  });
  for (const layer of shown) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
}

// Says when the tiles in view leave something out.
function noteThinning(place, map, completeFrom) {
  const note = document.createElement("p");
  note.className = "map-thinned";
  note.setAttribute("role", "status");
  note.append("縮小時は一部のみ表示しています ", inEnglish("Zoomed out: not everything is shown"));
  const update = () => { note.hidden = map.getZoom() >= completeFrom; };
  update();
  map.on("zoom", update);
  place.append(note);
}

// The properties of one place, its name first. Text nodes only. Exported for the tests.
export function cardOf(properties) {
  const card = document.createElement("div");
  card.className = "card";
  const entries = Object.entries(properties).filter(([, value]) => value !== null && value !== "");
  const name = entries.find(([key]) => key === "名称") ?? entries.find(([key]) => /(名称|施設名|学校名|町名)$/.test(key));
  if (name) {
    const title = document.createElement("p");
    title.className = "card-title";
    title.textContent = String(name[1]);
    card.append(title);
  }
  const list = document.createElement("dl");
  for (const [key, value] of entries) {
    if (name && key === name[0]) {
      continue;
    }
    const term = document.createElement("dt");
    const detail = document.createElement("dd");
    term.textContent = key;
    detail.textContent = String(value);
    list.append(term, detail);
  }
  card.append(list);
  return card;
}

function startSearch() {
  const field = document.getElementById("search");
  if (!field) {
    return;
  }
  field.closest("[hidden]").hidden = false;
  const result = document.getElementById("search-result");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const groups = [...document.querySelectorAll("[data-group]")].map((group) => ({
    group,
    name: plain(group.querySelector("h2").textContent),
    items: [...group.querySelectorAll("[data-item]")].map((item) => ({ item, text: plain(item.textContent) })),
  }));
  const apply = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { group, name, items } of groups) {
      let here = 0;
      for (const { item, text } of items) {
        const fits = words.every((word) => text.includes(word) || name.includes(word));
        item.hidden = !fits;
        here += fits ? 1 : 0;
      }
      group.hidden = here === 0;
      count += here;
    }
    result.textContent = words.length ? `${count} 件見つかりました` : "";
  };
  field.addEventListener("input", apply);
  apply();
}
