//! Signing in, and one's own password and second factor.

words! {
    /// Signing in and one's own account.
    Account {
        sign_in: "Вхід", "Sign in";
        sign_in_lead: "Кабінет продавця AlliancePay", "AlliancePay merchant console";
        login: "Логін", "Login";
        password: "Пароль", "Password";
        show_password: "Показати пароль", "Show password";
        submit: "Увійти", "Sign in";
        submitting: "Входимо…", "Signing in…";
        code: "Код із застосунку", "Code from your app";
        code_hint: "Шість цифр із застосунку-автентифікатора.", "The six digits your authenticator app shows.";
        other_login: "Увійти під іншим логіном", "Use another login";
        signed_out: "Ви вийшли.", "You have signed out.";
        session_over: "Сеанс завершився. Увійдіть ще раз.", "Your session has ended. Please sign in again.";
        title: "Мій доступ", "My account";
        role: "Роль", "Role";
        limit: "Найбільше повернення", "Largest refund";
        daily_limit: "Повернень за день", "Refunds per day";
        unlimited: "без обмеження", "no limit";
        change_password: "Змінити пароль", "Change password";
        current_password: "Теперішній пароль", "Current password";
        new_password: "Новий пароль", "New password";
        password_hint: "Щонайменше 12 знаків. Довга фраза краща за складне слово.", "At least 12 characters. A long phrase beats a complicated word.";
        password_changed: "Пароль змінено.", "Your password has been changed.";
        totp: "Другий чинник (TOTP)", "Second factor (TOTP)";
        totp_on: "Увімкнено: при вході потрібен код із застосунку.", "On: signing in asks for a code from your app.";
        totp_off: "Вимкнено: для входу досить пароля.", "Off: a password is enough to sign in.";
        totp_start: "Увімкнути", "Switch on";
        totp_scan: "Відскануйте код застосунком-автентифікатором або введіть ключ вручну, потім впишіть шість цифр.", "Scan the code with your authenticator app, or type the key into it, then enter the six digits it shows.";
        totp_qr: "QR-код для застосунку-автентифікатора", "QR code for your authenticator app";
        totp_secret: "Ключ", "Key";
        totp_confirm: "Підтвердити й увімкнути", "Confirm and switch on";
        totp_end: "Вимкнути", "Switch off";
        totp_end_hint: "Щоб вимкнути, впишіть поточний код.", "Enter the current code to switch it off.";
        totp_is_on: "Другий чинник увімкнено.", "The second factor is on.";
        totp_is_off: "Другий чинник вимкнено.", "The second factor is off.";
    }
}
