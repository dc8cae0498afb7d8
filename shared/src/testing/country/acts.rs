//! What people of the country do: hand on, lend, seat, publish, mark.

use super::*;

impl Country {
    /// Whether somebody belongs to a shard.
    pub fn owns(&self, n: usize, person: PersonId) -> bool {
        let state = &self.nodes[n].shard.state;
        state.names.contains_key(&person) && state.is_here(person)
    }

    pub fn transfer(&mut self, n: usize, person: PersonId, to: usize, give_up: bool) -> Verdict {
        let to = self.nodes[to].shard.id.clone();
        let based_on = self.nodes[n].shard.head.seq;
        let transfer = Transfer { person, to, reason: "moved".into(), based_on, give_up };
        self.send(n, HQ, Body::Decision(Decision::Transfer(transfer)))
    }

    pub fn lend(&mut self, n: usize, trainer: PersonId, to: usize, (from, until): (Day, Day)) -> Verdict {
        let to = self.nodes[to].shard.id.clone();
        let based_on = self.nodes[n].shard.head.seq;
        let lend = Lend { trainer, stage: pec(), to, from, until, based_on };
        self.send(n, HQ, Body::Decision(Decision::Lend(lend)))
    }

    pub fn end_loan(&mut self, n: usize, trainer: PersonId, to: usize) -> Verdict {
        let to = self.nodes[to].shard.id.clone();
        let based_on = self.nodes[n].shard.head.seq;
        let end = EndLoan { trainer, stage: pec(), to, based_on };
        self.send(n, HQ, Body::Decision(Decision::EndLoan(end)))
    }

    /// Gives somebody known by number a seat in a shard, under another name.
    pub fn seat(&mut self, n: usize, person: PersonId) -> Verdict {
        let draw = self.draw();
        let name = format!("Person {} corrected {draw}", person.0);
        if self.owns(n, person) {
            self.names.entry(person).or_default().push(name.clone());
        }
        let row = PersonRow {
            key: format!("K{}", person.0),
            name,
            name_other: String::new(),
            station: None,
            unit: self.unit(n),
            role: "pec-member".parse().unwrap(),
            seat: Some(draw as u16 + 20),
            phone: String::new(),
            language: String::new(),
        };
        let part = ImportPart {
            import: ImportId(draw),
            target: Target::People,
            part: 0,
            rows: vec![(2, ImportRow::Person(row))],
        };
        self.send(n, HQ, Body::Decision(Decision::Import(part)))
    }

    /// A session of one trainer and some people, put, approved and published; the first refusal, if there is one.
    pub fn publish(
        &mut self,
        n: usize,
        trainer: PersonId,
        people: &[PersonId],
        first: Day,
        slot: u8,
    ) -> Result<SessionId, Option<Rejection>> {
        let (plan, session) = (PlanId(self.draw()), SessionId(self.draw()));
        let room = VenueId(n as u64 * 100 + 1 + session.0 % ROOMS);
        let group = PlannedGroup {
            id: session,
            unit: self.unit(n),
            venue: room,
            days: vec![first, first.plus(1)],
            slot,
            trainers: vec![trainer],
            people: people.to_vec(),
        };
        let based_on = self.nodes[n].shard.head.seq;
        let put = PutPlan { plan, stage: pec(), based_on, groups: vec![group], unplaced: 0 };
        let put = self.send(n, HQ, Body::Decision(Decision::PutPlan(put)));
        let based_on = seq(&put)?;
        let approve = ApprovePlan { plan, based_on, note: String::new(), same_device: None };
        let approve = self.send(n, APPROVER, Body::Decision(Decision::ApprovePlan(approve)));
        let based_on = seq(&approve)?;
        let publish = PublishPlan { plan, based_on };
        let publish = self.send(n, HQ, Body::Decision(Decision::PublishPlan(publish)));
        seq(&publish)?;
        Ok(session)
    }

    /// A mark of one person on one day.
    pub fn mark(
        &mut self,
        n: usize,
        session: SessionId,
        day: u8,
        person: PersonId,
        status: Status,
    ) -> Verdict {
        let marks = Marks {
            session,
            day,
            date: self.today,
            method: Method::Tap,
            people: vec![(person, Some(status))],
        };
        self.send(n, COORDINATOR, Body::Fact(Fact::Mark(marks)))
    }
}
