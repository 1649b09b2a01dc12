// The words of both hand-written peers.

const uk = {
  method: "Картка, Apple Pay або Google Pay",
  note: "Ви перейдете на захищену сторінку банку.",
  loading: "Завантаження…",
  pay: "Сплатити {sum}",
  opening: "Готуємо оплату…",
  redirecting: "Переходимо на сторінку банку…",
  leave: "Перейти до оплати",
  awaiting: "Чекаємо на відповідь банку…",
  unresolved: "Банк ще не відповів. Двічі гроші не спишуть. Замовлення {order}.",
  paid: "Сплачено {sum}",
  declined: "Банк відхилив платіж.",
  cancelled: "Оплату скасовано.",
  expired: "Час на оплату минув.",
  refunded: "Гроші повернено.",
  again: "Сплатити ще раз",
  failed: "Оплата тимчасово недоступна.",
};

const en = {
  method: "Card, Apple Pay or Google Pay",
  note: "You will go to the bank's secure page.",
  loading: "Loading…",
  pay: "Pay {sum}",
  opening: "Preparing the payment…",
  redirecting: "Going to the bank's page…",
  leave: "Go to payment",
  awaiting: "Waiting for the bank's answer…",
  unresolved: "The bank has not answered yet. You will not be charged twice. Order {order}.",
  paid: "Paid {sum}",
  declined: "The bank declined the payment.",
  cancelled: "The payment was cancelled.",
  expired: "The time to pay has run out.",
  refunded: "The money was returned.",
  again: "Pay again",
  failed: "Payment is not available right now.",
};

export const words = (lang) => (lang.startsWith("uk") ? uk : en);
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
