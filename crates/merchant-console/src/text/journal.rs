//! The words of an order's history.

words! {
    /// An order's history.
    Journal {
        order_put: "Магазин передав замовлення", "The shop sent the order";
        order_renewed: "Магазин оновив замовлення", "The shop updated the order";
        attempt_created: "Покупець почав оплату", "The buyer started to pay";
        page_opened: "Сторінку оплати відкрито", "The payment page was opened";
        redirected: "Покупець на сторінці оплати", "The buyer is at the payment page";
        notification: "Надійшов callback", "A callback arrived";
        notification_of_another: "Надійшов callback з чужими номерами", "A callback with other ids arrived";
        captured: "Оплату підтверджено", "The payment was confirmed";
        paid: "Зараховано: гроші виплачено магазину", "Settled: the money was paid out";
        rejected: "Оплату відхилено", "The payment was declined";
        cancelled: "Оплату скасовано", "The payment was cancelled";
        partially_refunded: "Частину коштів повернено", "A part was refunded";
        refunded: "Усі кошти повернено", "Everything was refunded";
        refund_requested: "Розпочато повернення коштів", "A refund was started";
        refund_pending: "Повернення прийнято", "The refund was taken";
        refund_done: "Повернення виконано", "The refund is done";
        refund_failed: "У поверненні відмовлено", "The refund was refused";
        refund_offline: "Повернення записано без запиту", "A refund was recorded without a request";
        anomaly: "Знайдено розбіжність", "An anomaly was found";
        anomaly_ended: "Розбіжність усунено", "An anomaly has ended";
        unreachable: "Сторінку оплати втрачено", "The payment page was lost";
        operations_changed: "Операції оновлено", "The operations were updated";
        answer_mismatched: "Відповідь була не про це замовлення", "The answer was about something else";
        no_news: "Новин немає", "There is no news";
        settlement_mismatched: "Рядок реєстру має розбіжність", "A register row differs";
        settlement_unmatched: "Рядок реєстру ще не звірено", "A register row is not matched yet";
        who_shop: "Магазин", "Shop";
        who_buyer: "Покупець", "Buyer";
        who_bank: "Банк", "Bank";
        who_time: "Час", "Time";
        who_staff: "Працівник {name}", "Staff: {name}";
        who_token: "Адмінка магазину: {name}", "Shop admin: {name}";
    }
}
