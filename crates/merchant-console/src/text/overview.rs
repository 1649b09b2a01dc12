//! The numbers of the day.

words! {
    /// The numbers of the day.
    Overview {
        title: "Огляд", "Overview";
        day: "День", "Day";
        captured: "Оплачено за день", "Captured on the day";
        captured_today: "Оплачено сьогодні", "Captured today";
        captured_count: "оплат: {count}", "{count} payments";
        refunded: "повернено {sum}", "{sum} refunded";
        nothing: "Ще нічого", "Nothing yet";
        success: "Успішність", "Success rate";
        success_lead: "{good} з {all} спроб", "{good} of {all} attempts";
        waiting: "Чекають на оплату", "Waiting";
        oldest: "Найдавніше: {when}", "Oldest: {when}";
        oldest_none: "Незавершених немає", "None is open";
        anomalies: "Розбіжності", "Anomalies";
        anomalies_none: "Жодної", "None";
        anomalies_look: "Переглянути", "Look at them";
        hours: "Коли платять?", "When do buyers pay?";
        hours_in: "Коли платять у {currency}?", "When do buyers pay in {currency}?";
        hours_answer: "Найбільше о {hour}: {sum}", "Most at {hour}: {sum}";
        hours_none: "Цього дня оплат ще не було.", "No payments on this day yet.";
        hour: "Година", "Hour";
        count: "Кількість", "Count";
        sum: "Сума", "Sum";
        declines: "Чому відмовляють?", "Why are payments declined?";
        declines_none: "Відмов не було.", "There were no declines.";
        reason: "Причина", "Reason";
        delay: "Затримка callback", "Callback delay";
        delay_lead: "для половини; 95 % — за {p95}", "for half of them; 95% within {p95}";
        delay_none: "Callback ще не було", "No callbacks yet";
        seconds: "{n} с", "{n} s";
        milliseconds: "{n} мс", "{n} ms";
    }
}
