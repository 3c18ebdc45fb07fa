(() => {
  const chosen = getSelection(), range = chosen.rangeCount ? chosen.getRangeAt(0) : null, lead = document.createRange();
  if (range) {
    lead.setStart(document.documentElement, 0);
    lead.setEnd(range.startContainer, range.startOffset);
  }
  return { html: `<!doctype html>\n${document.documentElement.outerHTML}`, address: location.href, title: document.title, words: String(chosen), before: lead.toString().slice(-200) };
})()
