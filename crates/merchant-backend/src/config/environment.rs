//! The environment goes before the file: every key has its variable, `ALLIANCEPAY_` and the key in capitals.

use toml::{Table, Value};

use super::keys::{KEYS, Key, Kind};
use super::{ConfigError, wrong};

/// More are not looked for: there is one terminal to a pay type.
const MOST_TERMINALS: usize = 8;

/// Puts what the environment has over what the file has.
pub(super) fn overlay(
    table: &mut Table,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<(), ConfigError> {
    for key in KEYS {
        match key.path.split_once("[].") {
            None => {
                let name = key.variable();
                if let Some(text) = variable(&name) {
                    put(table, key.path, value(key, &name, &text)?)?;
                }
            }
            Some((list, field)) => {
                for index in 0..MOST_TERMINALS {
                    let name = key.variable().replacen("_N_", &format!("_{index}_"), 1);
                    if let Some(text) = variable(&name) {
                        let value = value(key, &name, &text)?;
                        entry(parent(table, list)?, list, index)?.insert(field.to_owned(), value);
                    }
                }
            }
        }
    }
    Ok(())
}

fn value(key: &Key, name: &str, text: &str) -> Result<Value, ConfigError> {
    let text = text.trim();
    match key.kind {
        Kind::Text | Kind::Duration => Ok(Value::from(text)),
        Kind::Number => text.parse::<i64>().map(Value::from).map_err(|_| wrong(name, "give a whole number")),
        Kind::Flag => text.parse::<bool>().map(Value::from).map_err(|_| wrong(name, "give true or false")),
        Kind::List => {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            Ok(Value::Array(parts.map(Value::from).collect()))
        }
    }
}

fn put(table: &mut Table, path: &str, value: Value) -> Result<(), ConfigError> {
    match path.split_once('.') {
        None => {
            table.insert(path.to_owned(), value);
            Ok(())
        }
        Some((first, rest)) => {
            let inner = table.entry(first).or_insert_with(|| Value::Table(Table::new()));
            let inner =
                inner.as_table_mut().ok_or_else(|| wrong(first, "is a table: write [table] and its keys"))?;
            put(inner, rest, value)
        }
    }
}

/// The table that a list of tables stands in.
fn parent<'a>(table: &'a mut Table, list: &str) -> Result<&'a mut Table, ConfigError> {
    let Some((outer, _)) = list.split_once('.') else { return Ok(table) };
    let inner = table.entry(outer).or_insert_with(|| Value::Table(Table::new()));
    inner.as_table_mut().ok_or_else(|| wrong(outer, "is a table: write [table] and its keys"))
}

fn entry<'a>(table: &'a mut Table, list: &str, index: usize) -> Result<&'a mut Table, ConfigError> {
    let list = list.rsplit('.').next().unwrap_or(list);
    let entries = table.entry(list).or_insert_with(|| Value::Array(Vec::new()));
    let not_a_list = || wrong(list, format!("is a list of tables: write [[{list}]] and its keys"));
    let entries = entries.as_array_mut().ok_or_else(not_a_list)?;
    while entries.len() <= index {
        entries.push(Value::Table(Table::new()));
    }
    entries.get_mut(index).and_then(Value::as_table_mut).ok_or_else(not_a_list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_go_before_the_file_and_make_what_is_not_there() {
        let mut table: Table = "listen = \"a\"\n[[terminals]]\nmerchant_id = \"m\"".parse().unwrap();
        let set = |name: &str| {
            let value = match name {
                "ALLIANCEPAY_LISTEN" => "127.0.0.1:1",
                "ALLIANCEPAY_LIMITS_CONNECTIONS" => "7",
                "ALLIANCEPAY_SHOP_ALLOW_PRIVATE_WEBHOOKS" => "true",
                "ALLIANCEPAY_SHOP_RETURN_HOSTS" => "shop.example, www.shop.example",
                "ALLIANCEPAY_TERMINALS_0_SERVICE_CODE" => "s",
                "ALLIANCEPAY_TERMINALS_1_PAY_TYPE" => "A2A",
                _ => return None,
            };
            Some(value.to_owned())
        };
        overlay(&mut table, &set).unwrap();
        let expected: Table = "listen = \"127.0.0.1:1\"\nlimits.connections = 7\n\
            shop.return_hosts = [\"shop.example\", \"www.shop.example\"]\nshop.allow_private_webhooks = true\n\
            [[terminals]]\nmerchant_id = \"m\"\nservice_code = \"s\"\n[[terminals]]\npay_type = \"A2A\""
            .parse()
            .unwrap();
        assert_eq!(table, expected);
    }

    #[test]
    fn a_variable_that_cannot_be_is_named() {
        let set = |name: &str| (name == "ALLIANCEPAY_LIMITS_CONNECTIONS").then(|| "many".to_owned());
        let error = overlay(&mut Table::new(), &set).unwrap_err();
        assert_eq!(error.key, "ALLIANCEPAY_LIMITS_CONNECTIONS");
    }
}
