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

for (const place of document.querySelectorAll("[data-geojson]")) {
  start(place);
}
startSearch();

function start(place) {
  if (Number(place.dataset.bytes) <= AUTOMATIC_BYTES) {
    draw(place);
    return;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `地図を読み込む（${place.dataset.size}）`;
  button.addEventListener("click", () => draw(place), { once: true });
  place.replaceChildren(button);
}

function say(place, words) {
  const message = document.createElement("p");
  message.className = "map-message";
  message.textContent = words;
  place.replaceChildren(message);
}

async function getJson(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }
  return answer.json();
}

async function draw(place) {
  say(place, "地図を読み込んでいます…");
  try {
    const [library, places, outline] = await Promise.all([
      import("./maplibre-gl.js"),
      getJson(place.dataset.geojson),
      // the outline is a courtesy: without it the places are shown all the same
      place.dataset.outline ? getJson(place.dataset.outline).catch(() => null) : null,
    ]);
    library.setWorkerUrl(new URL("./maplibre-gl-worker.js", import.meta.url).href);
    drawMap(library, place, places, outline);
  } catch (failure) {
    place.dataset.map = "failed";
    say(place, "地図を表示できませんでした。同じ内容がダウンロードのファイルにあります。");
    console.warn(failure);
  }
}

function boundsOf(collections) {
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
  for (const collection of collections) {
    collection?.features.forEach((feature) => visit(feature.geometry));
  }
  return west <= east ? [[west, south], [east, north]] : null;
}

function styleOf(places, outline) {
  const sources = { places: { type: "geojson", data: places, tolerance: 0.2 } };
  const layers = [{ id: "paper", type: "background", paint: { "background-color": "#eceae3" } }];
  if (outline) {
    sources.outline = { type: "geojson", data: outline, tolerance: 0.2 };
    layers.push(
      { id: "outline-area", type: "fill", source: "outline", paint: { "fill-color": "#fbfaf6" } },
      { id: "outline-line", type: "line", source: "outline", paint: { "line-color": "#8d8a7e", "line-width": 1.2 } },
    );
  }
  layers.push(
    { id: "areas", type: "fill", source: "places", filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": INK, "fill-opacity": 0.16 } },
    { id: "area-lines", type: "line", source: "places", filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "line-color": INK, "line-width": 1.4 } },
    { id: "lines", type: "line", source: "places", filter: ["==", ["geometry-type"], "LineString"],
      paint: { "line-color": INK, "line-width": 2.6 } },
    { id: "points", type: "circle", source: "places", filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-color": VERMILION, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.4,
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 8, 3.2, 12, 5.2, 16, 9] } },
  );
  return { version: 8, sources, layers };
}

function drawMap(library, place, places, outline) {
  if (!boundsOf([places])) {
    place.dataset.map = "empty";
    say(place, "位置のある行がありません。内容は下の表か CSV をご覧ください。");
    return;
  }
  const frame = document.createElement("div");
  frame.className = "map-frame";
  place.replaceChildren(frame);
  const map = new library.Map({
    container: frame,
    style: styleOf(places, outline),
    bounds: boundsOf([places, outline]),
    fitBoundsOptions: { padding: 36, maxZoom: 15 },
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

  const shown = ["points", "lines", "areas"];
  map.on("error", (event) => {
    place.dataset.map = "failed";
    console.warn(event.error);
  });
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
