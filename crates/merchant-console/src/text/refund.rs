//! The refund dialog.

words! {
    /// Giving money back.
    Refund {
        title: "Часткове повернення коштів", "Refund";
        lead: "Замовлення {order} · можна повернути {sum}", "Order {order} · {sum} can go back";
        way: "Що повернути", "What to refund";
        way_everything: "Усе, що лишилося", "Everything that remains";
        way_lines: "За позиціями", "By items";
        way_sum: "Довільну суму", "A free amount";
        line: "Товар", "Item";
        left: "Лишилося", "Left";
        left_of: "{count} шт. · {sum}", "{count} pcs · {sum}";
        quantity: "Кількість", "Quantity";
        sum: "Сума", "Sum";
        or_sum: "або сума", "or sum";
        quantity_of: "Кількість до повернення: {item}", "Quantity to refund: {item}";
        sum_of: "Сума до повернення: {item}", "Sum to refund: {item}";
        all_of: "Усе", "All";
        all_of_item: "Усе: {item}", "All of {item}";
        shipping: "Доставка", "Shipping";
        amount: "Сума повернення", "Amount to refund";
        reason: "Причина", "Reason";
        reason_hint: "Побачать лише працівники й магазин.", "Only staff and the shop see it.";
        total: "Разом до повернення", "Total to refund";
        remains_after: "Після цього лишиться {sum}", "{sum} will remain after that";
        next: "Далі", "Continue";
        confirm_title: "Повернути {sum}?", "Refund {sum}?";
        confirm_online: "{provider} поверне {sum} покупцеві на {instrument}. Скасувати це не можна.", "{provider} returns {sum} to the buyer’s {instrument}. This cannot be undone.";
        confirm_instrument: "картку чи рахунок", "card or account";
        confirm_change: "Змінити", "Change";
        online: "Повернути {sum}", "Refund {sum}";
        online_name: "Повернення", "Refund";
        offline: "Повернути офлайн {sum}", "Refund offline {sum}";
        offline_name: "Повернення офлайн", "Refund offline";
        offline_lead: "Лише запис: запиту не буде, кошти ви повертаєте самі (готівкою чи переказом).", "A record only: no request is sent, and you return the money yourself (cash or transfer).";
        confirm_offline: "Буде записано повернення {sum}. Запиту до банку не буде.", "A refund of {sum} will be recorded. No request goes to the bank.";
        how: "Спосіб", "How";
        online_lead: "{provider} поверне кошти туди, звідки їх сплачено.", "{provider} returns the money to where it was paid from.";
        sending: "Надсилаємо…", "Sending…";
        pending: "{provider}: повернення {sum} прийнято. Чекаємо на результат…", "{provider} took the refund of {sum}. Waiting for the result…";
        unknown: "{provider} ще не відповідає. З’ясовуємо; вдруге не надсилаємо.", "{provider} has not answered yet. Finding out; it is never sent twice.";
        done: "Повернено {sum}.", "{sum} has been refunded.";
        recorded: "Записано повернення {sum}. Запиту до банку не було.", "A refund of {sum} is recorded. No request went to the bank.";
        failed: "{provider}: відмовлено. {reason}. Кошти не повернено.", "{provider} refused: {reason}. No money went back.";
        lost_title: "Замовлення змінилося", "The order has changed";
        lost: "Хтось інший уже повернув частину коштів. Лишилося {sum}: перевірте суму ще раз.", "Somebody else has refunded a part. {sum} remains: please check the amount again.";
        why_not_paid: "Повертати можна лише оплачене замовлення.", "Only a paid order can be refunded.";
        why_nothing_left: "Усе вже повернено або повертається.", "Everything has gone back or is on its way.";
        why_waits: "Повернення можливе лише після зарахування (PAID): Alipay+ не повертає раніше. Дочекайтеся стану «Оплачено, зараховано».", "A refund is possible only after settlement (PAID): Alipay+ gives nothing back before. Wait for the state “Paid, settled”.";
        why_role: "Ваша роль не дозволяє повертати кошти.", "Your role may not refund.";
        why_not_at_bank: "{provider} не повертає таку оплату запитом: поверніть кошти інакше й запишіть офлайн.", "{provider} does not refund this kind of payment: return the money another way and record it offline.";
        nothing_chosen: "Вкажіть, що повернути.", "Choose what to refund.";
        too_much: "Забагато: лишилося {sum}.", "Too much: {sum} is left.";
        too_many: "Забагато: лишилося {count} шт.", "Too many: {count} left.";
        unreadable: "Сума — це число, як-от 129,05.", "An amount is a number such as 129.05.";
        both: "Вкажіть кількість або суму, не обидві.", "Give a quantity or a sum, not both.";
        payment_waits: "лише після зарахування (PAID)", "only after settlement (PAID)";
        no_answer: "Відповіді немає: повернення, можливо, вже прийнято. Натисніть ще раз, щойно з’явиться зв’язок: удруге те саме не повернеться.", "No answer came, and the refund may have been taken. Press again once you are connected: the same money never goes back twice.";
        limits: "Ваш ліміт: {one} за раз, {day} за день.", "Your limit: {one} per refund, {day} per day.";
        the_bank: "Банк", "The bank";
        which_payment: "Яку оплату", "Which payment";
    }
}
