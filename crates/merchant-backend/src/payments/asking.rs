//! Asking the bank: per order one question at a time, a hint during it asks once more, and at least a minimum gap
//! between two. Every answer goes through the same transaction, whoever wanted it.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::{Semaphore, oneshot};

use super::attempt::{Anomaly, AttemptId, OrderId};
use super::refund::RefundId;
use super::schedule::Schedule;
use super::turns::{Held, TurnTo, Turns, Waited, Wish};
use crate::provider::{AskError, PaymentProvider, Question, RefundQuestion};
use crate::store::records::{DueQuestion, Recorded, RefundToFind};
use crate::store::{Store, StoreError};
use crate::telemetry::Metrics;
use crate::waiting::Waiting;

/// Questions to the bank at the same time, over all orders.
const AT_ONCE: usize = 32;

/// Asks the bank. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Asking {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Arc<dyn Store>,
    provider: Arc<dyn PaymentProvider>,
    schedule: Schedule,
    waiting: Waiting,
    metrics: Arc<Metrics>,
    orders: Mutex<HashMap<OrderId, Queue>>,
    at_once: Semaphore,
    turns: Turns,
}

/// What is still to be asked about one order. It exists as long as its worker runs.
#[derive(Debug, Default)]
struct Queue {
    questions: VecDeque<Wanted>,
    asking: Option<About>,
    turn: Option<i64>,
}

/// What a question is about: an attempt, or one refund of it.
type About = (AttemptId, Option<RefundId>);

/// The first question of a queue.
struct Front {
    about: About,
    listened_to: bool,
}

#[derive(Debug)]
struct Wanted {
    question: DueQuestion,
    wish: Wish,
    /// Who wants to know what this instance was answered.
    answers: Vec<oneshot::Sender<Result<Recorded, Unanswered>>>,
    /// Who wants to know that an answer is stored, here or by another instance.
    stored: Vec<oneshot::Sender<()>>,
}

/// Why a question changed nothing.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Unanswered {
    /// The bank did not answer.
    #[error("the bank did not answer")]
    Bank,
    /// The ledger could not store the answer.
    #[error("the answer could not be stored")]
    Ledger,
}

impl Asking {
    /// Asks through `provider` and stores in `store`.
    pub fn new(
        store: Arc<dyn Store>,
        provider: Arc<dyn PaymentProvider>,
        schedule: Schedule,
        waiting: Waiting,
        metrics: Arc<Metrics>,
    ) -> Self {
        let orders = Mutex::default();
        let at_once = Semaphore::new(AT_ONCE);
        let turns = Turns::new(store.clone());
        let inner = Inner { store, provider, schedule, waiting, metrics, orders, at_once, turns };
        Self { inner: Arc::new(inner) }
    }

    /// How many orders questions are under way about.
    pub fn orders_under_way(&self) -> u32 {
        u32::try_from(self.orders().len()).unwrap_or(u32::MAX)
    }

    /// Someone has news: asks, once more if a question is under way.
    pub fn hint(&self, question: DueQuestion) {
        self.want(question, None, None);
    }

    /// The same; ends with `true` once an answer younger than the news is stored, whichever instance got it.
    pub fn hint_until_stored(&self, question: DueQuestion) -> impl Future<Output = bool> + Send + use<> {
        let (stored, told) = oneshot::channel();
        self.want(question, None, Some(stored));
        async move { told.await.is_ok() }
    }

    /// The schedule says so: asks, unless that is about to happen anyway.
    pub fn remind(&self, question: DueQuestion) {
        let under_way =
            self.orders().get(&question.order).is_some_and(|queue| queue.asking == Some(question.about()));
        if !under_way {
            self.want(question, None, None);
        }
    }

    /// Asks, from this call on, and tells what came of it.
    pub fn ask(
        &self,
        question: DueQuestion,
    ) -> impl Future<Output = Result<Recorded, Unanswered>> + Send + use<> {
        let (answer, answered) = oneshot::channel();
        self.want(question, Some(answer), None);
        async move { answered.await.unwrap_or(Err(Unanswered::Bank)) }
    }

    fn want(
        &self,
        question: DueQuestion,
        answer: Option<oneshot::Sender<Result<Recorded, Unanswered>>>,
        stored: Option<oneshot::Sender<()>>,
    ) {
        let order = question.order;
        let mut orders = self.orders();
        let idle = !orders.contains_key(&order);
        let queue = orders.entry(order).or_default();
        let during = queue.turn;
        if let Some(wanted) = queue.questions.iter_mut().find(|one| one.question.about() == question.about())
        {
            // The newer wish may know the bank's order where the older one did not.
            wanted.question = question;
            wanted.wish = Wish { times: wanted.wish.times + 1, during };
            wanted.answers.extend(answer);
            wanted.stored.extend(stored);
        } else {
            let wish = Wish { times: 1, during };
            let (answers, stored) = (answer.into_iter().collect(), stored.into_iter().collect());
            queue.questions.push_back(Wanted { question, wish, answers, stored });
        }
        drop(orders);
        if idle {
            tokio::spawn(self.clone().work(order));
        }
    }

    /// Works off one order's questions, with the gap after each; ends when none is left after the gap.
    async fn work(self, order: OrderId) {
        let (turns, rest) = (&self.inner.turns, self.inner.schedule.min_gap);
        while let Some(front) = self.front(order) {
            let (to, about) = (TurnTo::Ask(order), front.to_string());
            let turn = if front.listened_to {
                turns.take(to, &about, rest).await.map(Waited::Yours)
            } else {
                turns.take_unless_done(to, &about, rest, || self.newest_wish(order)).await
            };
            let turn = match turn {
                Ok(Waited::Yours(turn)) => Ok(turn),
                // Another instance has stored an answer that is young enough, and nobody here listens for one.
                Ok(Waited::DoneByAnother(wish)) => {
                    self.leave_out(order, wish);
                    continue;
                }
                Err(error) => Err(error),
            };
            let number = turn.as_ref().ok().and_then(Held::number);
            let Some(wanted) = self.next_question(order, number) else { break };
            let result = match turn {
                Ok(turn) => {
                    let result = self.put_by_itself(wanted.question).await;
                    // From here on another's turn can begin: it is none that this one's wishes know of.
                    if let Some(queue) = self.orders().get_mut(&order) {
                        queue.turn = None;
                    }
                    turn.end().await;
                    result
                }
                Err(error) => {
                    tracing::error!(%error, "no turn to ask about an order");
                    Err(Unanswered::Ledger)
                }
            };
            if result.is_ok() {
                tell(wanted.stored);
            }
            for answer in wanted.answers {
                // Whoever wanted to know may have gone.
                let _ = answer.send(result.clone());
            }
            if let Some(queue) = self.orders().get_mut(&order) {
                queue.asking = None;
            }
            tokio::time::sleep(rest).await;
        }
    }

    /// What is next to be asked about an order, without taking it; an empty queue goes.
    fn front(&self, order: OrderId) -> Option<Front> {
        let mut orders = self.orders();
        let queue = orders.get(&order)?;
        let Some(wanted) = queue.questions.front() else {
            orders.remove(&order);
            return None;
        };
        Some(Front { about: wanted.question.about(), listened_to: !wanted.answers.is_empty() })
    }

    /// The newest wish for the first question of an order.
    fn newest_wish(&self, order: OrderId) -> Wish {
        let orders = self.orders();
        orders
            .get(&order)
            .and_then(|queue| queue.questions.front())
            .map(|wanted| wanted.wish)
            .unwrap_or_default()
    }

    /// Takes the first question away unasked, unless by now it is wished anew or somebody listens for its answer.
    fn leave_out(&self, order: OrderId, wish: Wish) {
        if let Some(queue) = self.orders().get_mut(&order)
            && queue.questions.front().is_some_and(|wanted| wanted.wish == wish && wanted.answers.is_empty())
        {
            queue.questions.pop_front().into_iter().for_each(|wanted| tell(wanted.stored));
        }
    }

    fn next_question(&self, order: OrderId, turn: Option<i64>) -> Option<Wanted> {
        let mut orders = self.orders();
        let queue = orders.get_mut(&order)?;
        let wanted = queue.questions.pop_front()?;
        queue.asking = Some(wanted.question.about());
        queue.turn = turn;
        Some(wanted)
    }

    /// A question that ends by a panic must not take along those that wait behind it.
    async fn put_by_itself(&self, question: DueQuestion) -> Result<Recorded, Unanswered> {
        let this = self.clone();
        let put = tokio::spawn(async move { this.put_question(&question).await });
        put.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a question ended by a panic");
            Err(Unanswered::Ledger)
        })
    }

    async fn put_question(&self, due: &DueQuestion) -> Result<Recorded, Unanswered> {
        if let Some(find) = &due.refund {
            return self.look_for_refund(due, find).await;
        }
        let inner = &self.inner;
        let schedule = || inner.schedule.clone();
        let stored = if let Some(bank_order) = &due.bank_order {
            let permit = inner.at_once.acquire().await;
            let question = Question { product: due.product, bank_order: bank_order.clone() };
            // The answer is as old as the question: what happens at the bank while it travels is not in it.
            let now = Timestamp::now();
            let answer = inner.provider.ask(&question).await;
            drop(permit);
            inner.metrics.questions.add(1);
            match answer {
                Ok(answer) => inner.store.record_answer(due.attempt, answer, schedule(), now).await,
                Err(AskError::Refused { code, message }) => {
                    tracing::warn!(attempt = due.attempt.0, code, message, "the bank refused a question");
                    inner.store.record_no_news(due.attempt, code, schedule(), now).await
                }
                Err(AskError::Silent(cause)) => {
                    inner.metrics.unanswered_questions.add(1);
                    tracing::warn!(attempt = due.attempt.0, cause, "the bank did not answer a question");
                    if let Err(error) = inner.store.record_silence(due.attempt, schedule(), now).await {
                        tracing::error!(%error, attempt = due.attempt.0, "a failed question is not stored");
                    }
                    return Err(Unanswered::Bank);
                }
            }
        } else {
            let detail = "the bank's order is not known".to_owned();
            inner.store.record_no_news(due.attempt, detail, schedule(), Timestamp::now()).await
        };
        self.told(stored)
    }

    async fn look_for_refund(&self, due: &DueQuestion, find: &RefundToFind) -> Result<Recorded, Unanswered> {
        let inner = &self.inner;
        let permit = inner.at_once.acquire().await;
        let merchant_request_id = find.merchant_request_id.clone();
        let question = RefundQuestion { product: due.product, merchant_request_id };
        let answer = inner.provider.find_refund(&question).await;
        drop(permit);
        inner.metrics.questions.add(1);
        let (now, schedule) = (Timestamp::now(), inner.schedule.clone());
        match answer {
            Ok(told) => self.told(inner.store.record_refund(find.refund, told, schedule, now).await),
            Err(error) => {
                inner.metrics.unanswered_questions.add(1);
                tracing::warn!(refund = find.refund.0, %error, "the bank did not tell about a refund");
                if let Err(error) = inner.store.record_refund_silence(find.refund, schedule, now).await {
                    tracing::error!(%error, refund = find.refund.0, "a failed question is not stored");
                }
                Err(Unanswered::Bank)
            }
        }
    }

    fn told(&self, stored: Result<Recorded, StoreError>) -> Result<Recorded, Unanswered> {
        let recorded = stored.map_err(|error| {
            tracing::error!(%error, "an answer of the bank could not be stored");
            Unanswered::Ledger
        })?;
        let order = recorded.order.as_str();
        if let Some(field) = recorded.mismatch {
            tracing::error!(order, field, "an answer about another bank order was refused");
        }
        if let Some(word) = &recorded.unknown_word {
            tracing::warn!(order, word, "the bank used an order status this version does not know");
        }
        if let Some(word) = &recorded.alarm {
            self.inner.metrics.alarms.add(1);
            tracing::error!(order, word, "the provider says what a person has to look at");
        }
        for anomaly in &recorded.new_anomalies {
            self.inner.metrics.anomalies.add(1);
            match anomaly {
                Anomaly::Repeated => {
                    tracing::error!(order, "a second attempt of the order was captured: refund it");
                }
                Anomaly::Underpaid | Anomaly::Overpaid | Anomaly::Unreachable => {
                    tracing::error!(order, anomaly = anomaly.word(), "the order needs a person");
                }
            }
        }
        if recorded.changed {
            let (before, after) = recorded.states;
            if before != after {
                self.inner.metrics.attempt_became(after.word());
            }
            tracing::info!(
                order,
                before = before.word(),
                after = after.word(),
                "the bank's answer changed the order"
            );
            self.inner.waiting.wake(recorded.order_id);
        }
        Ok(recorded)
    }

    fn orders(&self) -> MutexGuard<'_, HashMap<OrderId, Queue>> {
        self.inner.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How instances name to each other what a question is about.
impl fmt::Display for Front {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.about {
            (attempt, None) => write!(f, "attempt {}", attempt.0),
            (_, Some(refund)) => write!(f, "refund {}", refund.0),
        }
    }
}

impl DueQuestion {
    fn about(&self) -> About {
        (self.attempt, self.refund.as_ref().map(|find| find.refund))
    }
}

fn tell(whom: Vec<oneshot::Sender<()>>) {
    for one in whom {
        // Whoever wanted to know may have gone.
        let _ = one.send(());
    }
}

#[cfg(test)]
mod tests;
