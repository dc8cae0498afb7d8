## Где находятся записи: на планшете, в очереди или в комиссии.

sync-saved = Сохранено на планшете
sync-saved-waiting = Сохранено на планшете · ждут отправки: { NUMBER($waiting) }
sync-with-commission = В комиссии · { $time }
sync-offline = Нет связи · всё цело на планшете
sync-offline-waiting = Нет связи · на планшете целы { NUMBER($waiting) }
sync-sending = Отправляем: { NUMBER($waiting) }…
sync-attention = { $count ->
    [one] { NUMBER($count) } запись требует внимания
    [few] { NUMBER($count) } записи требуют внимания
   *[many] { NUMBER($count) } записей требуют внимания
}
sync-not-yet = Ещё ничего не отправлено
sync-sheet-title = Где ваши записи
sync-now = Отправить сейчас
sync-working = Обмен данными…
sync-last-success = Последний удачный обмен
sync-never = Ещё не было
sync-waiting-title = { $count ->
    [0] Ничего не ждёт отправки
    [one] Ждёт отправки { NUMBER($count) } запись
    [few] Ждут отправки { NUMBER($count) } записи
   *[many] Ждут отправки { NUMBER($count) } записей
}
sync-waiting-more = и ещё { NUMBER($count) }
sync-errors-title = Требует внимания
sync-held-title = Нужно подтверждение координатора
sync-storage = Память устройства
sync-storage-used = Занято { $used }, браузер разрешает ещё { $free }
sync-kept = Сохранится, даже если память заканчивается
sync-not-kept = Браузер может очистить её при нехватке места
sync-ask-keep = Попросить сохранить
sync-receipt = Расписка
sync-receipt-detail = Записей этого устройства в комиссии: { NUMBER($count) }, до номера { NUMBER($head) }.
sync-receipt-time = Подписано { $when }
sync-connection = Связь
sync-online = Есть
sync-offline-word = Нет
sync-state-saving = Сохраняем…
sync-state-tablet = На планшете
sync-state-waiting = Ждёт отправки
sync-state-commission = В комиссии
sync-state-held = На подтверждении
sync-state-refused = Требует внимания
sync-set-date = Установите дату на устройстве. Ваши записи целы.
sync-kind-mark = Посещение: { $name }
sync-kind-everyone = Все присутствуют: { $session }
sync-kind-resolve = Расхождение разрешено: { $name }
sync-kind-other = { $count ->
    [one] { NUMBER($count) } другая запись
    [few] { NUMBER($count) } другие записи
   *[many] { NUMBER($count) } других записей
}
sync-other-tab = Отправляет другая вкладка этой учётной записи
sync-view-changed = Комиссия обновила список на этом устройстве.
sync-forked = Сервер комиссии восстановлен из копии. Ваши записи отправляются снова; ничего не потеряно.
sync-kind-take = Взято для работы без связи: { $session }
sync-saving = { $count ->
    [one] Сохраняем { NUMBER($count) } запись…
    [few] Сохраняем { NUMBER($count) } записи…
   *[many] Сохраняем { NUMBER($count) } записей…
}
sync-not-stored = { $count ->
    [one] { NUMBER($count) } запись не сохранена
    [few] { NUMBER($count) } записи не сохранены
   *[many] { NUMBER($count) } записей не сохранены
}
sync-held = { $count ->
    [one] { NUMBER($count) } запись на подтверждении
    [few] { NUMBER($count) } записи на подтверждении
   *[many] { NUMBER($count) } записей на подтверждении
}
sync-state-not-stored = Не сохранено
sync-state-read = Не принято
