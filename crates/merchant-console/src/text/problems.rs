//! What went wrong, by the problem's stable code.

words! {
    /// What went wrong.
    Problems {
        network: "Немає зв’язку з сервером. Перевірте мережу.", "The backend cannot be reached. Check your connection.";
        unreachable: "Сервер зараз недоступний. Спробуйте за хвилину.", "The backend cannot be reached now. Try again in a minute.";
        unavailable: "Сервер зараз не може цього зробити. Спробуйте за хвилину: зроблене вдруге не повториться.", "The backend cannot do this now. Try again in a minute: what is done is not done twice.";
        wrong_credentials: "Логін, пароль або код не підходять.", "Login, password or code is wrong.";
        second_factor_on: "Другий чинник уже ввімкнено. Спершу вимкніть його.", "The second factor is on already. Switch it off first.";
        too_many_logins: "Забагато спроб. Спробуйте за {wait} с.", "Too many attempts. Try again in {wait} s.";
        not_signed_in: "Потрібно увійти.", "Please sign in.";
        token_over: "Доступ із адмінки магазину завершився. Оновіть сторінку.", "The access from your shop’s admin has ended. Reload the page.";
        role_too_low: "Ваша роль цього не дозволяє.", "Your role does not allow this.";
        refund_limit: "Це більше за ваш ліміт повернень.", "This is above your refund limit.";
        scope: "Цей доступ — для іншого замовлення.", "This access is for another order.";
        csrf: "Сторінка застаріла. Оновіть її.", "The page is out of date. Reload it.";
        weak_password: "Пароль закороткий, надто поширений або містить логін.", "The password is too short, too common or holds the login.";
        login_taken: "Такий логін уже є.", "There is already somebody with this login.";
        last_admin: "Має лишитися хоча б один адміністратор.", "At least one admin must remain.";
        not_found: "Такого немає.", "There is no such thing.";
        not_paid: "Повертати можна лише оплачене замовлення.", "Only a paid order can be refunded.";
        nothing_left: "Усе вже повернено або повертається.", "Everything has gone back or is on its way.";
        waits_for_settlement: "Повернення можливе лише після зарахування (PAID).", "A refund is possible only after settlement (PAID).";
        refund_too_large: "Це більше, ніж лишилося.", "This is more than what remains.";
        refund_changed: "Поки ви підтверджували, сума змінилася. Нічого не повернено: перевірте її ще раз.", "The sum changed while you confirmed it. Nothing went back: please check it again.";
        several_payments: "Гроші надійшли кількома платежами, а одне повернення бере лише з одного. Повертайте кожен окремо, його сумою: щонайбільше стільки, скільки є в одному з них.", "The money came in several payments, and one refund takes from one. Give each back by its own sum: at most what one of them holds.";
        refund_not_supported: "Банк не повертає таку оплату своїм запитом. Можна записати повернення офлайн.", "The bank does not refund this kind of payment. It can be recorded offline.";
        bank_unavailable: "Банк зараз не відповідає. Спробуйте за хвилину.", "The bank does not answer now. Try again in a minute.";
        busy: "Саме зараз триває така сама дія. Спробуйте за мить.", "The same thing is under way. Try again in a moment.";
        key_reused: "Це вже надсилали з іншими даними. Оновіть сторінку й перевірте повернення замовлення.", "This was sent before with other data. Reload the page and check the order’s refunds.";
        invalid_request: "Сервер не прийняв запит. {detail}", "The backend did not accept the request. {detail}";
        request_timeout: "Дані надходили надто довго. Надішліть їх ще раз.", "The data took too long to arrive. Send it again.";
        too_large: "Це завелике для сервера.", "This is too large for the backend.";
        not_a_register: "Файл не вдалося прочитати як реєстр. {detail}", "The file cannot be read as a register. {detail}";
        rate_limited: "Забагато запитів. Зачекайте трохи.", "Too many requests. Wait a little.";
        not_there: "Цей сервер ще не має такої можливості.", "This backend does not have this yet.";
        other: "Не вдалося. {detail}", "It did not work. {detail}";
        support: "Номер запиту для підтримки: {id}", "Request id for support: {id}";
        setup_backend: "Вкажіть атрибут backend: адресу сервера AlliancePay.", "Set the attribute backend: the address of the AlliancePay backend.";
        setup_token: "Вкажіть атрибут token або token-url.", "Set the attribute token or token-url.";
        setup_order: "Вкажіть атрибут order: номер замовлення.", "Set the attribute order: the order’s number.";
    }
}
