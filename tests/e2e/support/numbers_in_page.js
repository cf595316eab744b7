// Runs inside a page: defines measureNumbers(), which says what hinders reading the phone numbers that can be tapped.
// Nothing here scrolls sideways, and what a reader of screens is told only is left out.

(() => {
  const ROUNDING = 1;
  const LEAST_CONTRAST = 4.5;
  // A number that would take more of the screen's width may break, after one of its hyphens.
  const MOST_OF_SCREEN = 0.75;
  const NUMBER = /\+?\d[\d\- ().]*\d/;

  const screenWidth = () => document.documentElement.clientWidth;
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".vh, svg");

  function boxesOf(node, from = 0, to = node.data.length) {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].filter((box) => box.width > 0);
  }

  function textsIn(root) {
    const texts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.data.trim() && isSeen(node.parentElement)) texts.push(node);
    }
    return texts;
  }

  const above = (element) => (element ? [element, ...above(element.parentElement)] : []);
  const numbersIn = (value) => (value.match(/[\d.]+/g) ?? []).map(Number);

  function coloursIn(value) {
    return (value.match(/rgba?\([^)]*\)/g) ?? []).map((colour) => {
      const [red, green, blue, alpha = 1] = numbersIn(colour);
      return { channels: [red, green, blue], alpha };
    });
  }

  function layersOf(style) {
    const drawn = style.backgroundImage.includes("gradient") ? coloursIn(style.backgroundImage) : [];
    return drawn.length ? drawn : coloursIn(style.backgroundColor).filter(({ alpha }) => alpha > 0);
  }

  // The boxes that text of this element must keep within: what cuts it off, and the ground that is painted behind it.
  function framesOf(element) {
    return above(element).flatMap((ancestor) => {
      const style = getComputedStyle(ancestor);
      const isInline = style.display === "inline" || style.display === "contents";
      const cuts = style.overflowX !== "visible" || style.overflowY !== "visible";
      if (isInline || (!cuts && layersOf(style).length === 0)) return [];
      return [{ name: ancestor.className || ancestor.tagName, ancestor, cuts, box: ancestor.getBoundingClientRect() }];
    });
  }

  const sticksOut = (box, frame) =>
    box.left < frame.left - ROUNDING ||
    box.right > frame.right + ROUNDING ||
    box.top < frame.top - ROUNDING ||
    box.bottom > frame.bottom + ROUNDING;

  function* outside(text) {
    const frames = framesOf(text.parentElement);
    const boxes = boxesOf(text);
    const words = text.data.trim();
    if (boxes.length === 0) yield `"${words}" is not drawn`;
    for (const { name, ancestor, cuts, box: frame } of frames) {
      if (boxes.some((box) => sticksOut(box, frame))) yield `"${words}" sticks out of ${name}`;
      if (cuts && ancestor.scrollWidth > ancestor.clientWidth) yield `${name} cuts off what is in it`;
    }
    const isOff = (box) => box.left < -ROUNDING || box.right > screenWidth() + ROUNDING;
    if (boxes.some(isOff)) yield `"${words}" is off the screen`;
  }

  function* covered(link, text) {
    const inset = 2;
    for (const { left, right, top, bottom } of boxesOf(text)) {
      const middle = [(left + right) / 2, (top + bottom) / 2];
      const corners = [left + inset, right - inset].flatMap((x) => [top + inset, bottom - inset].map((y) => [x, y]));
      const hidden = [middle, ...corners].map((point) => document.elementFromPoint(...point)).find((e) => !link.contains(e));
      if (hidden !== undefined) yield `"${text.data.trim()}" is behind ${hidden?.className || hidden?.tagName || "the edge"}`;
    }
  }

  function luminance(channels) {
    const [red, green, blue] = channels.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  const over = (front, back) => front.channels.map((c, i) => c * front.alpha + back[i] * (1 - front.alpha));

  // All that may lie behind the element: one colour, or the ends of a gradient.
  function groundsOf(element) {
    if (!element) return [[255, 255, 255]];
    const layers = layersOf(getComputedStyle(element));
    if (layers.length && layers.every(({ alpha }) => alpha === 1)) return layers.map(({ channels }) => channels);
    const behind = groundsOf(element.parentElement);
    return layers.length ? layers.flatMap((layer) => behind.map((back) => over(layer, back))) : behind;
  }

  function* pale(text) {
    const [ink] = coloursIn(getComputedStyle(text.parentElement).color);
    for (const ground of groundsOf(text.parentElement)) {
      const [dark, light] = [luminance(over(ink, ground)), luminance(ground)].sort((a, b) => a - b);
      const contrast = (light + 0.05) / (dark + 0.05);
      if (contrast < LEAST_CONTRAST) yield `"${text.data.trim()}" has a contrast of ${contrast.toFixed(2)}`;
    }
  }

  function* broken(text) {
    const found = NUMBER.exec(text.data);
    if (!found) return;
    const lines = boxesOf(text, found.index, found.index + found[0].length);
    const width = lines.reduce((sum, line) => sum + line.width, 0);
    if (lines.length > 1 && width <= screenWidth() * MOST_OF_SCREEN) yield `${found[0]} is broken though it has room`;
  }

  function* remarksOn(link) {
    link.scrollIntoView({ block: "center", behavior: "instant" });
    for (const text of textsIn(link)) yield* [...covered(link, text), ...pale(text), ...broken(text)];
    for (const text of textsIn(link.parentElement)) yield* outside(text);
    const spilled = (part) => sticksOut(part.getBoundingClientRect(), link.getBoundingClientRect());
    if ([...link.children].some(spilled)) yield "a part sticks out of its link";
    if (getComputedStyle(link).display !== "inline" && link.scrollWidth > link.clientWidth) yield "a link cuts off its number";
  }

  window.measureNumbers = () => {
    const links = [...document.querySelectorAll('a[href^="tel:"]')].filter(isSeen);
    return { count: links.length, remarks: [...new Set(links.flatMap((link) => [...remarksOn(link)]))] };
  };

  /** What the emergency strip says to those who see it. */
  window.stripWords = () => {
    const strip = document.querySelector(".estrip");
    return strip ? textsIn(strip).map((text) => text.data.trim()).join(" ") : "";
  };
})();
