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
