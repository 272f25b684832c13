//! The filters of a view: all of them must hold.

use leptos::prelude::*;
use model::{Filter, Operand, RowState, Test};

use super::change;
use super::drawer::OperandSelect;
use crate::ui::{Icon, IconName};
use crate::vidsheets::grid_state::GridState;

/// One line for each filter, and one for the next.
#[component]
pub fn Filters(
    /// The open vidsheet.
    state: GridState,
) -> impl IntoView {
    let count = Memo::new(move |_| state.view.with(|view| view.filters.len()));
    let add = move |on: Option<Operand>| {
        if let Some(on) = on {
            let is = first_test(&on);
            change(state, |view| view.filters.push(Filter { on, is }));
        }
    };
    view! {
        <fieldset class="view-part">
            <legend>"Filters"</legend>
            <For each=move || 0..count.get() key=|at| *at let:at>
                <Line state at />
            </For>
            <OperandSelect state label="Filter by" none="Add a filter…" on_choose=add />
        </fieldset>
    }
}

/// One filter: what is looked at, what must be so, and with which value.
#[component]
fn Line(state: GridState, at: usize) -> impl IntoView {
    let filter = Memo::new(move |_| state.view.with(|view| view.filters.get(at).cloned()));
    let name = format!("Filter {}", at + 1);
    let on = Signal::derive(move || filter.get().map(|filter| filter.on));
    let tests = Memo::new(move |_| on.get().map(|on| tests_of(&on)).unwrap_or_default());
    let choose_operand = move |on: Option<Operand>| {
        change(state, |view| match on {
            Some(on) => view.filters[at] = Filter { is: first_test(&on), on },
            None => drop(view.filters.remove(at)),
        });
    };
    let set = move |test: Test| change(state, |view| view.filters[at].is = test);
    let choose_test = move |words: String| {
        let found = tests.with_untracked(|tests| tests.iter().find(|(one, _)| *one == words).cloned());
        let value = filter.get_untracked().and_then(|filter| value_of(&filter.is)).unwrap_or_default();
        if let Some((_, test)) = found {
            set(with_value(&test, &value));
        }
    };
    let option = move |(words, test): (&'static str, Test)| {
        let selected =
            move || filter.with(|filter| filter.as_ref().is_some_and(|filter| is_alike(&filter.is, &test)));
        view! { <option value=words prop:selected=selected>{words}</option> }
    };
    let asks = Memo::new(move |_| filter.with(|filter| filter.as_ref().map(|filter| asks(&filter.is))));
    let value_name = format!("{name}, value");
    let value = move || {
        let name = value_name.clone();
        let test = move || filter.get_untracked().map(|filter| filter.is);
        let typed = move |text: String| {
            if let Some(test) = test() {
                set(with_value(&test, &text));
            }
        };
        match asks.get()? {
            Asks::Nothing => None,
            Asks::State => Some(view! { <StateSelect filter name on_choose=set /> }.into_any()),
            Asks::Text | Asks::Number => {
                let kind = if asks.get_untracked() == Some(Asks::Number) { "number" } else { "text" };
                let text = test().as_ref().and_then(value_of).unwrap_or_default();
                Some(view! { <input class="input" type=kind step="any" aria-label=name value=text on:change:target=move |event| typed(event.target().value()) /> }.into_any())
            }
        }
    };
    view! {
        <div class="view-line">
            <OperandSelect state label=name.clone() none="Remove" chosen=on on_choose=choose_operand />
            <select class="input" aria-label=format!("{name}, test") on:change:target=move |event| choose_test(event.target().value())>
                {move || tests.get().into_iter().map(option).collect_view()}
            </select>
            {value}
            <button type="button" class="button icon-only" aria-label=format!("Remove {}", name.to_lowercase()) on:click=move |_| choose_operand(None)>
                <Icon name=IconName::Cross />
            </button>
        </div>
    }
}

#[component]
fn StateSelect(
    filter: Memo<Option<Filter>>,
    name: String,
    #[prop(into)] on_choose: Callback<Test>,
) -> impl IntoView {
    let option = move |one: RowState| {
        let is = Test::In(one);
        let selected = move || filter.with(|filter| filter.as_ref().is_some_and(|filter| filter.is == is));
        view! { <option prop:selected=selected>{one.words()}</option> }
    };
    let choose = move |words: String| {
        if let Some(found) = RowState::ALL.into_iter().find(|one| one.words() == words) {
            on_choose.run(Test::In(found));
        }
    };
    view! {
        <select class="input" aria-label=name on:change:target=move |event| choose(event.target().value())>
            {RowState::ALL.map(option).collect_view()}
        </select>
    }
}

/// What a test has to be told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Nothing,
    State,
    Text,
    Number,
}

fn asks(test: &Test) -> Asks {
    match test {
        Test::Empty | Test::Filled => Asks::Nothing,
        Test::In(_) => Asks::State,
        Test::Above(_) | Test::Below(_) => Asks::Number,
        Test::Contains(_) | Test::Lacks(_) | Test::Equals(_) | Test::Differs(_) => Asks::Text,
    }
}

/// Whether two tests differ in their value at most.
fn is_alike(one: &Test, other: &Test) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

/// What can be asked of an operand, with an empty value.
fn tests_of(on: &Operand) -> Vec<(&'static str, Test)> {
    let numbers = [("is above", Test::Above(0.0)), ("is below", Test::Below(0.0))];
    let any = [("is empty", Test::Empty), ("is filled", Test::Filled)];
    match on {
        Operand::State => vec![("is", Test::In(RowState::Started))],
        Operand::Cost => numbers.into_iter().chain(any).collect(),
        Operand::Column { .. } => {
            let texts = [
                ("contains", Test::Contains(String::new())),
                ("does not contain", Test::Lacks(String::new())),
                ("is exactly", Test::Equals(String::new())),
                ("is not", Test::Differs(String::new())),
            ];
            texts.into_iter().chain(any).chain(numbers).collect()
        }
    }
}

/// A filter that was just added lets everything through that it can.
fn first_test(on: &Operand) -> Test {
    match on {
        Operand::State => Test::In(RowState::Started),
        Operand::Cost => Test::Filled,
        Operand::Column { .. } => Test::Contains(String::new()),
    }
}

/// The same test with another value; a number that cannot be read is zero.
fn with_value(test: &Test, value: &str) -> Test {
    let number = || value.trim().parse().ok().filter(|number: &f64| number.is_finite()).unwrap_or(0.0);
    match test {
        Test::Contains(_) => Test::Contains(value.to_owned()),
        Test::Lacks(_) => Test::Lacks(value.to_owned()),
        Test::Equals(_) => Test::Equals(value.to_owned()),
        Test::Differs(_) => Test::Differs(value.to_owned()),
        Test::Above(_) => Test::Above(number()),
        Test::Below(_) => Test::Below(number()),
        Test::Empty => Test::Empty,
        Test::Filled => Test::Filled,
        Test::In(state) => Test::In(*state),
    }
}

fn value_of(test: &Test) -> Option<String> {
    match test {
        Test::Contains(text) | Test::Lacks(text) | Test::Equals(text) | Test::Differs(text) => {
            Some(text.clone())
        }
        Test::Above(number) | Test::Below(number) => Some(number.to_string()),
        Test::Empty | Test::Filled | Test::In(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_goes_along_when_the_test_changes() {
        let kept = value_of(&Test::Contains("7".into())).unwrap();
        assert_eq!(with_value(&Test::Equals(String::new()), &kept), Test::Equals("7".into()));
        assert_eq!(with_value(&Test::Above(0.0), &kept), Test::Above(7.0));
        assert_eq!(with_value(&Test::Below(1.0), "soon"), Test::Below(0.0));
    }

    #[test]
    fn a_new_filter_is_one_that_its_operand_can_have() {
        let column = Operand::Column { id: "1".parse().unwrap() };
        for on in [Operand::State, Operand::Cost, column] {
            let first = first_test(&on);
            assert!(tests_of(&on).iter().any(|(_, test)| is_alike(test, &first)));
        }
    }
}
