// Importing this defines `<alliancepay-checkout>`; on a server it does nothing.
import { define } from "./index.mjs";

define();
