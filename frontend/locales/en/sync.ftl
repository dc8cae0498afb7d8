## Where the records are: on this tablet, waiting, or with the commission.

sync-saved = Saved on this tablet
sync-saved-waiting = Saved on this tablet · { NUMBER($waiting) } waiting
sync-with-commission = With the commission · { $time }
sync-offline = Offline · safe on this tablet
sync-offline-waiting = Offline · { NUMBER($waiting) } safe on this tablet
sync-sending = Sending { NUMBER($waiting) }…
sync-attention = { $count ->
    [one] { NUMBER($count) } record needs attention
   *[other] { NUMBER($count) } records need attention
}
sync-not-yet = Nothing sent yet
sync-sheet-title = Where your records are
sync-now = Sync now
sync-working = Syncing…
sync-last-success = Last success
sync-never = Not yet
sync-waiting-title = { $count ->
    [0] Nothing is waiting
    [one] { NUMBER($count) } record is waiting
   *[other] { NUMBER($count) } records are waiting
}
sync-waiting-more = and { NUMBER($count) } more
sync-errors-title = Needs attention
sync-held-title = The coordinator must confirm
sync-storage = Storage on this device
sync-storage-used = { $used } used, the browser allows { $free } more
sync-kept = Kept even when the device runs low
sync-not-kept = The browser may clear it when the device runs low
sync-ask-keep = Ask to keep it
sync-receipt = Receipt
sync-receipt-detail = The commission has { NUMBER($count) } records of this device, up to number { NUMBER($head) }.
sync-receipt-time = Signed { $when }
sync-connection = Connection
sync-online = Online
sync-offline-word = Offline
sync-state-saving = Saving…
sync-state-tablet = On this tablet
sync-state-waiting = Waiting
sync-state-commission = With the commission
sync-state-held = To be confirmed
sync-state-refused = Needs attention
sync-set-date = Set the device's date. Your records are safe.
sync-kind-mark = Attendance of { $name }
sync-kind-everyone = Everyone present: { $session }
sync-kind-resolve = Disagreement settled: { $name }
sync-kind-other = { $count ->
    [one] { NUMBER($count) } other record
   *[other] { NUMBER($count) } other records
}
sync-other-tab = Another tab of this account is sending
sync-view-changed = The list of this device was renewed by the commission.
sync-forked = The commission's server was restored from a copy. Your records are being sent again; nothing is lost.
sync-kind-take = Taken for offline: { $session }
sync-saving = { $count ->
    [one] Saving { NUMBER($count) } record…
   *[other] Saving { NUMBER($count) } records…
}
sync-not-stored = { $count ->
    [one] { NUMBER($count) } record is not stored
   *[other] { NUMBER($count) } records are not stored
}
sync-held = { $count ->
    [one] { NUMBER($count) } record to be confirmed
   *[other] { NUMBER($count) } records to be confirmed
}
sync-state-not-stored = Not stored
sync-state-read = Not accepted
