//! The details of an order.

words! {
    /// The details of an order.
    Order {
        title: "Замовлення {order}", "Order {order}";
        all: "Усі замовлення", "All orders";
        created: "Створено {when}", "Created {when}";
        update: "Оновити з Alliance API", "Update from Alliance API";
        update_wallet: "Оновити з Alipay+", "Update from Alipay+";
        updating: "Запитуємо…", "Asking…";
        refund: "Часткове повернення коштів", "Refund";
        asked_changed: "{who} відповів, стан змінився: «{before}» → «{after}».", "{who} answered, and the state changed: “{before}” → “{after}”.";
        asked_repaired: "{who} відповів, дані замовлення оновлено.", "{who} answered, and the order was brought up to date.";
        asked_same: "{who} відповів. Нічого не змінилося: стан «{state}».", "{who} answered. Nothing has changed: the state is “{state}”.";
        asked_nobody: "Банк ще не знає цього замовлення: покупець не починав оплату.", "The bank does not know this order yet: the buyer has not started to pay.";
        source_callback: "Callback отримано {when}, підтверджено {confirmed}.", "Callback received at {when}, confirmed by {confirmed}.";
        source_callback_only: "Callback отримано {when}; підтвердження ще немає.", "Callback received at {when}; it is not confirmed yet.";
        source_asking: "Немає callback від {provider}: запитуємо {asked} напряму…", "No callback from {provider}: asking {asked} directly…";
        source_asked: "Немає callback від {provider}: запитано {asked} напряму {when}.", "No callback from {provider}: asked from {asked} at {when}.";
        source_silent: "Немає callback від {provider}, і {asked} зараз не вдається запитати.", "No callback from {provider}, and {asked} does not answer now.";
        bank_confirmed: "банком", "the bank";
        bank_asked: "банк", "the bank";
        source_none: "Покупець ще не починав оплату.", "The buyer has not started to pay.";
        source_role: "Немає callback від {provider}. Тут {asked} запитувати не можна: потрібна роль «Оператор».", "No callback from {provider}. Asking {asked} needs the role “Operator”.";
        goods: "Склад замовлення", "Items";
        item: "Товар", "Item";
        quantity: "К-сть", "Qty";
        price: "Ціна", "Price";
        sum: "Сума", "Sum";
        item_status: "Стан позиції", "Item status";
        item_refunded: "Повернено", "Refunded";
        item_partly: "Частково повернено", "Partially refunded";
        refunded_pieces: "{count} шт., {sum}", "{count} pcs, {sum}";
        shipping: "Доставка", "Shipping";
        other_sum: "Знижки та інше", "Discounts and other";
        total: "Разом", "Total";
        refunded_total: "Повернено", "Refunded";
        remains: "Можна повернути", "Can still go back";
        payment: "Оплата", "Payment";
        state: "Стан", "State";
        reason: "Причина відмови", "Decline reason";
        provider: "Платіжна система", "Provider";
        wallet: "Гаманець", "Wallet";
        payment_id: "Номер платежу Alipay+", "Alipay+ payment id";
        settled_at: "Зараховано (PAID)", "Settled (PAID)";
        settled_not_yet: "ще ні: зазвичай за кілька днів", "not yet: usually within days";
        product: "Спосіб оплати", "Pay type";
        instrument: "Картка чи рахунок", "Card or account";
        bank_order: "hppOrderId", "hppOrderId";
        bank_ecom: "ecomOrderId", "ecomOrderId";
        request: "merchantRequestId", "merchantRequestId";
        merchant: "merchantId", "merchantId";
        rrn: "RRN", "RRN";
        status_page: "Сторінка статусу в банку", "Status page at the bank";
        receipt: "Квитанція банку", "Bank receipt";
        asked_at: "Востаннє запитано", "Last asked";
        expires_at: "Сторінка оплати діє до", "Payment page valid until";
        attempts: "Спроби оплати: {count}", "Payment attempts: {count}";
        attempt_of: "Спроба від {when}", "Attempt of {when}";
        operations: "Операції", "Operations";
        kind: "Тип", "Type";
        id: "Номер", "Id";
        date: "Дата", "Date";
        status: "Стан", "Status";
        no_operations: "Про жодну операцію ще не повідомлено.", "No operation has been reported yet.";
        refunds: "Повернення коштів", "Refunds";
        offline_mark: "без запиту до банку", "recorded only";
        by: "хто: {who}", "by {who}";
        timeline: "Перебіг подій", "Timeline";
        raw: "Повідомлення", "Raw message";
        raw_none: "Повідомлення не збережено.", "No message was kept.";
        buyer: "Покупець", "Buyer";
        description: "Опис", "Description";
        gone: "Такого замовлення немає", "There is no such order";
    }
}
