## Records that the coordinator must confirm.

held-title = To be confirmed
held-lead = These records arrived and are kept, but count only once you release them. Nobody releases their own.
held-empty = Nothing is waiting for you.
held-notice = { $count ->
    [one] { NUMBER($count) } record waits for your confirmation
   *[other] { NUMBER($count) } records wait for your confirmation
}
held-open = Look at them
held-by = Written by
held-came = Arrived { $time }
held-says = Says
held-why = Why it is held
held-why-newer-kind = A newer version of the page wrote it; the server cannot read it yet. It is looked at again after the update.
held-why-late = It arrived more than three weeks after the author's access had ended.
held-why-cause = It arrived after the author's access or device was withdrawn for cause.
held-why-unknown-session = Its session is not in this region now. It counts by itself if the session comes back.
held-why-unknown-person = A person in it is not on the list now. It counts by itself if the person comes back.
held-why-not-told = The server does not say.
held-release = Release
held-dismiss = Dismiss
held-releasing = Release on its way
held-dismissing = Dismissal on its way
held-dismiss-title = Dismiss this record
held-reason = Why it does not count
held-reason-hint = The author reads this on their tablet.
