//! Values on their way to GEN: one by one or many in a call, and what GEN did not confirm is read back.

use std::collections::HashMap;

use gen_client::model::Cell;
use gen_client::{CellId, Error as Gen, GenClient};

use super::super::Place;
use crate::{Error, Result, Store};

/// So many cells go by one call.
const AT_ONCE: usize = 500;
/// So many more calls find out which of many GEN refuses; what is left then is refused together.
const MORE_CALLS: usize = 100;

/// What became of a value.
#[derive(Clone, Debug)]
pub(crate) enum Sent {
    /// GEN has it; its answer where it was about this cell alone.
    Saved(Option<Box<Cell>>),
    /// GEN was not reached or cannot take it now; whether it may have arrived all the same.
    Away(Gen),
    /// GEN does not take it.
    Refused(Gen),
}

/// What became of each value, by its cell.
pub(crate) type Outcomes = HashMap<CellId, Sent>;

impl Store {
    /// Sets values at GEN by few calls. Where GEN refuses many together, the call is halved until it is known which.
    pub(crate) async fn send_values(
        &self,
        place: &Place,
        client: &GenClient,
        values: &[(CellId, String)],
    ) -> Result<Outcomes> {
        let mut outcomes = Outcomes::new();
        let mut unsure = Vec::new();
        let mut more_calls = MORE_CALLS;
        let mut left: Vec<&[(CellId, String)]> = values.chunks(AT_ONCE).rev().collect();
        while let Some(some) = left.pop() {
            if let [(cell, value)] = some {
                let sent = self.send_value(place, client, cell, value).await?;
                outcomes.insert(cell.clone(), sent);
                continue;
            }
            let answer = client.mass_update_cells(&place.agent, &place.vidsheet, some).await;
            match self.noted(place.key, answer).await {
                Ok(answer) => {
                    let taken = values_of(&answer);
                    for (cell, value) in some {
                        if taken.get(cell) == Some(&value.as_str()) {
                            outcomes.insert(cell.clone(), Sent::Saved(None));
                        } else {
                            unsure.push((cell, value));
                        }
                    }
                }
                Err(Error::Gen(error)) if is_away(&error) => {
                    // Whoever is away for these is away for the others.
                    for (cell, _) in some.iter().chain(left.drain(..).flatten()) {
                        outcomes.insert(cell.clone(), Sent::Away(error.clone()));
                    }
                }
                Err(Error::Gen(error)) if is_about_some(&error) && more_calls > 0 => {
                    more_calls -= 1;
                    let (first, second) = some.split_at(some.len() / 2);
                    left.extend([second, first]);
                }
                Err(Error::Gen(error)) => {
                    let refused = some.iter().map(|(cell, _)| (cell.clone(), Sent::Refused(error.clone())));
                    outcomes.extend(refused);
                }
                Err(error) => return Err(error),
            }
        }
        self.read_back(place, client, unsure, &mut outcomes).await?;
        Ok(outcomes)
    }

    /// A short answer does not say what GEN took (D24): it is read back, and what is not there is sent cell by cell.
    async fn read_back(
        &self,
        place: &Place,
        client: &GenClient,
        unsure: Vec<(&CellId, &String)>,
        outcomes: &mut Outcomes,
    ) -> Result<()> {
        if unsure.is_empty() {
            return Ok(());
        }
        let mut away = None;
        let rows = match self.noted(place.key, client.list_rows(&place.agent, &place.vidsheet).await).await {
            Ok(rows) => rows,
            Err(Error::Gen(error)) => {
                away = Some(error);
                Vec::new()
            }
            Err(error) => return Err(error),
        };
        let found = values_of(rows.iter().flat_map(|row| &row.cells));
        for (cell, value) in unsure {
            let sent = match &away {
                Some(error) => Sent::Away(error.clone()),
                None if found.get(cell) == Some(&value.as_str()) => Sent::Saved(None),
                None => self.send_value(place, client, cell, value).await?,
            };
            if let Sent::Away(error) = &sent {
                away = Some(error.clone());
            }
            outcomes.insert(cell.clone(), sent);
        }
        Ok(())
    }

    async fn send_value(
        &self,
        place: &Place,
        client: &GenClient,
        cell: &CellId,
        value: &str,
    ) -> Result<Sent> {
        let answer = client.update_cell(&place.agent, &place.vidsheet, cell, value).await;
        match self.noted(place.key, answer).await {
            Ok(mut answer) => {
                // A short answer says that it was done without saying what is there now.
                answer.value = answer.value.or_else(|| Some(value.to_owned()));
                Ok(Sent::Saved(Some(Box::new(answer))))
            }
            Err(Error::Gen(error)) if is_away(&error) => Ok(Sent::Away(error)),
            Err(Error::Gen(error)) => Ok(Sent::Refused(error)),
            Err(error) => Err(error),
        }
    }
}

/// Whether it may go well later, as it is.
fn is_away(error: &Gen) -> bool {
    match error {
        Gen::Unreachable { .. } | Gen::Decode { .. } => true,
        Gen::Api { status, .. } => matches!(status, 408 | 429 | 500..),
        Gen::Invalid(_) => false,
    }
}

/// Whether some of many may be what GEN does not like.
fn is_about_some(error: &Gen) -> bool {
    matches!(error, Gen::Api { status: 400 | 404 | 413 | 422, .. })
}

fn values_of<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> HashMap<&'a CellId, &'a str> {
    cells.into_iter().map(|cell| (&cell.id, cell.value.as_deref().unwrap_or_default())).collect()
}
