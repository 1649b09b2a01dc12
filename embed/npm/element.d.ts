// Importing this defines `<alliancepay-checkout>`; on a server it does nothing.
export {};
