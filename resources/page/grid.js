// The grid: rows that are filled edge to edge, a page of photos at a time, walked through by arrow keys.

import { say } from "./words.js";

export class Grid {
  constructor(element, open) {
    this.element = element;
    this.open = open;
    this.hits = [];
    element.addEventListener("keydown", (event) => this.walk(event));
  }

  clear() {
    this.hits = [];
    this.element.replaceChildren();
  }

  add(hits) {
    const cells = hits.map((hit, place) => this.cell(hit, this.hits.length + place));
    this.hits.push(...hits);
    this.element.append(...cells);
    if (this.hits.length && !this.element.querySelector('[tabindex="0"]')) this.element.firstElementChild.tabIndex = 0;
  }

  cell(hit, place) {
    const aspect = Math.min(4, Math.max(0.4, hit.width && hit.height ? hit.width / hit.height : 1.33));
    const cell = document.createElement("button");
    cell.type = "button";
    cell.className = "cell";
    cell.tabIndex = -1;
    cell.style.setProperty("--aspect", aspect.toFixed(4));
    cell.setAttribute("role", "listitem");
    const name = hit.path.split(/[\\/]/).pop();
    cell.setAttribute("aria-label", say("photo", { text: name }));
    cell.title = name;
    const image = document.createElement("img");
    image.loading = place < 12 ? "eager" : "lazy";
    image.decoding = "async";
    image.alt = "";
    image.src = hit.thumbnail;
    image.addEventListener("load", () => cell.classList.add("there"));
    cell.append(image);
    const others = (hit.group ?? []).length;
    if (others) {
      const count = document.createElement("span");
      count.className = "count";
      count.textContent = String(others + 1);
      count.title = say("copies", { n: others });
      cell.append(count);
    }
    cell.addEventListener("click", () => this.open(place));
    return cell;
  }

  focus(place) {
    const cell = this.element.children[place];
    if (!cell) return;
    for (const other of this.element.querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest" });
  }

  walk(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cells = [...this.element.children];
    const here = cells.indexOf(document.activeElement);
    const steps = { ArrowRight: 1, ArrowLeft: -1 };
    let target = -1;
    if (event.key in steps) target = here + steps[event.key];
    else if (event.key === "ArrowDown") target = this.beside(cells, here, 1);
    else if (event.key === "ArrowUp") target = this.beside(cells, here, -1);
    else if (event.key === "Home") target = 0;
    else if (event.key === "End") target = cells.length - 1;
    else return;
    event.preventDefault();
    if (target >= 0 && target < cells.length) this.focus(target);
  }

  // The cell of the next row whose middle is nearest to this one's.
  beside(cells, here, direction) {
    const from = cells[here].getBoundingClientRect();
    const middle = from.left + from.width / 2;
    let row = null;
    let best = -1;
    let distance = Infinity;
    for (let place = here + direction; place >= 0 && place < cells.length; place += direction) {
      const box = cells[place].getBoundingClientRect();
      if (Math.abs(box.top - from.top) < 2) continue;
      row ??= box.top;
      if (Math.abs(box.top - row) >= 2) break;
      const off = Math.abs(box.left + box.width / 2 - middle);
      if (off < distance) [best, distance] = [place, off];
    }
    return best;
  }
}
