plan-title = Plan
plan-lead = Groups within the norm, stations together, nobody in two places at once.
plan-stage = Tier
plan-place = Place
plan-make = Make a plan
plan-make-all = Plan all places
plan-working = Planning { $place }
plan-draft = Draft
plan-submitted = Waits for approval
plan-approved = Approved
plan-published = Published
plan-withdrawn = Withdrawn
plan-none = Not planned
plan-submit = Send for approval
plan-approve = Approve
plan-publish = Publish
plan-withdraw = Withdraw
plan-approve-other = Approval is for another person than the author.
plan-approved-by = Approved by { $name }, { $when }
plan-published-by = Published by { $name }, { $when }
plan-made-by = Made by { $name }, { $when }
plan-to-plan = To be planned
plan-placed = { NUMBER($placed) } of { NUMBER($all) } people have a place
plan-unplaced-title = { $count ->
    [0] Everybody has a place
    [one] { NUMBER($count) } person has no place
   *[other] { NUMBER($count) } people have no place
}
plan-in-the-way = What stands in the way
plan-reason-no-room = No room in this place
plan-reason-room-small = { $place }: { NUMBER($people) } people, room for { NUMBER($capacity) }. Add a room or more days.
plan-reason-no-trainer = No trainer is free
plan-reason-no-day = No day of teaching in the window
plan-reason-too-large = The station is larger than a group may be
plan-reason-not-imported = People or stations are not imported yet
plan-trainer-expected = Expected: enrolled in the tier above, not completed yet
plan-trainer-not-completed = { $name } has not completed the tier above. Choose another trainer or wait for the result.
plan-sessions = Sessions
plan-session-people = { NUMBER($people) } of { NUMBER($norm) }
plan-group-norm = Norm
plan-score = Score
plan-split-stations = { $count ->
    [one] { NUMBER($count) } station split
   *[other] { NUMBER($count) } stations split
}
plan-empty = No plan yet for this tier. Make the first one.
plan-changed-since = People were imported after this plan was made. Plan again to include them.
plan-warning-late = This session is published although its trainer is not certified. It is not blocked; it is flagged.
plan-not-invited = Not on a list
plan-column-state = Plan
plan-column-sessions = Sessions
plan-column-placed = With a place
plan-column-unplaced = Without a place
plan-make-rest = { $count ->
    [one] Plan { NUMBER($count) } place
   *[other] Plan { NUMBER($count) } places
}
plan-again = Plan again
plan-run-title = Planning place after place
plan-run-detail = { NUMBER($done) } of { NUMBER($all) } places · { $place }
plan-step-reading = Reading the roster
plan-step-working = Forming groups
plan-step-sending = Being handed in
plan-step-nobody = Nobody is left to plan
plan-step-taken = Handed in as a draft
plan-not-made = No plan: { $why }
plan-fault-faulty = the roster contradicts itself
plan-fault-other = the planner could not read it
plan-approve-all = { $count ->
    [one] Approve { NUMBER($count) } draft
   *[other] Approve { NUMBER($count) } drafts
}
plan-publish-all = { $count ->
    [one] Publish { NUMBER($count) } plan
   *[other] Publish { NUMBER($count) } plans
}
plan-note = A word on the approval
plan-note-hint = Kept with the plan.
plan-note-shown = Note: { $note }
plan-own = You made this plan; another person approves it.
plan-waits-approver = Waits for the approver.
plan-who = Headquarters plans and publishes; a second person approves.
plan-expected-trainers = { $count ->
    [one] In { NUMBER($count) } session a trainer is expected to complete the tier above.
   *[other] In { NUMBER($count) } sessions a trainer is expected to complete the tier above.
}
plan-score-line = { NUMBER($sessions) } sessions, at least { NUMBER($least) } are needed; { NUMBER($split) } stations split; { $km } km a person on average
plan-why-window-too-short = a session takes { NUMBER($needed) } days, the window has { NUMBER($given) }
plan-why-no-room-in-unit = no open room
plan-why-rooms-too-small = every room is too small; the largest holds { NUMBER($largest) }
plan-why-no-trainer = a session takes { NUMBER($needed) } trainers, there are { NUMBER($given) }
plan-why-person-busy = busy on every day of the window
plan-why-no-room-free-in-window = no room is free in the window: add a room or more days
plan-why-no-trainer-free-in-window = no trainer is free in the window
plan-why-no-time-in-common = rooms and trainers are never free together
plan-unplaced-line = { $place }: { $people } — { $why }
plan-refused = Refused: { $why }
plan-rule-group-too-large = group { NUMBER($group) } is empty or too large
plan-rule-room-too-small = the room of group { NUMBER($group) } is too small
plan-rule-room-closed = the room of group { NUMBER($group) } is closed
plan-rule-twice-at-once = in group { NUMBER($group) } somebody is in two places at once
plan-rule-person-twice = in group { NUMBER($group) } a person has two sessions
plan-rule-not-in-stage = in group { NUMBER($group) } a person is not of this tier
plan-rule-too-few-trainers = group { NUMBER($group) } has too few trainers
plan-rule-not-a-trainer = in group { NUMBER($group) } somebody may not teach this tier
plan-rule-lent-away = in group { NUMBER($group) } somebody is lent, or not lent here, on these days
plan-rule-days = the days of group { NUMBER($group) } do not follow each other
plan-rule-other = group { NUMBER($group) } breaks a rule of planning
plan-refused-invited = { $count ->
    [one] { NUMBER($count) } person already has a published session
   *[other] { NUMBER($count) } people already have a published session
}
plan-refused-trainers = { $count ->
    [one] { NUMBER($count) } trainer has not completed the tier above
   *[other] { NUMBER($count) } trainers have not completed the tier above
}
plan-refused-own = the author cannot approve
plan-refused-made = one of the two made the other’s account; a third person must approve
plan-refused-device = this device has held the author’s account; approve on another one
plan-refused-stale = somebody changed the plan meanwhile; look again
plan-refused-state = the plan is not in the state this needs
plan-refused-unknown = the { $what } is not known there
plan-refused-permission = your access does not cover this
plan-refused-full = the place would hold more than { NUMBER($limit) } people
plan-refused-too-large = it is too large to send
plan-refused-elsewhere = the person belongs to another place by now
plan-refused-committed = a session to come counts on the person
plan-refused-on-loan = the trainer is lent on these days
plan-refused-other = the place did not take it (code { $code })
plan-refused-held = kept until a person has looked at it
plan-see-sessions = Sessions of { $place }
plan-number = No.
plan-days = Days
plan-flag-room-closed = Room closed
plan-flag-trainer-expected = Trainer expected
plan-flag-trainer-not-ready = Trainer not ready
plan-flag-marks-missing = Marks missing
plan-same-device-why = Why on this device
plan-same-device-hint = It is recorded with the approval.
plan-same-device-approve = Approve on this device all the same
