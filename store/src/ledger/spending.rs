//! Caps on what is spent in a day of UTC, reserved in the transaction that writes an intent down.

use model::{Action, Budget, Cap, CapScope, PersonId, Topic};
use sqlx::SqliteConnection;

use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The largest cap that can be set.
const CAP_MAX: f64 = 1e9;

/// What a person may still spend, while intents of theirs are written down.
pub(crate) struct Spending(Budget);

impl Spending {
    /// Today's, inside the transaction that will reserve.
    pub(crate) async fn of(tx: &mut WriteTx, person: PersonId) -> Result<Self> {
        let now = tx.now();
        Ok(Self(budget(tx, person, now).await?))
    }

    /// Takes credits out of what is left; else says in words which cap they would go over, and takes nothing.
    pub(crate) fn reserve(&mut self, credits: f64) -> Result<(), String> {
        let budget = &mut self.0;
        let over = |cap: Option<f64>, committed: f64| cap.filter(|cap| committed + credits > *cap);
        if let Some(cap) = over(budget.cap, budget.committed) {
            return Err(words("your cap", cap, budget.committed));
        }
        if let Some(cap) = over(budget.team_cap, budget.team_committed) {
            return Err(words("the team's cap", cap, budget.team_committed));
        }
        budget.committed += credits;
        budget.team_committed += credits;
        Ok(())
    }
}

impl Store {
    /// What the actor may still spend today.
    pub(crate) async fn budget(&self, actor: &Actor) -> Result<Budget> {
        let mut conn = self.read().acquire().await?;
        budget(&mut conn, actor.person.id, self.now()).await
    }

    /// Every cap with what was committed within it today; for admins all people, for others their own.
    pub async fn list_caps(&self, actor: &Actor) -> Result<Vec<Cap>> {
        let all = actor.must(Action::Administer).is_ok();
        let mut conn = self.read().acquire().await?;
        let own = budget(&mut conn, actor.person.id, self.now()).await?;
        let each: Option<f64> = cap(&mut conn, "each").await?;
        let mut caps = vec![
            Cap { scope: CapScope::Team, name: None, credits: own.team_cap, committed: own.team_committed },
            Cap { scope: CapScope::Each, name: None, credits: each, committed: 0.0 },
        ];
        let people: Vec<(i64, String)> = sqlx::query_as(
            "SELECT id, name FROM person WHERE disabled = 0 AND (?1 OR id = ?2) ORDER BY name",
        )
        .bind(all)
        .bind(actor.person.id)
        .fetch_all(&mut *conn)
        .await?;
        for (id, name) in people {
            let credits = cap(&mut conn, &format!("person/{id}")).await?;
            let committed = budget(&mut conn, id, self.now()).await?.committed;
            caps.push(Cap { scope: CapScope::Person { id }, name: Some(name), credits, committed });
        }
        Ok(caps)
    }

    /// Sets or lifts a cap. What is held already stays held until an admin lets it go.
    pub async fn set_cap(&self, actor: &Actor, scope: CapScope, credits: Option<f64>) -> Result<()> {
        actor.must(Action::Administer)?;
        if credits.is_some_and(|credits| !(0.0..=CAP_MAX).contains(&credits)) {
            let message = "A cap is a number of credits from 0 up.".to_owned();
            return Err(Error::Invalid { field: "Credits a day", message });
        }
        let mut tx = self.write_tx().await?;
        let name = scope_word(scope);
        match credits {
            Some(credits) => {
                sqlx::query(
                    "INSERT INTO spend_cap (scope, credits) VALUES (?, ?)
                     ON CONFLICT (scope) DO UPDATE SET credits = excluded.credits",
                )
                .bind(name)
                .bind(credits)
                .execute(&mut *tx)
                .await?
            }
            None => sqlx::query("DELETE FROM spend_cap WHERE scope = ?").bind(name).execute(&mut *tx).await?,
        };
        tx.announce(Topic::Agents).await?;
        tx.commit().await
    }
}

async fn budget(conn: &mut SqliteConnection, person: PersonId, now: i64) -> Result<Budget> {
    let (committed, team_committed) = sqlx::query_as(
        "SELECT coalesce(sum(CASE WHEN person_id = ?1 THEN credits END), 0.0), coalesce(sum(credits), 0.0)
         FROM (SELECT person_id, coalesce(cost, estimate, 0.0) AS credits FROM work
               WHERE started_at >= ?2 AND person_id IS NOT NULL
                 AND (state IN ('queued', 'sending', 'pending', 'processing', 'completed', 'unknown')
                      OR (state IN ('failed', 'stopped') AND refund = 'missing')))",
    )
    .bind(person)
    .bind(now - now.rem_euclid(DAY_MS))
    .fetch_one(&mut *conn)
    .await?;
    let own = cap(conn, &format!("person/{person}")).await?;
    let cap_of_person = match own {
        Some(own) => Some(own),
        None => cap(conn, "each").await?,
    };
    let team_cap = cap(conn, "team").await?;
    Ok(Budget { cap: cap_of_person, committed, team_cap, team_committed })
}

async fn cap(conn: &mut SqliteConnection, scope: &str) -> Result<Option<f64>> {
    Ok(sqlx::query_scalar("SELECT credits FROM spend_cap WHERE scope = ?")
        .bind(scope)
        .fetch_optional(conn)
        .await?)
}

fn scope_word(scope: CapScope) -> String {
    match scope {
        CapScope::Team => "team".to_owned(),
        CapScope::Each => "each".to_owned(),
        CapScope::Person { id } => format!("person/{id}"),
    }
}

fn words(whose: &str, cap: f64, committed: f64) -> String {
    format!(
        "This would go over {whose} of {cap:.0} credits a day; {committed:.0} are spent or reserved. Nothing was sent. An admin can let it go."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reserved_is_gone_for_the_next_and_what_is_refused_is_not() {
        let mut spending =
            Spending(Budget { cap: Some(10.0), committed: 4.0, team_cap: Some(100.0), team_committed: 95.0 });
        assert!(spending.reserve(6.5).is_err_and(|words| words.contains("your cap of 10")));
        assert!(spending.reserve(5.0).is_ok());
        assert!(spending.reserve(1.0).is_err_and(|words| words.contains("the team's cap of 100")));
        assert!(spending.reserve(0.0).is_ok());
        assert_eq!(spending.0.left(), Some(0.0));
    }
}
