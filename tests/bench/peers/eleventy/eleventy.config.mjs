// Pages and nothing else, as all that is measured make them.

/** Gives a heading the anchor that stands behind it: `## Heading {#anchor}`. */
function anchors(markdown) {
  markdown.core.ruler.push("anchors", (state) => {
    state.tokens.forEach((token, at) => {
      const text = token.type === "heading_open" ? state.tokens[at + 1].children.at(-1) : null;
      const found = text && /^(.*) \{#([a-z0-9-]+)\}$/.exec(text.content);
      if (found) {
        text.content = found[1];
        token.attrSet("id", found[2]);
      }
    });
  });
}

/** Returns the anchors and words of a page's headings. */
function headings(html) {
  return [...html.matchAll(/<h2 id="([^"]+)">(.*?)<\/h2>/g)].map(([, anchor, words]) => ({ anchor, words }));
}

export default function (eleventy) {
  eleventy.amendLibrary("md", anchors);
  eleventy.addFilter("headings", headings);
  return { markdownTemplateEngine: false, dir: { input: "content", includes: "../_includes", data: "../_data" } };
}
