//! The list of orders and its filters.

words! {
    /// The list of orders.
    Orders {
        title: "Замовлення", "Orders";
        order: "Замовлення", "Order";
        created: "Створено", "Created";
        amount: "Сума", "Amount";
        refunded: "Повернено", "Refunded";
        status_column: "Статус оплати AlliancePay", "AlliancePay payment status";
        status_button: "Статус оплати", "Payment status";
        no_callback: "Немає callback від {provider}", "No callback from {provider}";
        filters: "Фільтри", "Filters";
        filters_set: "Фільтри: {count}", "Filters: {count}";
        number: "Номер починається з", "Number starts with";
        text: "Пошук", "Search";
        text_hint: "Опис, товар, покупець, RRN", "Description, item, buyer, RRN";
        state: "Стан", "State";
        anomaly: "Розбіжність", "Anomaly";
        anomaly_none: "Будь-які замовлення", "All orders";
        anomaly_any: "Лише з розбіжностями", "Only with anomalies";
        from: "Від дати", "From";
        to: "До дати", "To";
        currency: "Валюта", "Currency";
        currency_any: "Будь-яка", "Any";
        min_amount: "Сума від", "Amount from";
        max_amount: "Сума до", "Amount to";
        apply: "Застосувати", "Apply";
        clear: "Скинути", "Clear";
        sort: "Упорядкувати", "Sort by";
        sort_newest: "Спершу нові", "Newest first";
        sort_oldest: "Спершу давні", "Oldest first";
        sort_largest: "Спершу більші суми", "Largest first";
        sort_smallest: "Спершу менші суми", "Smallest first";
        sort_state: "За станом", "By state";
        sort_number: "За номером", "By number";
        csv: "Завантажити CSV", "Download CSV";
        fresh: "Показати нові: {count}", "Show new: {count}";
        shown: "Показано: {count}", "Shown: {count}";
        shown_all: "Показано всі: {count}", "All shown: {count}";
        empty: "Ще немає жодного замовлення", "There are no orders yet";
        empty_lead: "Замовлення з’являться тут, щойно магазин передасть перше з них.", "Orders appear here as soon as the shop sends the first one.";
        nothing_fits: "Нічого не знайдено", "Nothing matches";
        nothing_fits_lead: "Жодне замовлення не відповідає фільтрам.", "No order matches these filters.";
        bad_text: "Потрібна літера або цифра", "A letter or a digit is needed";
        bad_amount: "Сума — це число, як-от 129,05", "An amount is a number such as 129.05";
        open: "Відкрити замовлення {order}", "Open order {order}";
        ask_now: "Перевірити статус оплати", "Check payment status";
        details: "Деталі замовлення", "Order details";
        status_of: "Оплата замовлення {order}", "Payment of order {order}";
    }
}
