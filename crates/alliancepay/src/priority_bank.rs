//! The bank an A2A page opens first (AlliancePay docs: reference list `priorityBankCode`).

use crate::open_enum::open_enum;

open_enum! {
    /// A word of `priorityBankCode`; goes into [`crate::CreateOrder::priority_bank_code`]. The list grows: a bank that
    /// is missing here is sent as [`PriorityBank::Unrecognized`].
    PriorityBank {
        /// The payment page lists all banks.
        AllBanks = "ALL_BANKS",
        /// The NBU's QR page in the bank's own look.
        QrBankGov = "QR_BANK_GOV",
        /// The NBU's page.
        BankGov = "BANK_GOV",
        /// A-Bank.
        ABank = "A_BANK",
        /// Accordbank.
        AccordBank = "ACCORD_BANK",
        /// Bank 3/4.
        Bank34 = "BANK_34",
        /// Credit Agricole.
        CreditAgricole = "CREDIT_AGRICOLE_BANK",
        /// Credit Dnipro.
        CreditDnepr = "CREDIT_DNEPR",
        /// Globus.
        Globus = "GLOBUS_BANK",
        /// monobank.
        Mono = "MONO_BANK",
        /// MTB.
        Mtb = "MTB_BANK",
        /// OTP.
        Otp = "OTP_BANK",
        /// Pivdennyi.
        Pivdenny = "PIVDENNY_BANK",
        /// Pravex.
        Pravex = "PRAVEX_BANK",
        /// PrivatBank.
        Privat = "PRIVAT_BANK",
        /// Rada.
        Rada = "RADA_BANK",
        /// Sense.
        Sense = "SENSE_BANK",
        /// Ukrsibbank.
        Ukrsib = "UKRSIB_BANK",
        /// Unex.
        Unex = "UNEX_BANK",
        /// Vst.
        Vst = "VST_BANK",
        /// Raiffeisen.
        Raiffeisen = "RAIFFEISEN_BANK",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_the_docs_has_twenty_one_words_and_takes_more() {
        assert_eq!(PriorityBank::KNOWN.len(), 21);
        for bank in PriorityBank::KNOWN {
            assert_eq!(PriorityBank::from(bank.as_str()), *bank);
        }
        assert_eq!(PriorityBank::from("NEW_BANK").to_string(), "NEW_BANK");
    }
}
