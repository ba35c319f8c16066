// Plots and tiles as files. Their menu comes from the one template of the page (templates/frame/take_out.html); without
// script each plot has a link to its figures.
// A picture stands for itself: with its title, what it says, plan, day and source, in light colours that print.
import { colours, dressed, figureOfBox } from "./charts.js";
import { onContent } from "./page.js";

const WIDTH = 1000;
const EDGE = 24;
const LONGEST_NAME = 25;
const DOTS = 2; // of a PNG for each pixel of the page
// What is measured here is drawn where our own font is not there.
const FONT = "Arial, Helvetica, sans-serif";
const TITLE = { size: 18, line: 24, letters: 100 };
const FOOT = { size: 12, line: 16, letters: 150 };

onContent(() => {
  for (const box of document.querySelectorAll("[data-chart]:not(:has(.take-out))")) {
    const link = box.querySelector(".pan-h a[download]");
    link.replaceWith(menuFor(link.getAttribute("href"), box.querySelector("h2")));
  }
  for (const tile of document.querySelectorAll("[data-tile]:not(:has(.take-out), template)")) {
    tile.append(menuFor(template().dataset.sheet.replaceAll("/0/", `/${tile.dataset.tile}/`).replace("-0-", `-${tile.dataset.tile}-`), tile.querySelector("a")));
  }
});

function template() {
  return document.getElementById("take-out");
}

function menuFor(sheet, title) {
  const menu = template().content.cloneNode(true);
  menu.querySelector("summary span").append(title.textContent);
  menu.querySelector("a").href = sheet;
  return menu;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-picture]");
  if (button) takeOut(button, button.closest("details"));
});

async function takeOut(button, menu) {
  const tile = button.closest("[data-tile]")?.dataset.tile;
  const format = button.dataset.picture;
  const failure = menu.querySelector("[role=alert]");
  failure.hidden = true;
  menu.open = false;
  menu.querySelector("summary").focus();
  try {
    await (tile ? takeTile(tile, format) : takePlot(button.closest("[data-chart]"), format));
  } catch {
    failure.hidden = false;
    menu.open = true;
  }
}

async function takePlot(box, format) {
  const figure = await figureOfBox(box);
  if (!figure) return;
  const paper = document.createElement("div");
  paper.dataset.bsTheme = "light";
  document.body.append(paper);
  try {
    const { data, layout } = dressed(figure, colours(paper), false);
    const sheet = framed(layout, box, colours(paper));
    const size = { width: WIDTH, height: sheet.height, scale: format === "png" ? DOTS : 1 };
    await window.Plotly.downloadImage({ data, layout: sheet }, { format, filename: fileName(box), ...size });
  } finally {
    paper.remove();
  }
}

/** The layout of a plot with room above for its title and below for its words. */
function framed(layout, box, token) {
  const title = lines(box.querySelector("h2").textContent, TITLE.letters);
  const notes = (layout.meta?.notes ?? []).map(plain);
  const words = [box.querySelector("figcaption").firstChild.textContent, ...notes, template().dataset.source];
  const foot = words.flatMap((text) => lines(text, FOOT.letters));
  const { l = 48, r = 16, t = 8, b = 32 } = layout.margin ?? {};
  const over = title.length * TITLE.line + EDGE;
  const under = foot.length * FOOT.line + EDGE;
  return {
    ...layout,
    width: WIDTH,
    height: box.querySelector(".chart").clientHeight + over + under,
    paper_bgcolor: token("surface"),
    font: { ...layout.font, family: FONT },
    margin: { l: l + EDGE / 2, r: r + EDGE / 2, t: t + over, b: b + under },
    title: {
      ...{ text: title.join("<br>"), font: { size: TITLE.size, color: token("ink") } },
      ...{ xref: "container", x: EDGE / WIDTH, xanchor: "left", yref: "container", y: 1, yanchor: "top", pad: { t: EDGE } },
    },
    annotations: [
      ...(layout.annotations ?? []),
      {
        ...{ text: foot.join("<br>"), align: "left", showarrow: false, font: { size: FOOT.size, color: token("ink-2") } },
        ...{ xref: "paper", x: 0, xanchor: "left", xshift: EDGE / 2 - l },
        ...{ yref: "paper", y: 0, yanchor: "top", yshift: -b },
      },
    ],
  };
}

/** What stands in a figure has come with entities. */
function plain(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** A text in lines of so many letters, as Plotly reads text: with entities. */
function lines(text, letters) {
  const found = [""];
  for (const word of text.trim().split(/\s+/)) {
    const longer = `${found.at(-1)} ${word}`.trim();
    longer.length > letters && found.at(-1) ? found.push(word) : (found[found.length - 1] = longer);
  }
  return found.map((line) => line.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"));
}

/** As the server calls the figures: plan, what it shows, day. */
function fileName(box) {
  const words = box.querySelector("h2").textContent.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return template().dataset.file.replace("-0-", `-${words.join("-").slice(0, LONGEST_NAME)}-`);
}

/** A tile is drawn by the server; the browser makes a PNG of it. */
async function takeTile(id, format) {
  const response = await fetch(template().dataset.tile.replace("/0/", `/${id}/`));
  if (!response.ok) throw new Error(response.status);
  const name = nameIn(response);
  const picture = await response.blob();
  return format === "svg" ? save(picture, name) : save(await asPng(picture), name.replace(/svg$/, "png"));
}

/** What the server calls the file. */
function nameIn(response) {
  const [, coded, plain] = response.headers.get("Content-Disposition").match(/filename\*=utf-8''([^;]+)|filename="(.+)"/i);
  return coded ? decodeURIComponent(coded) : plain;
}

async function asPng(picture) {
  const image = new Image();
  image.src = URL.createObjectURL(picture);
  try {
    await image.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: DOTS * image.naturalWidth, height: DOTS * image.naturalHeight });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve));
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers ask first where to
}
