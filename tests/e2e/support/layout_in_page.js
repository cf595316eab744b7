// Runs inside a page: defines measureLayout(), which says what text is cut off, sticks out of its cell, is outside of the screen,
// lies over other text, is broken inside a word, or is a dot that hangs at the end of a line. Nothing that scrolls by itself and
// no ellipsis is a fault; what a reader of screens is told only is left out.

(() => {
  const ROUNDING = 1;
  // The box of a line of text is higher than its letters.
  const AIR = 0.25;
  // A word that would take more of a phone's width may break; on a wide screen one that would take more than its box.
  const MOST_OF_PHONE = 0.75;
  const WIDEST_PHONE = 600;
  const DOT = "·";
  // A reference stays whole; other words may break after a hyphen, and what has no blanks anywhere.
  const WORDS = /SR-\d+|[^\s\-–—/]+[-–—/]?/g;
  const HAS_NO_BLANKS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\u00ad\u200b]/u;

  const above = (element) => (element ? [element, ...above(element.parentElement)] : []);
  const isForReadersOfScreens = (element) => above(element).some((one) => getComputedStyle(one).clipPath === "inset(50%)");
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest(".vh, .skip, svg, option") &&
    !isForReadersOfScreens(element);
  const scrolls = (value) => ["auto", "scroll"].includes(value);
  const cuts = (value) => ["hidden", "clip"].includes(value);
  const shortens = (style) => style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
  const named = (element) => element.className || element.tagName;

  function boxesOf(node, from = 0, to = node.data.length) {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].filter((box) => box.width > 0);
  }

  // The letters of a box, without what an ancestor shortens or scrolls away.
  function seenPart(box, ancestors) {
    const air = box.height * AIR;
    const part = { left: box.left, right: box.right, top: box.top + air, bottom: box.bottom - air };
    for (const ancestor of ancestors.filter((one) => getComputedStyle(one).overflowX !== "visible")) {
      const frame = ancestor.getBoundingClientRect();
      part.left = Math.max(part.left, frame.left);
      part.right = Math.min(part.right, frame.right);
      part.top = Math.max(part.top, frame.top);
      part.bottom = Math.min(part.bottom, frame.bottom);
    }
    return part.left < part.right && part.top < part.bottom ? part : null;
  }

  const isNextLine = (one, other) => Math.abs(one.top - other.top) > Math.min(one.height, other.height) / 2;

  function faultOf(box, ancestors) {
    const air = box.height * AIR;
    for (const ancestor of ancestors) {
      const style = getComputedStyle(ancestor);
      const frame = ancestor.getBoundingClientRect();
      const sticksOut = box.left < frame.left - ROUNDING || box.right > frame.right + ROUNDING;
      const standsOut = box.top < frame.top - air || box.bottom > frame.bottom + air;
      if (shortens(style) || (sticksOut && scrolls(style.overflowX)) || (standsOut && scrolls(style.overflowY))) return "";
      if ((sticksOut && (cuts(style.overflowX) || style.clipPath !== "none")) || (standsOut && cuts(style.overflowY))) {
        return `is cut off by ${named(ancestor)}`;
      }
      if (sticksOut && style.display === "table-cell") return "sticks out of its cell";
      if (style.position === "fixed") break;
    }
    const width = document.documentElement.clientWidth;
    return box.left < -ROUNDING || box.right > width + ROUNDING ? "is outside of the screen" : "";
  }

  function roomFor(node) {
    const width = document.documentElement.clientWidth;
    if (width <= WIDEST_PHONE) return width * MOST_OF_PHONE;
    return above(node.parentElement).find((one) => getComputedStyle(one).display !== "inline").clientWidth;
  }

  function* brokenWords(node) {
    for (const { 0: word, index } of node.data.matchAll(WORDS)) {
      const lines = boxesOf(node, index, index + word.length);
      const width = lines.reduce((sum, line) => sum + line.width, 0);
      const isBroken = lines.some((line) => isNextLine(line, lines[0]));
      if (isBroken && width <= roomFor(node) && !HAS_NO_BLANKS.test(word)) yield `"${word}" is broken in two`;
    }
  }

  function* hangingDots(node) {
    const words = node.data.trim().slice(0, 40);
    for (let at = node.data.indexOf(DOT); at >= 0; at = node.data.indexOf(DOT, at + 1)) {
      const before = node.data.slice(0, at).trimEnd().length - 1;
      const after = at + 1 + node.data.slice(at + 1).search(/\S|$/);
      const [dot] = boxesOf(node, at, at + 1);
      for (const neighbour of [before, after]) {
        if (neighbour < 0 || neighbour >= node.data.length) continue;
        const box = boxesOf(node, neighbour, neighbour + 1).at(-1);
        if (dot && box && isNextLine(dot, box)) yield `a dot hangs in "${words}"`;
      }
    }
  }

  // Those that the style sheet draws. One that is placed outside of its words is hidden where it begins a line.
  function* hangingDrawnDots() {
    for (const element of document.body.querySelectorAll("*")) {
      const style = getComputedStyle(element, "::after");
      const next = element.nextElementSibling;
      if (!style.content.includes(DOT) || style.position === "absolute" || !next || !isSeen(element) || !isSeen(next)) continue;
      const [line, first] = [[...element.getClientRects()].at(-1), next.getClientRects()[0]];
      if (line && first && first.top >= line.bottom - ROUNDING) yield `a dot hangs after "${element.textContent.trim().slice(0, 40)}"`;
    }
  }

  // What stays in its place while the page scrolls lies over the rest on purpose.
  const isFloating = (ancestors) => ancestors.some((one) => ["fixed", "sticky"].includes(getComputedStyle(one).position));

  function* overlaps(texts) {
    const all = texts.sort((one, other) => one.top - other.top);
    for (let i = 0; i < all.length; ++i) {
      const one = all[i];
      for (let j = i + 1; j < all.length && all[j].top < one.bottom; ++j) {
        const other = all[j];
        const isBeside = one.right <= other.left + ROUNDING || other.right <= one.left + ROUNDING;
        if (one.node !== other.node && !isBeside) yield `"${one.words}" lies over "${other.words}"`;
      }
    }
  }

  window.measureLayout = () => {
    const remarks = [];
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || !isSeen(node.parentElement)) continue;
      const ancestors = above(node.parentElement);
      const words = node.data.trim().slice(0, 40);
      const isStill = !isFloating(ancestors);
      for (const box of boxesOf(node)) {
        const fault = faultOf(box, ancestors);
        if (fault) remarks.push(`"${words}" ${fault}`);
        const seen = seenPart(box, ancestors);
        if (isStill && !fault && seen) texts.push({ node, words, ...seen });
      }
      if (!ancestors.some((one) => shortens(getComputedStyle(one)))) remarks.push(...brokenWords(node), ...hangingDots(node));
    }
    remarks.push(...hangingDrawnDots(), ...overlaps(texts));
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) remarks.push(`scrolls sideways by ${scrollWidth - clientWidth}`);
    return [...new Set(remarks)];
  };
})();
