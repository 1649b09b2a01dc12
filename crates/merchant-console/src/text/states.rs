//! States, anomalies, ways to pay, kinds of operations and the bank's decline reasons.

words! {
    /// States, anomalies, products, decline reasons.
    States {
        created: "Створено", "Created";
        redirected: "Очікує оплати", "Awaiting payment";
        captured: "Оплачено", "Paid";
        paid: "Оплачено, зараховано", "Paid, settled";
        partially_refunded: "Частково повернено", "Partially refunded";
        refunded: "Повернено", "Refunded";
        rejected: "Відхилено", "Declined";
        cancelled: "Скасовано", "Cancelled";
        expired: "Час вийшов", "Expired";
        unknown: "Ще не відомо", "Not known yet";
        refund_unknown: "Ще не відомо", "Not known yet";
        refund_pending: "Виконується", "Under way";
        refund_done: "Виконано", "Done";
        refund_failed: "Відмовлено", "Refused";
        underpaid: "Недоплата", "Underpaid";
        overpaid: "Переплата", "Overpaid";
        repeated: "Оплачено двічі", "Paid twice";
        unreachable: "Сторінку втрачено", "Page lost";
        underpaid_lead: "Надійшло менше, ніж сума замовлення. Не відправляйте товар автоматично.", "Less came than the order asks for. Do not ship automatically.";
        overpaid_lead: "Надійшло більше, ніж сума замовлення. Різницю можна повернути.", "More came than the order asks for. The difference can go back.";
        repeated_lead: "Покупець сплатив двічі. Поверніть одну з оплат.", "The buyer paid twice. Refund one of the payments.";
        unreachable_lead: "Банк знає спробу, сторінки якої ні в кого немає. Стежимо за нею.", "The bank knows an attempt whose page nobody has. It is being watched.";
        card: "Картка", "Card";
        a2a: "З рахунку (A2A)", "Bank account (A2A)";
        alipayplus: "Alipay+", "Alipay+";
        op_purchase: "Оплата", "Purchase";
        op_a2a: "Оплата з рахунку", "Account payment";
        op_refund: "Повернення", "Refund";
        op_completion: "Завершення", "Completion";
        op_chargeback: "Чарджбек", "Chargeback";
        op_chargeback_announced: "Чарджбек оголошено", "Chargeback announced";
        op_reversed: "Кошти відкликано", "Reversed";
        op_rejected_capture: "Списання відхилено", "Capture rejected";
        op_success: "Успішно", "Success";
        op_pending: "В обробці", "Pending";
        op_fail: "Невдало", "Failed";
        declined_funds: "Недостатньо коштів", "Insufficient funds";
        declined_expired_card: "Строк дії картки минув", "Expired card";
        declined_limit: "Перевищено ліміт картки", "Card limit exceeded";
        declined_cvv: "Хибний CVV", "Wrong CVV";
        declined_3ds: "Не пройдено 3-D Secure", "3-D Secure was not passed";
        declined_issuer: "Банк-емітент недоступний", "The issuing bank is unavailable";
        declined_pickup: "Картку заблоковано банком", "The card is blocked by its bank";
        declined_otherwise: "Інша причина", "Another reason";
        declined_page: "Сторінка оплати не на дозволеній адресі (page_hosts)", "The payment page is at an address that is not allowed (page_hosts)";
        declined_processing: "Помилка обробки", "Processing error";
        refund_not_sent: "Запит не надіслано", "The request was not sent";
        refund_never_arrived: "Запит не дійшов", "The request never arrived";
    }
}
