## Own records one by one: where each is, why it does not count, what can be done; and the commission's receipts.

records-title = My records
records-lead = Everything this device has written under your name, the newest first.
records-group = Show
records-group-all = All
records-group-waiting = Waiting here
records-group-commission = With the commission
records-group-held = To be confirmed
records-group-attention = Need attention
records-empty = Nothing here. Records appear as soon as you mark attendance.
records-of-group-empty = No record is in this state.
records-open = Open this record
records-of-session = { $session } · { $time }
records-written = Written
records-session = Session
records-where = Where it is
records-log-number = Number in the commission's log
records-id = Record
records-code = Reason code
records-receipt-of = Receipt
records-not-receipted = None yet
records-see-all = See all my records
records-show-coordinator = Show to the coordinator
records-show-hint = Show this screen to the coordinator: the record's name below finds it in the commission's log.
records-repeat = Write it again
records-open-session = Open the session
records-put-away = I have read it
records-put-away-done = Read
records-waiting-summary = { $count ->
    [one] { NUMBER($count) } mark waits here
   *[other] { NUMBER($count) } marks wait here
}
records-saving-summary = Saving…
records-not-stored-summary = { $count ->
    [one] { NUMBER($count) } mark not stored
   *[other] { NUMBER($count) } marks not stored
}
records-held-summary = { $count ->
    [one] { NUMBER($count) } mark to be confirmed
   *[other] { NUMBER($count) } marks to be confirmed
}
records-refused-summary = { $count ->
    [one] { NUMBER($count) } mark needs attention
   *[other] { NUMBER($count) } marks need attention
}
records-commission-summary = Marks with the commission

records-not-stored-title = { $count ->
    [one] { NUMBER($count) } record is not stored on this device
   *[other] { NUMBER($count) } records are not stored on this device
}
records-not-stored-full = The device has no space left. What you marked is kept in this open page and still sent when there is a connection. Keep the page open, delete photos or other files; it is tried again by itself.
records-not-stored-other = The browser could not store it. What you marked is kept in this open page and still sent when there is a connection. Keep the page open; it is tried again by itself.
records-list-unsaved-title = The newest lists are not stored on this device
records-list-unsaved-full = The device has no space left. It keeps the lists it had before, and all your records. Delete photos or other files; it is tried again by itself.
records-list-unsaved-other = The browser could not store them. The device keeps the lists it had before, and all your records; it is tried again by itself.

records-space = Free space
records-space-detail = The browser allows { $free } more; the next days need about { $need }
records-space-unknown = This browser does not say how much is free
records-space-low = The next days need about { $need }, and this device has little more than that, or less. Delete photos or other files before you go.
records-space-tried = Room for { $need }, what the next days need, was tried and is there
records-keep-how = The browser refused to keep it. Install the application (browser menu, then “Install” or “Add to home screen”), open it from there and ask again.

records-why-held = It arrived and is kept. The coordinator must confirm it before it counts; you need not do anything.
records-why-held-newer-kind = It arrived and is kept. This page is newer than the commission's server; the record counts by itself once the server is brought up to date.
records-why-held-late = It arrived after your access had ended for more than three weeks. It is kept; ask the coordinator to confirm it.
records-why-held-cause = It arrived after this access was withdrawn. It is kept; the coordinator looks at it before it can count.
records-why-held-unknown-session = The commission does not have this session now. The record is kept; ask the coordinator to look at it.
records-why-held-unknown-person = The commission does not have this person on its list now. The record is kept; ask the coordinator to look at it.
records-why-malformed = The commission could not read this record. It stays here as you wrote it; show it to the coordinator.
records-why-other-shard = This record belongs to another region and was not taken. It stays here as you wrote it; show it to the coordinator.
records-why-other-account = This record was written under another name on this device and was not taken. It stays here as it was written; show it to the coordinator.
records-why-not-permitted = Your access does not cover this. The record stays here as you wrote it; ask the coordinator for access, then write it again.
records-why-too-large = This record is too large to be taken. It stays here as you wrote it; open the session and mark fewer people at once.
records-why-unknown = The commission does not know the session, day or person meant here. The record stays here as you wrote it; sync to get the newest list, then write it again.
records-why-stale = Somebody changed this before your decision arrived. Nothing was overwritten; look at the new state and decide again.
records-why-not-lead = Only the lead trainer or the coordinator settles a disagreement. Both observations stay; tell the lead trainer.
records-why-newer = The commission gave a reason that this page is too old to read. The record stays here as you wrote it; use the new version of the page, then look again.
records-why-holds-another-seat = This person holds another seat already. Nothing was changed; settle with the coordinator which seat it is.
records-why-dismissed = The coordinator looked at this record and did not accept it. It stays here as you wrote it; ask the coordinator if you think otherwise.
records-why-dismissed-because = The coordinator did not accept this record: “{ $reason }”. It stays here as you wrote it; ask the coordinator if you think otherwise.
records-why-wrong-plan-state = The plan is not in the state that this needs. Nothing was changed; look at the plan and decide again.
records-why-own-plan = You made this plan, so you cannot approve it. The plan stays as it is; another person must approve it.
records-why-made-by-author = You and the author of this plan are not independent: one gave the other access. The plan stays as it is; a third person must approve it.
records-why-same-device = The author of this plan has used this device. The plan stays as it is; approve it on another device, or say why that is not possible.
records-why-already-invited = { $people ->
    [one] { NUMBER($people) } person already has a published session. Nothing was changed; change that plan instead.
   *[other] { NUMBER($people) } people already have a published session. Nothing was changed; change that plan instead.
}
records-why-plan-breaks = Group { NUMBER($group) } breaks a rule of the programme. Nothing was changed; make the plan again.
records-why-trainers-not-ready = { $count ->
    [one] { NUMBER($count) } trainer has not completed the tier above. Nothing was changed; replace the trainer or wait.
   *[other] { NUMBER($count) } trainers have not completed the tier above. Nothing was changed; replace them or wait.
}
records-why-shard-full = The region would have more than { NUMBER($limit) } people. Nothing was added; divide the region or bring fewer rows.

records-receipts = Receipts
records-receipts-lead = Proof, signed by the commission, that the records of this device arrived. It can be checked by headquarters at any time, also without this device.
records-receipts-empty = No receipt yet. The commission signs one each time records arrive.
records-receipt-latest = Latest receipt
records-receipt-counts = { NUMBER($admitted) } with the commission, { NUMBER($held) } to be confirmed, { NUMBER($refused) } not accepted
records-receipt-records = Records of this receipt
records-receipt-head = Commission's log up to number
records-receipt-signed = Signed
records-receipt-text = The receipt as text
records-receipt-qr = The receipt as a QR code
records-receipt-save = Save as a file
records-receipt-earlier = Earlier receipts
records-receipt-line = { $count ->
    [one] { NUMBER($count) } record
   *[other] { NUMBER($count) } records
}

records-parcels = Send with another device
records-parcels-lead = Where this device finds no signal, another device of the region can carry its records to the commission, sealed in a file.
records-parcel-send = Send my records with another device
records-parcel-waiting = { $count ->
    [0] Nothing waits on this device.
    [one] { NUMBER($count) } record waits on this device.
   *[other] { NUMBER($count) } records wait on this device.
}
records-parcel-make = Make a parcel
records-parcel-sealing = Sealing…
records-parcel-made = { $count ->
    [one] A parcel of { NUMBER($count) } record is ready
   *[other] A parcel of { NUMBER($count) } records is ready
}
records-parcel-stays = Save the file and give it to somebody who goes where there is a signal. Nobody on the way can read or change it. The records stay here until the commission confirms them to this device; sending them twice doubles nothing.
records-parcel-save = Save the parcel as a file
records-parcel-failed = The parcel could not be made. The records stay here. A parcel needs one sync with the commission beforehand, and an up-to-date browser.
records-parcel-carry = Carry a parcel of somebody else
records-parcel-choose = Choose a parcel
records-parcel-carry-hint = It is kept on this device and sent when there is a connection. You cannot see what is in it.
records-parcel-is-none = This file is no parcel. Nothing was changed; choose the file that the other device saved.
records-parcel-newer = This parcel was made by a newer version of Cascade. It was not sent; use the new version of this page, then choose it again.
records-parcel-other-shard = This parcel is for another region. It was not taken; a device of that region must carry it.
records-parcel-own = This parcel is of this very device. Its records go out by themselves when there is a connection.
records-parcel-not-stored = The browser could not store the parcel. It was not taken; choose it again.
records-parcel-waits = Kept here until there is a connection
records-parcel-delivered = Delivered
records-parcel-signed = { $counts } · signed { $time }
records-parcel-forked = The commission's server was restored from a copy. Nothing was taken; the device that made the parcel must come online itself, its records are safe there.
records-parcel-unknown-device = The commission does not know the device that made it. Nothing was taken; the records are safe on that device.
records-parcel-broken = The parcel is damaged or was changed on the way. Nothing was taken; have the device that made it make a new one.
records-parcel-line = { $count ->
    [one] { NUMBER($count) } record, made { $time }
   *[other] { NUMBER($count) } records, made { $time }
}
