//! Colleagues and what everyone did.

words! {
    /// Colleagues and the audit log.
    Staff {
        title: "Працівники", "Staff";
        add: "Додати працівника", "Add a colleague";
        add_title: "Новий працівник", "New colleague";
        edit: "Змінити", "Edit";
        edit_who: "Змінити доступ: {login}", "Edit access of {login}";
        login: "Логін", "Login";
        login_hint: "Латинські літери, цифри, крапка, дефіс.", "Latin letters, digits, dots, hyphens.";
        role: "Роль", "Role";
        role_viewer: "Лише переглядає.", "Only looks.";
        role_operator: "Переглядає й запитує банк.", "Looks and asks the bank.";
        role_refunder: "Також повертає кошти в межах лімітів.", "Also refunds, within limits.";
        role_admin: "Усе, і працівники теж.", "Everything, staff too.";
        limit: "Ліміт одного повернення, грн", "Limit per refund, UAH";
        daily_limit: "Ліміт повернень за день, грн", "Limit of refunds per day, UAH";
        limit_hint: "Порожньо — без обмеження.", "Empty: no limit.";
        password: "Пароль", "Password";
        new_password: "Новий пароль (якщо треба)", "New password (if needed)";
        active: "Може входити", "May sign in";
        inactive: "Вимкнено", "Switched off";
        state: "Доступ", "Access";
        totp: "Другий чинник", "Second factor";
        saved: "Збережено: {login}.", "Saved: {login}.";
        audit_title: "Журнал дій", "Audit log";
        when: "Коли", "When";
        actor: "Хто", "Who";
        action: "Дія", "Action";
        order: "Замовлення", "Order";
        detail: "Подробиці", "Detail";
        audit_empty: "Записів немає", "No entries";
        filter_actor: "Хто", "Who";
        filter_order: "Замовлення", "Order";
        show: "Показати", "Show";
        did_sign_in: "Вхід", "Signed in";
        did_sign_in_failed: "Невдала спроба входу", "Failed to sign in";
        did_sign_out: "Вихід", "Signed out";
        did_check: "Запитано банк", "Asked the bank";
        did_read: "Прочитано повідомлення", "Read a raw message";
        did_export: "Завантажено список замовлень", "Downloaded the list of orders";
        did_report: "Завантажено звіт за день", "Downloaded a daily report";
        did_refund_refused: "Повернення не дозволено", "Was not allowed to refund";
        refused_by_role: "Роль не дозволяє", "The role does not allow it";
        refused_by_limit: "Понад ліміт", "Above the limit";
        did_refund: "Розпочато повернення", "Started a refund";
        did_refund_offline: "Записано повернення офлайн", "Recorded a refund offline";
        did_staff_added: "Додано працівника", "Added a colleague";
        did_staff_changed: "Змінено доступ", "Changed access";
        did_password_changed: "Змінено пароль", "Changed the password";
        did_totp_on: "Увімкнено другий чинник", "Switched the second factor on";
        did_totp_off: "Вимкнено другий чинник", "Switched the second factor off";
        did_token: "Видано токен адмінці", "Issued a token for the shop’s admin";
        did_import: "Завантажено реєстр", "Imported a register";
        did_webhook: "Вебхук надіслано ще раз", "Sent a webhook again";
    }
}
