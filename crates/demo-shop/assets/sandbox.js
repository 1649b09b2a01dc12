// The sandbox panel of the demo shop: sets the sandbox bank's faults, moves its clock, copies test cards.
// The shop itself needs none of this; a merchant's page has no such script.
(() => {
  'use strict';
  const panel = document.querySelector('details[data-bank]');
  if (!panel) return;

  const say = (what, detail) => {
    const words = panel.querySelector(`[data-say="${what}"]`).textContent;
    panel.querySelector('[data-said]').textContent = detail ? `${detail.trim()}: ${words}` : words;
  };

  const ask = async (method, path, body) => {
    const response = await fetch(panel.dataset.bank + path, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the sandbox bank answered ${response.status} to ${method} ${path}`);
  };

  // One button may set several faults: "on:kind:times[:ms]", separated by spaces.
  const setFaults = async (list) => {
    for (const fault of list.split(' ')) {
      const [on, kind, times, ms = '0'] = fault.split(':');
      await ask('POST', '/sandbox/faults', { on, order: null, times: Number(times), kind, ms: Number(ms) });
    }
    return 'set';
  };

  // Where the browser refuses the clipboard, the number is selected, ready to be copied by hand.
  const copyNumber = async (number) => {
    try {
      await navigator.clipboard.writeText(number);
      return 'copied';
    } catch {
      const shown = [...panel.querySelectorAll('code')].find((code) => code.textContent === number);
      getSelection().selectAllChildren(shown);
      return 'selected';
    }
  };

  const act = async ({ fault, advance, copy, clear }) => {
    if (fault) return setFaults(fault);
    if (copy) return copyNumber(copy);
    if (advance) return ask('POST', '/sandbox/clock', { advanceMs: Number(advance) }).then(() => 'advanced');
    if (clear !== undefined) return ask('DELETE', '/sandbox/faults').then(() => 'cleared');
    return null;
  };

  panel.addEventListener('click', async (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    try {
      say(await act(button.dataset), button.dataset.copy || button.textContent);
    } catch (error) {
      console.error(error);
      say('failed', button.textContent);
    }
  });
})();
