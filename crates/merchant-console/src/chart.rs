//! Bars in whole units of a drawing: no floats, not even beside money.

/// The drawing's height in its own units.
pub const HEIGHT: i64 = 1_000;

/// One bar: where it begins and how tall it is, from the top down as SVG counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// From the top.
    pub y: i64,
    /// Down to its foot.
    pub height: i64,
}

/// Scales values to bars. Values below zero hang down from the zero line.
pub fn bars(values: &[i64]) -> Vec<Bar> {
    let top = values.iter().copied().max().unwrap_or(0).max(0);
    let bottom = values.iter().copied().min().unwrap_or(0).min(0);
    let span = top.saturating_sub(bottom).max(1);
    let scale = |value: i64| value.saturating_mul(HEIGHT) / span;
    let zero = scale(top);
    values
        .iter()
        .map(|value| {
            let length = scale(value.saturating_abs());
            // What is not nothing is seen.
            let height = if *value == 0 { 0 } else { length.max(12) };
            if *value < 0 { Bar { y: zero, height } } else { Bar { y: zero.saturating_sub(height), height } }
        })
        .collect()
}

/// The place of the largest value; `None` when all are nothing.
pub fn largest(values: &[i64]) -> Option<usize> {
    let most = values.iter().copied().max().filter(|most| *most > 0)?;
    values.iter().position(|value| *value == most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_fills_the_drawing_and_nothing_has_no_height() {
        let drawn = bars(&[0, 50, 100]);
        assert_eq!(drawn[0], Bar { y: HEIGHT, height: 0 });
        assert_eq!(drawn[1], Bar { y: 500, height: 500 });
        assert_eq!(drawn[2], Bar { y: 0, height: HEIGHT });
    }

    #[test]
    fn days_on_which_money_left_hang_below_the_line() {
        let drawn = bars(&[100, -100]);
        assert_eq!(drawn[0], Bar { y: 0, height: 500 });
        assert_eq!(drawn[1], Bar { y: 500, height: 500 });
    }

    #[test]
    fn no_values_draw_nothing() {
        assert_eq!(bars(&[]), []);
        assert_eq!(largest(&[0, 0]), None);
        assert_eq!(largest(&[1, 3, 3]), Some(1));
    }
}
