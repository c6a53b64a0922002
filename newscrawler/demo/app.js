// The JavaScript edition of the demo: builds each page in the reader's browser. No library, no build step.
"use strict";

const {agency, sections} = window.SITE;
const app = document.getElementById("app");

/** An element with attributes and children; null children are left out. */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value != null) element.setAttribute(name, value);
  element.append(...children.filter(child => child != null));
  return element;
}

const link = (path, text, attributes = {}) => el("a", {href: path, ...attributes}, text);

async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** Nothing is shown before the reader has answered. */
function consent() {
  return new Promise(resolve => {
    const wall = el("div", {id: "cookie-consent", role: "dialog"},
      el("h2", {}, "We value your privacy"),
      el("p", {}, "We and our 812 partners would like to store cookies on your device."));
    for (const answer of ["Accept all", "Manage options", "Reject all"]) {
      const button = el("button", {type: "button"}, answer);
      button.addEventListener("click", () => {
        if (answer === "Manage options") return;
        window.consent = answer;
        wall.remove();
        resolve();
      });
      wall.append(button);
    }
    document.body.append(wall);
  });
}

function frame(main, aside = null) {
  const menu = Object.entries(sections).map(([slug, name]) => link(`/en/${slug}`, name));
  app.replaceChildren(
    el("header", {}, el("h2", {}, link("/en/", agency)), el("nav", {}, ...menu)),
    el("main", {}, el("div", {class: "main-column"}, main), el("aside", {}, ...(aside ? [aside] : []))),
    el("footer", {}, `© ${agency}, an invented news agency. Every story on this site is made up.`));
}

function head(facts) {
  const metas = [["name", "author", facts.authors.map(author => author.name).join(", ") || agency],
    ["name", "dcterms.created", facts.published], ["name", "dcterms.modified", facts.modified],
    ["name", "description", facts.lead], ["property", "og:type", "article"], ["property", "og:title", facts.title]];
  for (const [kind, name, content] of metas) if (content) document.head.append(el("meta", {[kind]: name, content}));
  document.head.append(el("link", {rel: "canonical", href: facts.address}));
  document.title = `${facts.title} - ${agency}`;
}

async function story(code) {
  const facts = await get(`/api/story/${code}`);
  head(facts);
  const byline = facts.authors.flatMap((author, place) =>
    [place ? " and " : "By ", link(author.path, author.name, {rel: "author"})]);
  const photo = facts.photo && el("figure", {class: "doc-photo"},
    el("img", {src: facts.photo.path, alt: facts.title, width: 640, height: 360}),
    el("figcaption", {}, facts.photo.caption));
  const article = el("article", {class: "doc"},
    el("div", {class: "doc-info"},
      facts.printed && el("span", {id: "docDiv3Date", class: "date"}, facts.printed), "\n",
      el("span", {class: "doc-section-info"}, link(facts.section.path, facts.section.name)), "\n",
      el("span", {id: "docDocID", class: "doc-code"}, `Story Code : ${facts.code}`)),
    facts.kicker && el("div", {id: "docDiv3TitrRou", class: "kicker"}, facts.kicker),
    el("h1", {id: "docDiv3TitrMain"}, facts.title),
    facts.lead && el("div", {id: "docDivLead1", class: "lead"}, facts.lead),
    byline.length ? el("div", {class: "doc-author"}, ...byline) : null,
    photo,
    el("div", {id: "doctextarea"}, ...facts.paragraphs.map(text => el("p", {}, text))),
    el("div", {class: "tags"}, el("span", {}, "Tagged"), " ",
      ...facts.tags.flatMap(tag => [link(tag.path, tag.name), " "])));
  const comments = el("section", {class: "user-comment-area"},
    facts.comments.length ? el("h3", {}, `Comments (${facts.comments.length})`) : null,
    el("ul", {}, ...facts.comments.map(one => el("li", {}, el("b", {}, one.who), el("div", {}, one.text)))));
  const related = el("div", {class: "doc-related"}, el("h3", {}, "Featured Stories"),
    el("ul", {}, ...facts.related.map(one => el("li", {},
      one.alt == null ? null : el("a", {href: one.path}, el("img", {src: one.image, alt: one.alt})),
      link(one.path, one.title, {class: "title"}),
      one.date && el("span", {class: "date"}, one.date)))));
  frame(el("div", {}, article, comments), related);
}

/** A list that grows: by a button on the front page, by scrolling to its end in a section. */
async function list(heading, section) {
  const entries = el("ul", {class: "news-list"});
  const end = section ? el("div", {class: "end"}) : el("button", {type: "button"}, "Load more stories");
  frame(el("div", {}, el("h1", {}, heading), entries, end));
  let shown = 0, busy = false;
  const grow = async () => {
    if (busy) return;
    busy = true;
    const {stories, more} = await get(`/api/stories?section=${section || ""}&after=${shown}`);
    entries.append(...stories.map(one => el("li", {}, el("h3", {}, link(one.path, one.title)),
      one.date && el("div", {class: "date"}, one.date), one.lead && el("p", {}, one.lead))));
    shown += stories.length;
    if (!more) end.remove();
    busy = false;
  };
  await grow();
  if (!section) return end.addEventListener("click", grow);
  window.addEventListener("scroll", () => {
    const left = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
    if (end.isConnected && left < 200) grow();
  });
}

async function show() {
  await consent();
  const [, code] = location.pathname.match(/^\/en\/news\/(\d+)/) || [];
  const section = location.pathname.replace(/^\/en\/?/, "");
  if (code) return story(code);
  document.title = `${sections[section] || agency} - ${agency}`;
  return list(sections[section] || "News from the islands and the coast", sections[section] && section);
}

show().catch(error => app.replaceChildren(el("h1", {}, "This page cannot be shown"), el("p", {}, String(error))));
