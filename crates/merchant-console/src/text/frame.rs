//! Around every page: navigation, looks, what several pages say.

words! {
    /// Around every page.
    Frame {
        product: "AlliancePay · кабінет", "AlliancePay console";
        place: "кабінет продавця", "merchant console";
        skip: "До вмісту", "Skip to content";
        navigation: "Розділи", "Sections";
        overview: "Огляд", "Overview";
        orders: "Замовлення", "Orders";
        settlement: "Реєстри", "Settlement";
        staff: "Працівники", "Staff";
        audit: "Журнал дій", "Audit log";
        account: "Мій доступ", "My account";
        sign_out: "Вийти", "Sign out";
        language: "Мова", "Language";
        theme: "Вигляд", "Appearance";
        theme_auto: "Як у системі", "As the system";
        theme_light: "Світлий", "Light";
        theme_dark: "Темний", "Dark";
        loading: "Завантаження…", "Loading…";
        retry: "Спробувати ще раз", "Try again";
        copy: "Копіювати", "Copy";
        copied: "Скопійовано", "Copied";
        copy_what: "Копіювати: {what}", "Copy {what}";
        close: "Закрити", "Close";
        cancel: "Скасувати", "Cancel";
        save: "Зберегти", "Save";
        back: "Назад", "Back";
        more: "Показати ще", "Load more";
        as_table: "Показати таблицею", "Show as a table";
        open: "Відкрити", "Open";
        opens_new: "відкриється в новій вкладці", "opens in a new tab";
        live: "Оновлюється само", "Live";
        live_lost: "Зв’язок перервано, відновлюємо…", "Connection lost, reconnecting…";
        none: "—", "—";
        yes: "Так", "Yes";
        no: "Ні", "No";
        not_found: "Такої сторінки немає", "There is no such page";
        to_orders: "До списку замовлень", "To the list of orders";
        crashed: "Кабінет зупинився через помилку. Оновіть сторінку.", "The console has stopped. Please reload the page.";
        viewer: "Перегляд", "Viewer";
        operator: "Оператор", "Operator";
        refunder: "Повернення", "Refunder";
        admin: "Адміністратор", "Admin";
    }
}
