// Runs inside a page: defines measureLayout(), which says what text is cut off, sticks out of its cell or is outside of the screen.
// Nothing that scrolls by itself and no ellipsis is a fault; what a reader of screens is told only is left out.

(() => {
  const ROUNDING = 1;

  const above = (element) => (element ? [element, ...above(element.parentElement)] : []);
  const isForReadersOfScreens = (element) => above(element).some((one) => getComputedStyle(one).clipPath === "inset(50%)");
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest(".vh, .skip, svg") &&
    !isForReadersOfScreens(element);
  const scrolls = (style) => ["auto", "scroll"].includes(style.overflowX);
  const cuts = (style) => ["hidden", "clip"].includes(style.overflowX) || style.clipPath !== "none";
  const shortens = (style) => style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";

  function boxesOf(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 0);
  }

  function faultOf(box, ancestors) {
    for (const ancestor of ancestors) {
      const style = getComputedStyle(ancestor);
      const frame = ancestor.getBoundingClientRect();
      const sticksOut = box.left < frame.left - ROUNDING || box.right > frame.right + ROUNDING;
      if (shortens(style) || (sticksOut && scrolls(style))) return "";
      if (sticksOut && cuts(style)) return `is cut off by ${ancestor.className || ancestor.tagName}`;
      if (sticksOut && style.display === "table-cell") return "sticks out of its cell";
      if (style.position === "fixed") break;
    }
    const width = document.documentElement.clientWidth;
    return box.left < -ROUNDING || box.right > width + ROUNDING ? "is outside of the screen" : "";
  }

  window.measureLayout = () => {
    const remarks = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || !isSeen(node.parentElement)) continue;
      const ancestors = above(node.parentElement);
      for (const box of boxesOf(node)) {
        const fault = faultOf(box, ancestors);
        if (fault) remarks.push(`"${node.data.trim().slice(0, 40)}" ${fault}`);
      }
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) remarks.push(`scrolls sideways by ${scrollWidth - clientWidth}`);
    return [...new Set(remarks)];
  };
})();
