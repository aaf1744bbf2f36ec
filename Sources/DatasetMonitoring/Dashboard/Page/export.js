// What is shown, as files: made here, from what is here.

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const anchor = element("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A name without what file systems refuse. */
const fileName = (series, ending) => `${(series.sensor ?? "readings").replaceAll(/[^\p{L}\p{N}._-]+/gu, "_")}.${ending}`;

/** RFC 4180: quotes where they are needed. */
function cell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The readings of the plots; of points that stand for several, the least, the greatest and the mean value. */
function csv(series, metrics) {
  const isSummary = Boolean(series.readings[0]?.$low);
  const columns = metrics.flatMap(({ key, states }) =>
    isSummary && !states
      ? [
          [`${key}_least`, ({ $low }) => $low[key]],
          [`${key}_greatest`, ({ $high }) => $high[key]],
          [`${key}_mean`, ({ [key]: mean }) => mean],
        ]
      : [[key, ({ [key]: value }) => value]],
  );
  columns.unshift(["timestamp", ({ $time }) => new Date($time).toISOString()], ["sensor_id", () => series.sensor]);
  columns.push(["anomaly_type", ({ anomaly_type: type }) => type]);
  const lines = [columns.map(([name]) => cell(name)), ...series.readings.map((reading) => columns.map(([, value]) => cell(value(reading))))];
  return lines.map((line) => line.join(",")).join("\r\n") + "\r\n";
}

function saveCSV(series, metrics) {
  save(new Blob([csv(series, metrics)], { type: "text/csv" }), fileName(series, "csv"));
}

const drawnProperties = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "fill-opacity", "font-size", "font-weight"];

/** A copy of a drawing that needs no style sheet. */
function standalone(svg) {
  const copy = svg.cloneNode(true);
  const [nodes, copies] = [[svg, ...svg.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  nodes.forEach((node, index) => {
    const style = getComputedStyle(node);
    for (const property of drawnProperties) copies[index].setAttribute(property, style.getPropertyValue(property));
    copies[index].removeAttribute("class");
  });
  return copy;
}

/** All plots below one another, with their names, twice as fine as on the screen. */
async function savePNG(series, plots, title) {
  const style = getComputedStyle(document.body);
  const [text, card, font] = [style.color, getComputedStyle(document.querySelector(".panel")).backgroundColor, style.fontFamily];
  const boxes = plots.map(({ svg }) => svg.getBoundingClientRect());
  const width = Math.max(...boxes.map((box) => box.width)) + 32;
  const picture = drawing("svg", { xmlns: "http://www.w3.org/2000/svg", "font-family": font });
  let y = 34;
  const write = (words, size, weight) => picture.append(drawing("text", { x: 16, y, fill: text, "font-size": size, "font-weight": weight }, words));
  write(title, 16, 650);
  plots.forEach((plot, index) => {
    y += 30;
    write(plot.metric.name + unitBehind(plot.metric, ", "), 13, 600);
    const copy = standalone(plot.svg);
    for (const [key, value] of Object.entries({ x: 16, y: y + 6, width: boxes[index].width, height: boxes[index].height })) copy.setAttribute(key, value);
    picture.append(copy);
    y += 6 + boxes[index].height;
  });
  const height = y + 16;
  for (const [key, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) picture.setAttribute(key, value);
  picture.prepend(drawing("rect", { width, height, fill: card }));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`;
  await image.decode();
  const canvas = element("canvas", { width: Math.round(2 * width), height: Math.round(2 * height) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  save(blob, fileName(series, "png"));
}
