//! The words of an order's history.

words! {
    /// An order's history.
    Journal {
        order_put: "Магазин передав замовлення", "The shop sent the order";
        order_renewed: "Магазин оновив замовлення", "The shop updated the order";
        attempt_created: "Покупець почав оплату", "The buyer started to pay";
        page_opened: "Банк відкрив сторінку оплати", "The bank opened the payment page";
        redirected: "Покупець на сторінці банку", "The buyer is at the bank’s page";
        notification: "Надійшов callback від банку", "A callback arrived from the bank";
        captured: "Банк підтвердив оплату", "The bank confirmed the payment";
        paid: "Зараховано: є в реєстрі банку", "Settled: seen in the bank’s register";
        rejected: "Банк відхилив оплату", "The bank declined the payment";
        cancelled: "Оплату скасовано", "The payment was cancelled";
        expired: "Час на оплату вийшов", "The time to pay ran out";
        partially_refunded: "Частину коштів повернено", "A part was refunded";
        refunded: "Усі кошти повернено", "Everything was refunded";
        refund_requested: "Розпочато повернення коштів", "A refund was started";
        refund_pending: "Банк прийняв повернення", "The bank took the refund";
        refund_done: "Повернення виконано", "The refund is done";
        refund_failed: "Банк відмовив у поверненні", "The bank refused the refund";
        refund_offline: "Повернення записано без запиту до банку", "A refund was recorded without a bank request";
        anomaly: "Знайдено розбіжність", "An anomaly was found";
        anomaly_ended: "Розбіжність усунено", "An anomaly has ended";
        unreachable: "Сторінку оплати втрачено", "The payment page was lost";
        operations_changed: "Банк оновив операції", "The bank updated the operations";
        answer_mismatched: "Відповідь банку не про це замовлення", "The bank’s answer was about something else";
        no_news: "Банк не має новин", "The bank has no news";
        checked: "Банк запитано вручну", "The bank was asked by hand";
        who_shop: "Магазин", "Shop";
        who_buyer: "Покупець", "Buyer";
        who_bank: "Банк", "Bank";
        who_time: "Час", "Time";
        who_staff: "Працівник {name}", "Staff: {name}";
        who_token: "Адмінка магазину: {name}", "Shop admin: {name}";
    }
}
