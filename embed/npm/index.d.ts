import type { Options } from "./options.js";

export type { Options };

/** Every option, as an attribute. */
export declare const OPTIONS: readonly string[];

/** The version of the widget. */
export declare const version: string;

/** Defines `<alliancepay-checkout>`. On a server, and where it is defined already, it does nothing. */
export declare function define(): void;

/** Puts a widget into `target`, an element or a selector; what was in there becomes its fallback. */
export declare function mount(target: Element | string, options?: Options): Mounted;

/**
 * Where the wasm and the texts are. Only for builds that do not carry the files of a package along: copy `*.wasm` and
 * `*.json` of this package to a folder of the site and name it here, before anything is mounted.
 */
export declare function filesFrom(folder: string | URL): void;

export interface Mounted {
  /** The element that was made: its attributes are the options, and events are sent there. */
  readonly element: HTMLElement;
  /** Changes the options that are given; `null` takes one away. */
  update(options: { [Name in keyof Options]?: Options[Name] | null }): void;
  /** Takes the widget out; its fallback stays. */
  unmount(): void;
}

export type Phase =
  | "option"
  | "ready"
  | "opening"
  | "redirecting"
  | "awaiting"
  | "paid"
  | "refunded"
  | "declined"
  | "expired"
  | "cancelled"
  | "unresolved"
  | "setup-error";

/** Given to the two events that may be refused by `preventDefault()`; the widget waits ten seconds at most. */
export interface Question {
  order: string | null;
  amount: { minor: number; currency: string } | null;
  product: string | null;
  /** Delays the payment until the promise is kept; one that is rejected refuses. */
  waitUntil(promise: Promise<unknown>): void;
}

/** What the buyer was told. It informs the page; goods are shipped by what the shop's server learns. */
export interface Result {
  outcome: "paid" | "refunded" | "declined" | "expired" | "cancelled" | "unresolved";
  state: string;
  order: string;
  session: string;
}

export interface Failure {
  code:
    | "setup_error"
    | "network_error"
    | "unavailable"
    | "token_stale"
    | "refused"
    | "page_not_allowed"
    | "navigation_refused"
    | "session_not_found"
    | "widget_unavailable"
    | "widget_crashed";
  /** Whether the widget goes on trying, or the buyer can. */
  retryable: boolean;
  /** For a developer, in English. The buyer reads the widget. */
  message: string;
  /** What the backend's log knows the request by. */
  supportId: string | null;
}

export interface Events {
  "alliancepay:ready": CustomEvent<Record<string, never>>;
  "alliancepay:change": CustomEvent<{ phase: Phase; open?: boolean }>;
  "alliancepay:before-submit": CustomEvent<Question>;
  "alliancepay:before-redirect": CustomEvent<Question>;
  "alliancepay:outcome": CustomEvent<Result>;
  "alliancepay:error": CustomEvent<Failure>;
}

type Dashed<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Dashed<Rest>}`
  : Name;

/** The options as attributes of the element. */
export type Attributes = { [Name in keyof Options & string as Dashed<Name>]?: string };

declare global {
  interface HTMLElementEventMap extends Events {}
  interface HTMLElementTagNameMap {
    "alliancepay-checkout": HTMLElement;
  }
}
