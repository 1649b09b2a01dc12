// The contents are a closed menu on narrow screens and a column beside the text on wide ones.
const menu = document.querySelector(".menu");
const wide = matchMedia("(min-width: 60rem)");
const follow = () => (menu.open = wide.matches);
wide.addEventListener("change", follow);
follow();
