//! The bank's registers.

words! {
    /// The bank's registers.
    Settlement {
        title: "Реєстри банку", "Settlement";
        lead: "Реєстр показує, які оплати банк зарахував на рахунок магазину.", "A register shows which payments the bank has paid out to the shop’s account.";
        import: "Завантажити реєстр", "Import a register";
        choose: "Виберіть файл", "Choose a file";
        drop: "або перетягніть його сюди: CSV банку чи файл розрахунків Alipay+ (XML, також .gz)", "or drop it here: the bank’s CSV, or the settlement file of Alipay+ (XML, also .gz)";
        uploading: "Передаємо {percent}", "Uploading {percent}";
        reading: "Звіряємо із замовленнями…", "Comparing with the orders…";
        done: "Готово: рядків {rows}, збігів {matched}, уже відомих {known}, без пари {unmatched}, з розбіжністю {mismatched}.", "Done: {rows} rows, {matched} matched, {known} already known, {unmatched} unmatched, {mismatched} mismatched.";
        again: "Цей реєстр уже завантажено: нічого не змінилося.", "This register was imported before: nothing has changed.";
        registers: "Завантажені реєстри", "Imported registers";
        none: "Жодного реєстру ще не завантажено", "No register has been imported yet";
        file: "Файл", "File";
        imported: "Завантажено", "Imported";
        rows: "Рядків", "Rows";
        matched: "Збіг", "Matched";
        known: "Уже відомі", "Already known";
        unmatched: "Без пари", "Unmatched";
        mismatched: "Розбіжність", "Mismatched";
        malformed: "Не читається", "Unreadable";
        incomplete: "Прочитано не до кінця: завантажте той самий файл ще раз", "Not read to the end: import the same file again";
        by: "хто: {who}", "by {who}";
        payment: "Оплата", "Payment";
        refund: "Повернення", "Refund";
        chargeback: "Оскарження", "Dispute";
        reversal: "Скасування", "Reversal";
        why_taken_back: "Гроші забрано назад", "Money taken back";
        why_came_back: "Забране повернулося", "Taken money came again";
        why_disputed: "Оголошено оскарження", "Dispute announced";
        why_no_key: "Нема за чим шукати", "Nothing to find it by";
        why_unknown_movement: "Невідомий вид руху", "Unknown kind of movement";
        why_not_successful: "Операція ще не успішна", "The operation has not succeeded";
        why_ambiguous: "Підходить кілька оплат", "Several payments fit";
        why_net: "Суми рядка не сходяться", "The row’s sums do not add up";
        why_commission: "Комісія більша за суму", "The fee exceeds the amount";
        why_ids_differ: "Інший номер операції", "Another operation id";
        why_no_operation: "Такої операції немає", "No such operation";
        why_sum: "Інша сума", "Another sum";
        why_currency: "Інша валюта", "Another currency";
        why_merchant: "Інший продавець", "Another merchant";
        why_already: "Уже зараховано", "Settled already";
        open: "Не звірено: {count}", "Not matched: {count}";
        line: "Рядок", "Line";
        order: "Замовлення", "Order";
        operation: "Операція", "Operation";
        kind: "Тип", "Type";
        gross: "Сума", "Amount";
        fee: "Комісія", "Fee";
        net: "До зарахування", "Net";
        why: "Примітка", "Note";
        no_rows: "Таких рядків немає.", "There are no such rows.";
        days: "Зараховано за днями, {currency}", "Net by day, {currency}";
        settled_orders: "Усі зараховані замовлення", "All settled orders";
        days_answer: "Найбільше {days}: {sum}", "Most on {days}: {sum}";
        days_none: "За ці дні зарахувань немає.", "Nothing was settled in these days.";
        day: "День", "Day";
        report: "Звіт за день (CSV)", "Daily report (CSV)";
        report_day: "День звіту", "Report day";
        report_get: "Завантажити", "Download";
        all_registers: "Усі реєстри", "All registers";
    }
}
