// Data that PHP hands to the Blocks checkout.
window.wc = window.wc || {};
window.wc.wcSettings = { getSetting: ( name, fallback ) => window.hostBlocks.data[ name ] ?? fallback };
