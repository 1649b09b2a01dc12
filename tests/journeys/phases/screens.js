// Another screen on the same page: the widget goes and a new one comes, with what the stage's page for it holds.
window.nextScreen = async (url) => {
  const next = new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/html');
  document.title = next.title;
  for (const name of ['lang', 'dir']) document.documentElement.setAttribute(name, next.documentElement.getAttribute(name));
  document.body.replaceChildren(...next.body.childNodes);
  scrollTo(0, 0);
};
