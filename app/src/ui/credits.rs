use leptos::prelude::*;

/// An amount of credits, such as `8,412 cr`.
#[component]
pub fn Credits(
    /// How many.
    amount: f64,
) -> impl IntoView {
    view! { <span class="num">{credits(amount)}</span> }
}

/// What something cost or how much there is: `248 cr`.
pub fn credits(amount: f64) -> String {
    format!("{} cr", number(amount))
}

/// What something will probably cost: `≈ 250 cr`.
pub fn credits_estimate(amount: f64) -> String {
    format!("≈ {}", credits(amount))
}

/// A number with thousands set apart, and one decimal only where there is one.
pub fn number(value: f64) -> String {
    let tenths = (value * 10.0).round();
    let (sign, tenths) = (if tenths < 0.0 { "-" } else { "" }, tenths.abs() as u64);
    let digits = (tenths / 10).to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match tenths % 10 {
        0 => format!("{sign}{grouped}"),
        tenth => format!("{sign}{grouped}.{tenth}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_rounded() {
        let read = |value| number(value);
        assert_eq!([read(0.0), read(412.0), read(8412.0)], ["0", "412", "8,412"]);
        assert_eq!([read(1_234_567.04), read(-1500.25), read(0.96)], ["1,234,567", "-1,500.3", "1"]);
        assert_eq!(credits_estimate(250.0), "≈ 250 cr");
    }
}
